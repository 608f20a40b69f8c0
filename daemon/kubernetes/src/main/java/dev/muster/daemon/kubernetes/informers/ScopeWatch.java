package dev.muster.daemon.kubernetes.informers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.daemon.core.CacheReader;
import dev.muster.daemon.core.CacheWriter;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.core.Observation;
import dev.muster.daemon.core.Scope;
import dev.muster.daemon.kubernetes.clients.ApiClient;
import dev.muster.daemon.kubernetes.clients.ApiClients;
import dev.muster.daemon.kubernetes.contexts.Access;
import dev.muster.daemon.kubernetes.kinds.Resource;
import dev.muster.daemon.kubernetes.kueue.LocalQueueRow;
import dev.muster.daemon.kubernetes.kueue.WorkloadNote;
import dev.muster.daemon.kubernetes.kueue.WorkloadRow;
import dev.muster.daemon.kubernetes.raycluster.EventRow;
import dev.muster.daemon.kubernetes.raycluster.PodRow;
import dev.muster.daemon.kubernetes.raycluster.RayClusterRow;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** All that is watched for one identity, in one namespace or in all. */
final class ScopeWatch implements AutoCloseable {
  /** How long a list of clusters may wait for a list of what stands above them. */
  private static final Duration FIRST = Duration.ofSeconds(20);

  /** How long a further attempt is waited for. */
  private static final Duration AGAIN = Duration.ofMillis(700);

  private final Scope scope;
  private final CacheReader reader;
  private final ApiClients clients;
  private final Map<String, Reflector> reflectors = new LinkedHashMap<>();
  private final Clock clock;

  private volatile Supplier<Access> resolver;
  private volatile Access access;
  private volatile Instant asked;

  ScopeWatch(
      Scope scope,
      Supplier<Access> resolver,
      Access access,
      Rows rows,
      CacheWriter writer,
      CacheReader reader,
      ApiClients clients,
      Clock clock,
      Consumer<Observation> listener) {
    this.scope = scope;
    this.resolver = resolver;
    this.access = access;
    this.reader = reader;
    this.clients = clients;
    this.clock = clock;
    this.asked = clock.instant();
    List<Feed> feeds = new ArrayList<>();
    for (Resource resource : Catalog.RESOURCES) {
      if (scope.allNamespaces() || resource.namespaced()) {
        feeds.add(
            switch (resource.name()) {
              case RayClusterRow.KIND ->
                  new Feeds.Objects(resource, rows, clock, object -> {}, this::awaitNeeds);
              case WorkloadRow.KIND ->
                  new Feeds.Objects(resource, rows, clock, this::startQueues, () -> {});
              default -> new Feeds.Objects(resource, rows, clock, object -> {}, () -> {});
            });
      }
    }
    feeds.add(new Feeds.Pods(rows.companions()));
    feeds.add(new Feeds.Events(rows.companions()));
    Catalog.VIEWS.forEach(view -> feeds.add(new Feeds.Viewed(view, rows)));
    for (Feed feed : feeds) {
      Liveness liveness = new Liveness(clock, () -> changed(feed.kind(), listener));
      reflectors.put(
          feed.kind(),
          new Reflector(
              feed,
              scope.identity(),
              scope.namespace(),
              writer,
              this::client,
              clock,
              RandomGenerator.getDefault(),
              liveness));
    }
  }

  private void changed(String kind, Consumer<Observation> listener) {
    listener.accept(observation(kind));
    Catalog.dependents(kind).stream()
        .filter(dependent -> reflectors.get(dependent).isStarted())
        .forEach(dependent -> listener.accept(observation(dependent)));
    // Events do not say which cluster a pod belongs to: they come after the pods.
    if (kind.equals(PodRow.KIND)) {
      reflectors.get(EventRow.KIND).start();
    }
  }

  /**
   * Which clusters are gone can be said only when it is known which are wrapped: those have rows
   * without having objects.
   */
  private void awaitNeeds() {
    for (String need : Catalog.needs(RayClusterRow.KIND)) {
      Reflector reflector = reflectors.get(need);
      if (reflector.isStarted()) {
        reflector.liveness().awaitFirst(FIRST);
      }
    }
  }

  /** Why something waits can be with its queue; who has nothing waiting does not pay for that. */
  private void startQueues(JsonNode workload) {
    WorkloadNote note = WorkloadNote.of(workload);
    if (note.pending() && !note.queue().isEmpty()) {
      reflectors.get(LocalQueueRow.KIND).start();
    }
  }

  /** Begins to watch that kind and what is watched with it; once is enough. */
  void start(String kind) {
    reflector(kind).ifPresent(Reflector::start);
    Catalog.companions(kind).stream()
        .filter(companion -> !companion.equals(EventRow.KIND))
        .forEach(companion -> reflectors.get(companion).start());
  }

  boolean isStarted(String kind) {
    return reflector(kind).map(Reflector::isStarted).orElse(false);
  }

  /** What is being watched. */
  List<String> started() {
    return reflectors.entrySet().stream()
        .filter(entry -> entry.getValue().isStarted())
        .map(Map.Entry::getKey)
        .toList();
  }

  /**
   * The client with the credential of now: whoever renewed it in the kubeconfig need not tell us. A
   * kubeconfig that has gone, or that has become somebody else's, changes nothing: these rows are
   * this identity's.
   */
  private ApiClient client() {
    try {
      Access fresh = resolver.get();
      if (fresh.identity().equals(scope.identity())) {
        access = fresh;
      }
    } catch (Failure e) {
      return clients.get(access);
    }
    return clients.get(access);
  }

  /** Somebody wants to know: keeps it from being stopped. */
  void asked(Supplier<Access> newest) {
    asked = clock.instant();
    if (newest != null) {
      resolver = newest;
    }
  }

  Instant lastAsked() {
    return asked;
  }

  /**
   * Whether what was asked about is somewhere else by now, and this server is not there any more: a
   * test cluster that was made anew under the same name.
   */
  boolean isLeft() {
    if (started().stream().anyMatch(this::live)) {
      return false;
    }
    try {
      return !resolver.get().identity().equals(scope.identity());
    } catch (Failure e) {
      return false;
    }
  }

  Scope scope() {
    return scope;
  }

  Supplier<Access> resolver() {
    return resolver;
  }

  Access access() {
    return access;
  }

  boolean forbidden(String kind) {
    return reflector(kind).map(r -> r.liveness().now().forbidden()).orElse(false);
  }

  boolean absent(String kind) {
    return reflector(kind).map(r -> r.liveness().now().absent()).orElse(false);
  }

  boolean refused(String kind) {
    return reflector(kind).map(r -> r.liveness().now().refused()).orElse(false);
  }

  boolean live(String kind) {
    return reflector(kind).map(r -> r.liveness().now().live()).orElse(false);
  }

  /**
   * Waits for the first outcome, however long that takes; later ones are waited for only briefly,
   * and of a kind that the server lacks not at all.
   *
   * @param hurry whether it is worth another attempt now
   */
  void await(String kind, Duration patience, boolean hurry) {
    Reflector reflector = reflector(kind).orElseThrow();
    Liveness.Now now = reflector.liveness().now();
    if (now.live()) {
      return;
    }
    if (now.tried() && hurry) {
      reflector.hurry();
    }
    if (now.absent()) {
      return;
    }
    if (now.tried()) {
      reflector.liveness().await(Liveness.shorter(patience, AGAIN));
    } else {
      reflector.liveness().await(patience);
    }
  }

  /** Whether the server says now that it does not have the kind. */
  boolean lacks(String kind, Duration patience) {
    Reflector reflector = reflector(kind).orElseThrow();
    Liveness liveness = reflector.liveness();
    if (!liveness.now().tried()) {
      return liveness.awaitFirst(patience).absent();
    }
    return liveness.now().absent() && liveness.awaitNext(patience, reflector::hurry).absent();
  }

  Observation observation(String kind) {
    Optional<Reflector> reflector = reflector(kind);
    if (reflector.isEmpty() || !reflector.get().isStarted()) {
      Instant at = seen(reader, scope, kind);
      return new Observation(scope, kind, at, false, "it is not watched yet");
    }
    Liveness.Now now = reflector.get().liveness().now();
    Instant at = now.at() != null ? now.at() : seen(reader, scope, kind);
    return new Observation(scope, kind, at, now.live(), now.reason());
  }

  /** When it was last known over restarts: by itself, or as a part of everything. */
  static Instant seen(CacheReader reader, Scope scope, String kind) {
    Optional<Instant> own = reader.seen(scope.identity(), kind, scope.namespace());
    Optional<Instant> all = reader.seen(scope.identity(), kind, "");
    return Stream.concat(own.stream(), all.stream()).max(Instant::compareTo).orElse(null);
  }

  List<Observation> observations() {
    return started().stream().map(this::observation).toList();
  }

  private Optional<Reflector> reflector(String kind) {
    return Optional.ofNullable(reflectors.get(kind));
  }

  @Override
  public void close() {
    reflectors.values().forEach(Reflector::stop);
    // Nobody waits any more for what will not come.
    reflectors.values().forEach(r -> r.liveness().lost("the watch was stopped", false));
    reflectors.values().forEach(Reflector::close);
  }
}
