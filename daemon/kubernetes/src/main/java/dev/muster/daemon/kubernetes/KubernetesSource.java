package dev.muster.daemon.kubernetes;

import dev.muster.daemon.core.CacheReader;
import dev.muster.daemon.core.CacheWriter;
import dev.muster.daemon.core.Caller;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.core.Kind;
import dev.muster.daemon.core.Observation;
import dev.muster.daemon.core.Row;
import dev.muster.daemon.core.Scope;
import dev.muster.daemon.core.Source;
import dev.muster.daemon.core.Target;
import dev.muster.daemon.kubernetes.clients.ApiClients;
import dev.muster.daemon.kubernetes.contexts.Access;
import dev.muster.daemon.kubernetes.contexts.Contexts;
import dev.muster.daemon.kubernetes.contexts.ExecPlugins;
import dev.muster.daemon.kubernetes.contexts.InCluster;
import dev.muster.daemon.kubernetes.define.RayClusterDefinition;
import dev.muster.daemon.kubernetes.define.Syntax;
import dev.muster.daemon.kubernetes.informers.Watches;
import dev.muster.daemon.kubernetes.operations.RayClusters;
import dev.muster.daemon.kubernetes.raycluster.EventRow;
import dev.muster.daemon.kubernetes.raycluster.PodRow;
import dev.muster.daemon.kubernetes.raycluster.RayClusterRow;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Kubernetes: RayClusters of every context that a caller's kubeconfig names. */
public final class KubernetesSource implements Source {
  public static final String NAME = "kubernetes";

  private static final List<String> WATCHED =
      List.of(RayClusterRow.KIND, PodRow.KIND, EventRow.KIND);

  private static final Duration PLUGIN = Duration.ofSeconds(30);

  private final CacheWriter writer;
  private final Clock clock;
  private final Contexts contexts;
  private final ApiClients clients;
  private final Watches watches;

  /**
   * @param writer gets what is seen
   * @param reader says when something was last seen, over restarts
   * @param stateDirectory the sandbox keeps its kubeconfig in "sandbox/kubeconfig" below it
   * @param clock stamps what is seen
   */
  public KubernetesSource(
      CacheWriter writer, CacheReader reader, Path stateDirectory, Clock clock) {
    this(writer, reader, stateDirectory, clock, InCluster.ofThisProcess());
  }

  KubernetesSource(
      CacheWriter writer,
      CacheReader reader,
      Path stateDirectory,
      Clock clock,
      InCluster inCluster) {
    this.writer = writer;
    this.clock = clock;
    this.contexts =
        new Contexts(stateDirectory.resolve("sandbox").resolve("kubeconfig"), inCluster);
    this.clients = new ApiClients(new ExecPlugins(clock, PLUGIN));
    this.watches = new Watches(writer, reader, clients, clock);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Kind> kinds() {
    return List.of(RayClusterRow.COLUMNS);
  }

  @Override
  public Scope resolve(Caller caller, Target target) {
    return scope(contexts.resolve(caller, target), target);
  }

  private static Scope scope(Access access, Target target) {
    return new Scope(NAME, access.identity(), access.context(), namespace(access, target));
  }

  /** Empty for all. */
  private static String namespace(Access access, Target target) {
    if (target.allNamespaces()) {
      return "";
    }
    if (!target.namespace().isEmpty()) {
      Optional<String> broken = Syntax.namespace(target.namespace());
      if (broken.isPresent()) {
        throw new Failure(
            Failure.Kind.USAGE, "\"" + target.namespace() + "\" " + broken.get() + ".");
      }
      return target.namespace();
    }
    return access.namespace().isEmpty() ? "default" : access.namespace();
  }

  /** What is watched, whether people name it or not. */
  private static void known(String kind) {
    if (!WATCHED.contains(kind)) {
      throw new Failure(Failure.Kind.USAGE, "Kubernetes has no kind \"" + kind + "\" for muster.");
    }
  }

  /** The one namespace that an operation on one resource is about. */
  private static String one(Access access, Target target) {
    String namespace = namespace(access, target);
    if (namespace.isEmpty()) {
      throw new Failure(
          Failure.Kind.USAGE, "One resource is in one namespace: name it with --namespace.");
    }
    return namespace;
  }

  @Override
  public Observation ensureWatched(Caller caller, Target target, String kind, Duration patience) {
    known(kind);
    Access access = contexts.resolve(caller, target);
    return watches.ensure(
        scope(access, target), access, () -> contexts.resolve(caller, target), kind, patience);
  }

  @Override
  public Observation observe(Scope scope, String kind) {
    return watches.observe(scope, kind);
  }

  @Override
  public AutoCloseable onLiveness(Consumer<Observation> listener) {
    return watches.listen(listener);
  }

  @Override
  public List<Observation> watches() {
    return watches.all();
  }

  @Override
  public List<Row> listLive(Caller caller, Target target, String kind) {
    Access access = contexts.resolve(caller, target);
    return operations(access).list(namespace(access, target));
  }

  @Override
  public Row getLive(Caller caller, Target target, String kind, String name) {
    Access access = contexts.resolve(caller, target);
    return operations(access).get(one(access, target), name);
  }

  @Override
  public String manifest(Caller caller, Target target, String kind, String name) {
    Access access = contexts.resolve(caller, target);
    return operations(access).manifest(one(access, target), name);
  }

  @Override
  public Definition define(
      Caller caller,
      Target target,
      String kind,
      String name,
      Map<String, List<String>> settings,
      String template) {
    return RayClusterDefinition.define(caller, target, name, settings, template);
  }

  @Override
  public Row create(
      Caller caller,
      Target target,
      String kind,
      String manifestYaml,
      String origin,
      boolean dryRun) {
    Access access = contexts.resolve(caller, target);
    return operations(access)
        .create(manifestYaml, origin, one(access, target), !target.namespace().isEmpty(), dryRun);
  }

  @Override
  public Row delete(Caller caller, Target target, String kind, String name, boolean dryRun) {
    Access access = contexts.resolve(caller, target);
    return operations(access).delete(one(access, target), name, dryRun);
  }

  @Override
  public List<ContextEntry> contexts(Caller caller, Target target) {
    return contexts.list(caller, target);
  }

  @Override
  public void relist(Runnable whileStopped) {
    watches.relist(whileStopped);
  }

  private RayClusters operations(Access access) {
    return new RayClusters(clients.get(access), watches.rows(access.identity()), writer, clock);
  }

  @Override
  public void close() {
    watches.close();
    clients.close();
  }
}
