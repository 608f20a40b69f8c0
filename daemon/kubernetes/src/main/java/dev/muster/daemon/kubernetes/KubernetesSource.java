package dev.muster.daemon.kubernetes;

import dev.muster.daemon.core.CacheReader;
import dev.muster.daemon.core.CacheWriter;
import dev.muster.daemon.core.Caller;
import dev.muster.daemon.core.Explanation;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.core.Jobs;
import dev.muster.daemon.core.Kind;
import dev.muster.daemon.core.Observation;
import dev.muster.daemon.core.Reaching;
import dev.muster.daemon.core.Registration;
import dev.muster.daemon.core.Row;
import dev.muster.daemon.core.Scope;
import dev.muster.daemon.core.SignIn;
import dev.muster.daemon.core.Target;
import dev.muster.daemon.kubernetes.contexts.Contexts;
import dev.muster.daemon.kubernetes.contexts.InCluster;
import dev.muster.daemon.kubernetes.contexts.SignIns;
import dev.muster.daemon.kubernetes.ddp.DdpDefinitions;
import dev.muster.daemon.kubernetes.define.LocalQueues;
import dev.muster.daemon.kubernetes.define.RayClusterDefinition;
import dev.muster.daemon.kubernetes.define.RayJobDefinition;
import dev.muster.daemon.kubernetes.explain.Explainer;
import dev.muster.daemon.kubernetes.informers.Catalog;
import dev.muster.daemon.kubernetes.informers.Watches;
import dev.muster.daemon.kubernetes.jobs.JobKind;
import dev.muster.daemon.kubernetes.kinds.Resource;
import dev.muster.daemon.kubernetes.operations.Dashboards;
import dev.muster.daemon.kubernetes.operations.Operations;
import dev.muster.daemon.kubernetes.operations.Reading;
import dev.muster.daemon.kubernetes.raycluster.RayClusterRow;
import dev.muster.daemon.kubernetes.rayjob.RayJobRow;
import dev.muster.daemon.kubernetes.reach.Reach;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Kubernetes: RayClusters, and what stands around them, of every context that a caller's kubeconfig
 * names.
 */
public final class KubernetesSource extends ObjectChanges {
  /** For the first list of pods and warnings; what is known without them is told then. */
  private static final Duration CAUSES = Duration.ofSeconds(10);

  /** Between two looks at whether a head pod is still the one that ports lead to. */
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final Contexts contexts;
  private final Connections connections;
  private final Watches watches;
  private final WatchedKinds kinds;
  private final KubernetesJobs jobs;
  private final Reach reach;

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
    this.connections = new Connections(writer, reader, clock, Pause.real());
    this.watches = connections.watches();
    this.kinds = new WatchedKinds(contexts, watches, reader, clock);
    this.jobs = new KubernetesJobs(contexts, connections, kinds);
    this.reach = new Reach(this::place, connections.ways(), LOOK, clock);
  }

  @Override
  public String name() {
    return Aim.SOURCE;
  }

  @Override
  public List<Kind> kinds() {
    return Stream.concat(Catalog.kinds().stream(), Stream.of(JobKind.KIND)).toList();
  }

  @Override
  public Scope resolve(Caller caller, Target target) {
    return aim(caller, target).scope();
  }

  @Override
  public Observation ensureWatched(Caller caller, Target target, String kind, Duration patience) {
    if (KubernetesJobs.are(kind)) {
      return jobs.ensureWatched(caller, target, patience);
    }
    if (!Catalog.isWatched(kind)) {
      throw Failure.usage("Kubernetes has no kind \"" + kind + "\" for muster.");
    }
    Aim aim = aim(caller, target);
    return watches.ensure(aim.scope(), aim.access(), aim::resolved, kind, patience);
  }

  @Override
  public Observation observe(Scope scope, String kind) {
    return KubernetesJobs.are(kind) ? jobs.watch().observe(scope) : watches.observe(scope, kind);
  }

  @Override
  public boolean absent(Scope scope, String kind) {
    return KubernetesJobs.are(kind) ? jobs.watch().absent(scope) : watches.absent(scope, kind);
  }

  @Override
  public boolean signedOut(Scope scope, String kind) {
    return watches.refused(scope, KubernetesJobs.are(kind) ? RayClusterRow.KIND : kind);
  }

  @Override
  public AutoCloseable onLiveness(Consumer<Observation> listener) {
    AutoCloseable objects = watches.listen(listener);
    AutoCloseable submissions = jobs.watch().listen(listener);
    return () -> {
      objects.close();
      submissions.close();
    };
  }

  @Override
  public List<Observation> watches() {
    return Stream.concat(watches.all().stream(), jobs.watch().all().stream()).toList();
  }

  @Override
  public List<Row> listLive(Caller caller, Target target, String kind) {
    if (KubernetesJobs.are(kind)) {
      return jobs.list(caller, target);
    }
    Aim aim = aim(caller, target);
    return on(aim).reading().list(kind, aim.namespace(kind));
  }

  @Override
  public Row getLive(Caller caller, Target target, String kind, String name) {
    if (KubernetesJobs.are(kind)) {
      return jobs.get(caller, target, name);
    }
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
    if (KubernetesJobs.are(kind)) {
      return jobs.manifest(caller, target, name, clean);
    }
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
    if (KubernetesJobs.are(kind)) {
      return DdpDefinitions.define(caller, name, settings, template);
    }
    LocalQueues queues = server == null ? LocalQueues.NO_SERVER : server;
    if (kind.equals(RayJobRow.KIND)) {
      return RayJobDefinition.define(caller, target, name, settings, List.of(), template, queues);
    }
    return RayClusterDefinition.define(caller, target, name, settings, template, queues, server);
  }

  @Override
  public Row delete(Caller caller, Target target, String kind, String name, boolean dryRun) {
    if (KubernetesJobs.are(kind)) {
      return jobs.delete(caller, target, name, dryRun);
    }
    Aim aim = aim(caller, target);
    Resource resource = Reading.resource(kind, "delete");
    Row deleted = on(aim).deleting().delete(resource, aim.one(kind), name, dryRun);
    if (kind.equals(RayClusterRow.KIND) && !dryRun) {
      reach.certificates().clusterIsGone(caller, aim.one(kind), name);
    }
    return deleted;
  }

  @Override
  public Explanation explain(Caller caller, Target target, String kind, String name) {
    if (KubernetesJobs.are(kind)) {
      return jobs.explain(caller, target, name);
    }
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
  public Optional<Jobs> jobs() {
    return Optional.of(jobs);
  }

  @Override
  public Optional<Reaching> reaching() {
    return Optional.of(reach);
  }

  @Override
  public String address(Caller caller, Target target, String kind, String name) {
    return KubernetesJobs.are(kind) ? jobs.address(caller, target, name) : name;
  }

  @Override
  public boolean polled(String kind) {
    return KubernetesJobs.are(kind);
  }

  @Override
  public Registration attend(Scope scope, String kind, String name) {
    return KubernetesJobs.are(kind)
        ? jobs.watch().attend(scope, name)
        : super.attend(scope, kind, name);
  }

  /** One namespace of one server, asked with the credentials of the time. */
  private Reach.Place place(Caller caller, Target target) {
    Aim aim = aim(caller, target);
    return new Reach.Place(() -> connections.client(aim.resolved()), aim.one(RayClusterRow.KIND));
  }

  @Override
  public void relist(Runnable whileStopped) {
    jobs.watch().relist(() -> watches.relist(whileStopped));
  }

  @Override
  Aim aim(Caller caller, Target target) {
    return new Aim(contexts, caller, target);
  }

  @Override
  Operations on(Aim aim) {
    return connections.operations(aim.access());
  }

  @Override
  public void close() {
    connections.close();
  }
}
