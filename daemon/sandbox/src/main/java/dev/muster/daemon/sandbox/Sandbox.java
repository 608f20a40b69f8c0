package dev.muster.daemon.sandbox;

import dev.muster.daemon.sandbox.api.KubernetesApi;
import dev.muster.daemon.sandbox.auth.Access;
import dev.muster.daemon.sandbox.auth.Certificates;
import dev.muster.daemon.sandbox.auth.Kubeconfig;
import dev.muster.daemon.sandbox.auth.Tokens;
import dev.muster.daemon.sandbox.controllers.Objects;
import dev.muster.daemon.sandbox.http.ApiServer;
import dev.muster.daemon.sandbox.http.Audit;
import dev.muster.daemon.sandbox.store.Deletion;
import dev.muster.daemon.sandbox.store.Stamp;
import dev.muster.daemon.sandbox.store.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A Kubernetes API server in this process, on 127.0.0.1 and in memory, with the KubeRay operator,
 * the scheduler and the kubelets simulated. It is strict where a real server is; what it does not
 * do, it refuses. Everything that the simulation makes carries the annotation {@link
 * Objects#SIMULATED}.
 */
public final class Sandbox implements AutoCloseable {

  private static final Duration BOOKMARKS = Duration.ofMinutes(1);
  private static final Duration QUICKEST_BOOKMARKS = Duration.ofSeconds(1);

  private final SandboxOptions options;
  private final Certificates certificates = new Certificates();
  private final Tokens tokens = new Tokens();
  private final Access access = new Access();
  private final Audit audit = new Audit();
  private final Store store = new Store(KubernetesApi.resources());
  private final KubernetesApi api;
  private final Objects objects;
  private final Simulation simulation;
  private final ApiServer server;

  private Sandbox(SandboxOptions options) throws IOException {
    this.options = options;
    Stamp stamp = new Stamp(options.clock());
    Deletion deletion = new Deletion(store, stamp);
    Duration bookmarks = options.scaled(BOOKMARKS);
    api =
        new KubernetesApi(
            store,
            stamp,
            deletion,
            access,
            bookmarks.compareTo(QUICKEST_BOOKMARKS) < 0 ? QUICKEST_BOOKMARKS : bookmarks);
    objects = new Objects(store, stamp, deletion);
    simulation = new Simulation(objects, options::scaled);
    createNamespace("default");
    createNamespace("kube-system");
    server = new ApiServer(api, tokens, audit, certificates, options.port());
  }

  /** Starts on 127.0.0.1, with the namespaces default and kube-system. */
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

  /** Takes RayCluster away: its paths answer 404, open watches on it end. Objects are kept. */
  public void removeCrd() {
    api.crdInstalled(false);
  }

  /** Brings RayCluster back, with its objects. */
  public void installCrd() {
    api.crdInstalled(true);
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
    simulation.close();
    api.dropWatches();
    server.close();
  }
}
