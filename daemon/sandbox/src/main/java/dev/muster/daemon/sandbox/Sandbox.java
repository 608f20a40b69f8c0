package dev.muster.daemon.sandbox;

import dev.muster.daemon.sandbox.api.KubernetesApi;
import dev.muster.daemon.sandbox.api.Passages;
import dev.muster.daemon.sandbox.appwrapper.AppWrapperWebhook;
import dev.muster.daemon.sandbox.auth.Access;
import dev.muster.daemon.sandbox.auth.Certificates;
import dev.muster.daemon.sandbox.auth.Kubeconfig;
import dev.muster.daemon.sandbox.auth.Tokens;
import dev.muster.daemon.sandbox.controllers.Objects;
import dev.muster.daemon.sandbox.http.ApiServer;
import dev.muster.daemon.sandbox.http.Audit;
import dev.muster.daemon.sandbox.http.Callers;
import dev.muster.daemon.sandbox.http.PodLogAnswers;
import dev.muster.daemon.sandbox.http.PodStreams;
import dev.muster.daemon.sandbox.kueue.KueueWebhook;
import dev.muster.daemon.sandbox.kueue.Seed;
import dev.muster.daemon.sandbox.net.PodFiles;
import dev.muster.daemon.sandbox.net.PodLogs;
import dev.muster.daemon.sandbox.net.PodNetwork;
import dev.muster.daemon.sandbox.store.Deletion;
import dev.muster.daemon.sandbox.store.ResourceType;
import dev.muster.daemon.sandbox.store.Stamp;
import dev.muster.daemon.sandbox.store.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A Kubernetes API server in this process, on 127.0.0.1 and in memory, with the operators of
 * KubeRay, AppWrapper and Kueue, the scheduler and the kubelets simulated. It is strict where a
 * real server is; what it does not do, it refuses. Everything that the simulation makes carries the
 * annotation {@link Objects#SIMULATED}. What is submitted to a simulated Ray cluster, and the
 * command of a job's pod, really runs: as a local process of this user, ended with the sandbox.
 */
public final class Sandbox implements AutoCloseable {

  private static final Duration BOOKMARKS = Duration.ofMinutes(1);

  /** What the names of directories for what really runs begin with. */
  static final String SCRATCH = "scratch-";

  private static final Duration QUICKEST_BOOKMARKS = Duration.ofSeconds(1);

  private final SandboxOptions options;
  private final Certificates certificates = new Certificates();
  private final Tokens tokens = new Tokens();
  private final Access access = new Access();
  private final Audit audit = new Audit();
  private final Store store = new Store(ResourceType.ALL);
  private final PodNetwork network = new PodNetwork();
  private final PodLogs logs = new PodLogs();
  private final PodFiles files = new PodFiles();
  private final KubernetesApi api;
  private final Objects objects;
  private final Simulation simulation;
  private final ApiServer server;

  private final AtomicBoolean closed = new AtomicBoolean();

  private Sandbox(SandboxOptions options) throws IOException {
    this.options = options;
    Stamp stamp = new Stamp(options.clock());
    Deletion deletion = new Deletion(store, stamp);
    Duration bookmarks = options.scaled(BOOKMARKS);
    objects = new Objects(store, stamp, deletion);
    api =
        new KubernetesApi(
            store,
            stamp,
            deletion,
            access,
            bookmarks.compareTo(QUICKEST_BOOKMARKS) < 0 ? QUICKEST_BOOKMARKS : bookmarks,
            List.of(new AppWrapperWebhook(access), new KueueWebhook(objects)));
    Files.createDirectories(options.directory());
    // Nobody else can enter it, whoever may read the directory above.
    Path scratch = Files.createTempDirectory(options.directory(), SCRATCH);
    simulation = new Simulation(objects, api.operators(), options, scratch, network, logs);
    createNamespace("default");
    createNamespace("kube-system");
    Seed.plant(api.operators());
    server =
        new ApiServer(
            api,
            new Passages(store, access, network),
            new Callers(tokens, access, audit),
            new PodStreams(files, new PodLogAnswers(logs, options.clock())),
            certificates,
            options.port());
  }

  /**
   * Starts on 127.0.0.1, with the namespaces default and kube-system, cluster queue {@code team-a}
   * (16 CPUs, 64Gi, 2 GPUs) and the local queue of that name in namespace default.
   */
  public static Sandbox start(SandboxOptions options) {
    try {
      return new Sandbox(options);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the sandbox cannot listen on 127.0.0.1: " + e.getMessage(), e);
    }
  }

  public int port() {
    return server.port();
  }

  /** {@code https://127.0.0.1:PORT}. */
  public String url() {
    return "https://127.0.0.1:" + port();
  }

  /**
   * Writes {@code USER.kubeconfig} into the options' directory, readable by its owner only, with
   * the context {@code muster-sandbox}.
   *
   * @param user admin (everything), alice (edits in every namespace), viewer (reads) or nobody (a
   *     valid token without rights)
   */
  public Path kubeconfig(String user) {
    return writeKubeconfig(user, options.directory().resolve(user + ".kubeconfig"));
  }

  Path writeKubeconfig(String user, Path file) {
    String text = Kubeconfig.of(user, url(), certificates.pem(), tokens.of(user));
    return Kubeconfig.write(file, text);
  }

  /** What the simulated pods listen on. */
  public PodNetwork network() {
    return network;
  }

  /** Directories that can be copied out of the simulated pods. */
  public PodFiles files() {
    return files;
  }

  /** The logs of the pods whose command really runs. */
  public PodLogs logs() {
    return logs;
  }

  /** Makes a namespace unless it is there. */
  public void createNamespace(String name) {
    objects.createNamespace(name);
  }

  /** From now on that user's token is answered with 401. */
  public void expireTokens(String user) {
    tokens.expire(user);
  }

  /** From now on every resourceVersion given out so far is answered with 410 Expired. */
  public void compactHistory() {
    store.compact();
    api.compact();
  }

  /** Cuts all open watch connections. */
  public void dropWatches() {
    api.dropWatches();
  }

  /** Watch connections that are open now. */
  public int openWatches() {
    return api.openWatches();
  }

  /** Takes KubeRay's kinds away: their paths answer 404, open watches end. Objects are kept. */
  public void removeCrd() {
    removeCrds(ResourceType.RAYCLUSTERS.group());
  }

  /** Brings KubeRay's kinds back, with their objects. */
  public void installCrd() {
    installCrds(ResourceType.RAYCLUSTERS.group());
  }

  /**
   * The same with another operator's kinds.
   *
   * @param group {@code workload.codeflare.dev} or {@code kueue.x-k8s.io}; or one of a group's
   *     versions, such as {@code mcad.ibm.com/v1beta1}, which is not there from the start
   */
  public void removeCrds(String group) {
    api.crdsInstalled(group, false);
  }

  public void installCrds(String group) {
    api.crdsInstalled(group, true);
  }

  /** Forbids more: {@code *} as verb or resource means every one. */
  public void forbid(String user, String verb, String resource) {
    access.forbid(user, verb, resource);
  }

  /** Forbids where no namespace is named, for example to list all clusters. */
  public void forbidClusterWide(String user, String verb, String resource) {
    access.forbidClusterWide(user, verb, resource);
  }

  /** The last 20,000 requests: {@code alice GET /apis/ray.io/v1/rayclusters?watch=true}. */
  public List<String> requests() {
    return audit.lines();
  }

  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    simulation.close();
    api.dropWatches();
    server.close();
  }
}
