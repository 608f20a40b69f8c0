package dev.muster.daemon.kubernetes;

import dev.muster.daemon.core.CacheReader;
import dev.muster.daemon.core.CacheWriter;
import dev.muster.daemon.core.Caller;
import dev.muster.daemon.core.Explanation;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.core.Kind;
import dev.muster.daemon.core.Observation;
import dev.muster.daemon.core.Row;
import dev.muster.daemon.core.Scope;
import dev.muster.daemon.core.SignIn;
import dev.muster.daemon.core.Source;
import dev.muster.daemon.core.Target;
import dev.muster.daemon.kubernetes.contexts.Contexts;
import dev.muster.daemon.kubernetes.contexts.InCluster;
import dev.muster.daemon.kubernetes.contexts.SignIns;
import dev.muster.daemon.kubernetes.define.RayClusterDefinition;
import dev.muster.daemon.kubernetes.explain.Explainer;
import dev.muster.daemon.kubernetes.informers.Catalog;
import dev.muster.daemon.kubernetes.informers.Watches;
import dev.muster.daemon.kubernetes.kinds.Resource;
import dev.muster.daemon.kubernetes.operations.Dashboards;
import dev.muster.daemon.kubernetes.operations.Operations;
import dev.muster.daemon.kubernetes.operations.Reading;
import dev.muster.daemon.kubernetes.operations.Sizing.Size;
import dev.muster.daemon.kubernetes.raycluster.RayClusterRow;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Kubernetes: RayClusters, and what stands around them, of every context that a caller's kubeconfig
 * names.
 */
public final class KubernetesSource implements Source {
  public static final String NAME = "kubernetes";

  /** For the first list of pods and warnings; what is known without them is told then. */
  private static final Duration CAUSES = Duration.ofSeconds(10);

  private final Contexts contexts;
  private final Connections connections;
  private final Watches watches;
  private final WatchedKinds kinds;

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
    this.contexts =
        new Contexts(stateDirectory.resolve("sandbox").resolve("kubeconfig"), inCluster);
    this.connections = new Connections(writer, reader, clock);
    this.watches = connections.watches();
    this.kinds = new WatchedKinds(contexts, watches, reader, clock);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Kind> kinds() {
    return Catalog.kinds();
  }

  @Override
  public Scope resolve(Caller caller, Target target) {
    return aim(caller, target).scope();
  }

  @Override
  public Observation ensureWatched(Caller caller, Target target, String kind, Duration patience) {
    if (!Catalog.isWatched(kind)) {
      throw Failure.usage("Kubernetes has no kind \"" + kind + "\" for muster.");
    }
    Aim aim = aim(caller, target);
    return watches.ensure(aim.scope(), aim.access(), aim::resolved, kind, patience);
  }

  @Override
  public Observation observe(Scope scope, String kind) {
    return watches.observe(scope, kind);
  }

  @Override
  public boolean absent(Scope scope, String kind) {
    return watches.absent(scope, kind);
  }

  @Override
  public boolean signedOut(Scope scope, String kind) {
    return watches.refused(scope, kind);
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
    Aim aim = aim(caller, target);
    return on(aim).reading().list(kind, aim.namespace(kind));
  }

  @Override
  public Row getLive(Caller caller, Target target, String kind, String name) {
    Aim aim = aim(caller, target);
    return on(aim).reading().get(kind, aim.one(kind), name);
  }

  @Override
  public String details(Caller caller, Target target, Row row) {
    return row.key().kind().equals(RayClusterRow.KIND)
        ? Dashboards.into(() -> connections.client(contexts.resolve(caller, target)), row)
        : row.details();
  }

  @Override
  public String manifest(Caller caller, Target target, String kind, String name, boolean clean) {
    Aim aim = aim(caller, target);
    Resource resource = Reading.resource(kind, "show the manifest of");
    return on(aim).reading().manifest(resource, aim.one(kind), name, clean);
  }

  @Override
  public Definition define(
      Caller caller,
      Target target,
      String kind,
      String name,
      Map<String, List<String>> settings,
      String template) {
    WatchedKinds.Asked server = kinds.of(caller, target);
    return RayClusterDefinition.define(caller, target, name, settings, template, server, server);
  }

  @Override
  public Row create(
      Caller caller, Target target, String kind, String yaml, String origin, boolean dryRun) {
    Aim aim = aim(caller, target);
    return on(aim).writing().create(aim.wish(kind, "create", yaml, origin), dryRun);
  }

  @Override
  public Row delete(Caller caller, Target target, String kind, String name, boolean dryRun) {
    Aim aim = aim(caller, target);
    Resource resource = Reading.resource(kind, "delete");
    return on(aim).deleting().delete(resource, aim.one(kind), name, dryRun);
  }

  @Override
  public Row apply(
      Caller caller,
      Target target,
      String kind,
      String yaml,
      String origin,
      boolean force,
      boolean dryRun) {
    Aim aim = aim(caller, target);
    return on(aim).writing().apply(aim.wish(kind, "apply", yaml, origin), force, dryRun);
  }

  @Override
  public Row update(
      Caller caller, Target target, String kind, String yaml, String origin, boolean dryRun) {
    Aim aim = aim(caller, target);
    return on(aim).writing().update(aim.wish(kind, "update", yaml, origin), dryRun);
  }

  @Override
  public Row edit(
      Caller caller, Target target, String kind, String before, String after, boolean dryRun) {
    Aim aim = aim(caller, target);
    return on(aim).writing().edit(aim.wish(kind, "edit", after, "what was edited"), before, dryRun);
  }

  @Override
  public Row patch(
      Caller caller,
      Target target,
      String kind,
      String name,
      String patch,
      String type,
      boolean dryRun) {
    Aim aim = aim(caller, target);
    Resource resource = Reading.resource(kind, "patch");
    return on(aim).writing().patch(resource, aim.one(kind), name, patch, type, dryRun);
  }

  @Override
  public Row scale(
      Caller caller,
      Target target,
      String kind,
      String name,
      String workerGroup,
      Integer replicas,
      Integer min,
      Integer max,
      boolean dryRun) {
    Aim aim = aim(caller, target);
    Resource resource = Reading.resource(kind, "scale");
    return on(aim)
        .sizing()
        .scale(resource, aim.one(kind), name, workerGroup, new Size(replicas, min, max), dryRun);
  }

  @Override
  public Added addWorkerGroup(
      Caller caller, Target target, String kind, String cluster, NewGroup group, boolean dryRun) {
    Aim aim = aim(caller, target);
    Resource resource = Reading.resource(kind, "add a worker group to");
    return on(aim).grouping().add(caller, resource, aim.one(kind), cluster, group, dryRun);
  }

  @Override
  public Row suspend(
      Caller caller, Target target, String kind, String name, boolean suspended, boolean dryRun) {
    Aim aim = aim(caller, target);
    Resource resource = Reading.resource(kind, suspended ? "suspend" : "resume");
    return on(aim).sizing().suspend(resource, aim.one(kind), name, suspended, dryRun);
  }

  @Override
  public String diff(Caller caller, Target target, String kind, String yaml, String origin) {
    Aim aim = aim(caller, target);
    return on(aim).comparing().diff(aim.wish(kind, "compare", yaml, origin));
  }

  @Override
  public Explanation explain(Caller caller, Target target, String kind, String name) {
    Aim aim = aim(caller, target);
    Resource resource = Reading.resource(kind, "explain");
    watches.ensureCauses(aim.scope(), aim.access(), aim::resolved, kind, CAUSES);
    return Explainer.explain(resource, on(aim).inquiry(resource, aim.one(kind), name));
  }

  @Override
  public List<ContextEntry> contexts(Caller caller, Target target) {
    return contexts.list(caller, target);
  }

  @Override
  public Optional<SignIn> signIn() {
    return Optional.of(new SignIns(contexts, connections.verifier(), connections::forget));
  }

  @Override
  public void relist(Runnable whileStopped) {
    watches.relist(whileStopped);
  }

  private Aim aim(Caller caller, Target target) {
    return new Aim(contexts, caller, target);
  }

  /** What can be done there. */
  private Operations on(Aim aim) {
    return connections.operations(aim.access());
  }

  @Override
  public void close() {
    connections.close();
  }
}
