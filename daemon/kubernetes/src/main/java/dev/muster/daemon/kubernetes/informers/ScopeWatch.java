package dev.muster.daemon.kubernetes.informers;

import dev.muster.daemon.core.CacheReader;
import dev.muster.daemon.core.CacheWriter;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.core.Observation;
import dev.muster.daemon.core.Scope;
import dev.muster.daemon.kubernetes.clients.ApiClient;
import dev.muster.daemon.kubernetes.clients.ApiClients;
import dev.muster.daemon.kubernetes.contexts.Access;
import dev.muster.daemon.kubernetes.raycluster.EventRow;
import dev.muster.daemon.kubernetes.raycluster.PodRow;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** All that is watched for one identity, in one namespace or in all. */
final class ScopeWatch implements AutoCloseable {
  private final Scope scope;
  private final CacheReader reader;
  private final ApiClients clients;
  private final Map<String, Reflector> reflectors = new LinkedHashMap<>();
  private final Clock clock;
  private final AtomicBoolean eventsStarted = new AtomicBoolean();

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
    for (Feed feed :
        List.of(
            new Feeds.RayClusters(rows, writer), new Feeds.Pods(rows), new Feeds.Events(rows))) {
      Liveness liveness =
          new Liveness(
              clock,
              () -> {
                listener.accept(observation(feed.kind()));
                startEvents(feed.kind());
              });
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

  void start() {
    reflectors.forEach(
        (kind, reflector) -> {
          if (!kind.equals(EventRow.KIND)) {
            reflector.start();
          }
        });
  }

  /** Events do not say which cluster a pod belongs to: they come after the pods. */
  private void startEvents(String kind) {
    if (kind.equals(PodRow.KIND) && eventsStarted.compareAndSet(false, true)) {
      reflectors.get(EventRow.KIND).start();
    }
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

  boolean live(String kind) {
    return reflector(kind).map(r -> r.liveness().now().live()).orElse(false);
  }

  /**
   * Waits for the first outcome, however long that takes; later ones are waited for only briefly.
   */
  void await(String kind, Duration patience) {
    Reflector reflector = reflector(kind).orElseThrow();
    Liveness.Now now = reflector.liveness().now();
    if (now.live()) {
      return;
    }
    if (now.tried()) {
      reflector.hurry();
      reflector.liveness().await(Liveness.shorter(patience, Duration.ofMillis(700)));
    } else {
      reflector.liveness().await(patience);
    }
  }

  Observation observation(String kind) {
    Optional<Reflector> reflector = reflector(kind);
    if (reflector.isEmpty()) {
      return new Observation(scope, kind, null, false, "it is not watched");
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
    return reflectors.keySet().stream().map(this::observation).toList();
  }

  private Optional<Reflector> reflector(String kind) {
    return Optional.ofNullable(reflectors.get(kind));
  }

  @Override
  public void close() {
    // The pods' first outcome starts the events: not any more.
    eventsStarted.set(true);
    reflectors.values().forEach(Reflector::stop);
    reflectors.values().forEach(Reflector::close);
  }
}
