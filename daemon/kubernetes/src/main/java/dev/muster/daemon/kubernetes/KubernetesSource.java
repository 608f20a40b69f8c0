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
import dev.muster.daemon.kubernetes.clients.ApiClients;
import dev.muster.daemon.kubernetes.clients.Verification;
import dev.muster.daemon.kubernetes.contexts.Access;
import dev.muster.daemon.kubernetes.contexts.Contexts;
import dev.muster.daemon.kubernetes.contexts.ExecPlugins;
import dev.muster.daemon.kubernetes.contexts.InCluster;
import dev.muster.daemon.kubernetes.contexts.SignIns;
import dev.muster.daemon.kubernetes.define.RayClusterDefinition;
import dev.muster.daemon.kubernetes.define.Syntax;
import dev.muster.daemon.kubernetes.explain.Explainer;
import dev.muster.daemon.kubernetes.informers.Catalog;
import dev.muster.daemon.kubernetes.informers.Watches;
import dev.muster.daemon.kubernetes.kinds.Resource;
import dev.muster.daemon.kubernetes.operations.Comparing;
import dev.muster.daemon.kubernetes.operations.Dashboards;
import dev.muster.daemon.kubernetes.operations.Grouping;
import dev.muster.daemon.kubernetes.operations.Inquiry;
import dev.muster.daemon.kubernetes.operations.Reading;
import dev.muster.daemon.kubernetes.operations.Sizing;
import dev.muster.daemon.kubernetes.operations.Sizing.Size;
import dev.muster.daemon.kubernetes.operations.Writing;
import dev.muster.daemon.kubernetes.operations.Writing.Wish;
import dev.muster.daemon.kubernetes.raycluster.EventRow;
import dev.muster.daemon.kubernetes.raycluster.PodRow;
import dev.muster.daemon.kubernetes.raycluster.RayClusterRow;
import dev.muster.daemon.kubernetes.views.View;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Kubernetes: RayClusters, and what stands around them, of every context that a caller's kubeconfig
 * names.
 */
public final class KubernetesSource implements Source {
  public static final String NAME = "kubernetes";

  private static final Duration PLUGIN = Duration.ofSeconds(30);

  /** For the first list of pods and warnings; what is known without them is told then. */
  private static final Duration CAUSES = Duration.ofSeconds(10);

  private final CacheWriter writer;
  private final Clock clock;
  private final Contexts contexts;
  private final ApiClients clients;
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
    this.writer = writer;
    this.clock = clock;
    this.contexts =
        new Contexts(stateDirectory.resolve("sandbox").resolve("kubeconfig"), inCluster);
    this.clients = new ApiClients(new ExecPlugins(clock, PLUGIN));
    this.watches = new Watches(writer, reader, clients, clock);
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

  /** The one namespace that an operation on one resource is about. */
  private static String one(Access access, Target target, Resource resource) {
    return resource.namespaced() ? one(access, target) : "";
  }

  private static String one(Access access, Target target) {
    String namespace = namespace(access, target);
    if (namespace.isEmpty()) {
      throw new Failure(
          Failure.Kind.USAGE, "One resource is in one namespace: name it with --namespace.");
    }
    return namespace;
  }

  /** Pods and events are watched for others' sake; people cannot name them. */
  private static boolean watchable(String kind) {
    return Catalog.resource(kind).isPresent()
        || Catalog.view(kind).isPresent()
        || List.of(PodRow.KIND, EventRow.KIND).contains(kind);
  }

  @Override
  public Observation ensureWatched(Caller caller, Target target, String kind, Duration patience) {
    if (!watchable(kind)) {
      throw new Failure(Failure.Kind.USAGE, "Kubernetes has no kind \"" + kind + "\" for muster.");
    }
    Access access = contexts.resolve(caller, target);
    return watches.ensure(
        scope(access, target), access, () -> contexts.resolve(caller, target), kind, patience);
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
    Access access = contexts.resolve(caller, target);
    Optional<View> view = Catalog.view(kind);
    if (view.isPresent()) {
      return reading(access).list(view.get(), namespace(access, target));
    }
    Resource resource = Reading.resource(kind, "list");
    return reading(access).list(resource, resource.namespaced() ? namespace(access, target) : "");
  }

  @Override
  public Row getLive(Caller caller, Target target, String kind, String name) {
    Access access = contexts.resolve(caller, target);
    Optional<View> view = Catalog.view(kind);
    if (view.isPresent()) {
      return reading(access).get(view.get(), one(access, target), name);
    }
    Resource resource = Reading.resource(kind, "get");
    return reading(access).get(resource, one(access, target, resource), name);
  }

  @Override
  public String details(Caller caller, Target target, Row row) {
    return row.key().kind().equals(RayClusterRow.KIND)
        ? Dashboards.into(() -> clients.get(contexts.resolve(caller, target)), row)
        : row.details();
  }

  @Override
  public String manifest(Caller caller, Target target, String kind, String name, boolean clean) {
    Access access = contexts.resolve(caller, target);
    Resource resource = Reading.resource(kind, "show the manifest of");
    return reading(access).manifest(resource, one(access, target, resource), name, clean);
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
      Caller caller,
      Target target,
      String kind,
      String manifestYaml,
      String origin,
      boolean dryRun) {
    Access access = contexts.resolve(caller, target);
    return writing(access)
        .create(wish(access, target, kind, "create", manifestYaml, origin), dryRun);
  }

  @Override
  public Row delete(Caller caller, Target target, String kind, String name, boolean dryRun) {
    Access access = contexts.resolve(caller, target);
    Resource resource = Reading.resource(kind, "delete");
    return writing(access).delete(resource, one(access, target, resource), name, dryRun);
  }

  @Override
  public Row apply(
      Caller caller,
      Target target,
      String kind,
      String manifestYaml,
      String origin,
      boolean force,
      boolean dryRun) {
    Access access = contexts.resolve(caller, target);
    return writing(access)
        .apply(wish(access, target, kind, "apply", manifestYaml, origin), force, dryRun);
  }

  @Override
  public Row update(
      Caller caller,
      Target target,
      String kind,
      String manifestYaml,
      String origin,
      boolean dryRun) {
    Access access = contexts.resolve(caller, target);
    return writing(access)
        .update(wish(access, target, kind, "update", manifestYaml, origin), dryRun);
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
    Access access = contexts.resolve(caller, target);
    Resource resource = Reading.resource(kind, "patch");
    return writing(access)
        .patch(resource, one(access, target, resource), name, patch, type, dryRun);
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
    Access access = contexts.resolve(caller, target);
    Resource resource = Reading.resource(kind, "scale");
    return sizing(access)
        .scale(
            resource,
            one(access, target, resource),
            name,
            workerGroup,
            new Size(replicas, min, max),
            dryRun);
  }

  @Override
  public Added addWorkerGroup(
      Caller caller, Target target, String kind, String cluster, NewGroup group, boolean dryRun) {
    Access access = contexts.resolve(caller, target);
    Resource resource = Reading.resource(kind, "add a worker group to");
    return new Grouping(clients.get(access), reading(access), writing(access))
        .add(caller, resource, one(access, target, resource), cluster, group, dryRun);
  }

  @Override
  public Row suspend(
      Caller caller, Target target, String kind, String name, boolean suspended, boolean dryRun) {
    Access access = contexts.resolve(caller, target);
    Resource resource = Reading.resource(kind, suspended ? "suspend" : "resume");
    return sizing(access).suspend(resource, one(access, target, resource), name, suspended, dryRun);
  }

  @Override
  public String diff(
      Caller caller, Target target, String kind, String manifestYaml, String origin) {
    Access access = contexts.resolve(caller, target);
    return new Comparing(clients.get(access), writing(access))
        .diff(wish(access, target, kind, "compare", manifestYaml, origin));
  }

  @Override
  public Explanation explain(Caller caller, Target target, String kind, String name) {
    Access access = contexts.resolve(caller, target);
    Resource resource = Reading.resource(kind, "explain");
    watches.ensureCauses(
        scope(access, target), access, () -> contexts.resolve(caller, target), kind, CAUSES);
    return Explainer.explain(
        resource,
        Inquiry.of(
            clients.get(access),
            watches.rows(access.identity()),
            clock,
            resource,
            one(access, target, resource),
            name));
  }

  @Override
  public List<ContextEntry> contexts(Caller caller, Target target) {
    return contexts.list(caller, target);
  }

  @Override
  public Optional<SignIn> signIn() {
    return Optional.of(new SignIns(contexts, new Verification(clients), this::forget));
  }

  /** Whoever has that credential is not watched for any more, also as somebody else. */
  private void forget(Access signedOut) {
    Predicate<Access> same =
        access ->
            access.server().equals(signedOut.server()) && access.login().equals(signedOut.login());
    watches.forget(same);
    clients.forget(same);
  }

  @Override
  public void relist(Runnable whileStopped) {
    watches.relist(whileStopped);
  }

  private static Wish wish(
      Access access, Target target, String kind, String verb, String yaml, String origin) {
    Resource resource = Reading.resource(kind, verb);
    return new Wish(
        resource, yaml, origin, one(access, target, resource), !target.namespace().isEmpty());
  }

  private Reading reading(Access access) {
    return new Reading(clients.get(access), watches.rows(access.identity()), clock);
  }

  private Writing writing(Access access) {
    return new Writing(clients.get(access), watches.rows(access.identity()), writer, clock);
  }

  private Sizing sizing(Access access) {
    return new Sizing(clients.get(access), reading(access), writing(access));
  }

  @Override
  public void close() {
    watches.close();
    clients.close();
  }
}
