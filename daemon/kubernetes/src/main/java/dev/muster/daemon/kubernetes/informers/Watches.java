package dev.muster.daemon.kubernetes.informers;

import dev.muster.daemon.core.CacheReader;
import dev.muster.daemon.core.CacheWriter;
import dev.muster.daemon.core.Observation;
import dev.muster.daemon.core.Scope;
import dev.muster.daemon.kubernetes.clients.ApiClients;
import dev.muster.daemon.kubernetes.contexts.Access;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Everything that is watched. A user is watched in all namespaces, so that one watch serves every
 * question; where he may not list that, in the namespaces that he asks about. What nobody has asked
 * about for an hour is stopped.
 */
public final class Watches implements AutoCloseable {
  static final Duration IDLE = Duration.ofMinutes(60);

  private record At(String identity, String namespace) {}

  private final Map<At, ScopeWatch> scopes = new ConcurrentHashMap<>();
  private final Map<String, Rows> rows = new ConcurrentHashMap<>();
  private final List<Consumer<Observation>> listeners = new CopyOnWriteArrayList<>();

  /** Written while everything is stopped. */
  private final ReadWriteLock running = new ReentrantReadWriteLock();

  private final CacheWriter writer;
  private final CacheReader reader;
  private final ApiClients clients;
  private final Clock clock;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("kubernetes-idle").factory());

  public Watches(CacheWriter writer, CacheReader reader, ApiClients clients, Clock clock) {
    this.writer = writer;
    this.reader = reader;
    this.clients = clients;
    this.clock = clock;
    timer.scheduleWithFixedDelay(this::stopIdle, 1, 1, TimeUnit.MINUTES);
  }

  /** The rows of an identity, for whoever else sees something first. */
  public Rows rows(String identity) {
    return rows.computeIfAbsent(identity, i -> new Rows(i, writer));
  }

  /**
   * @param resolver the access of now, for credentials that are renewed while the watch is up
   * @param patience for the first full list
   */
  public Observation ensure(
      Scope scope, Access access, Supplier<Access> resolver, String kind, Duration patience) {
    Instant started = clock.instant();
    ScopeWatch all = scope(scope, "", access, resolver);
    if (scope.allNamespaces() || !all.forbidden(kind)) {
      all.asked(resolver);
      all.await(kind, patience);
    }
    if (scope.allNamespaces() || !all.forbidden(kind)) {
      return named(all.observation(kind), scope);
    }
    ScopeWatch one = scope(scope, scope.namespace(), access, resolver);
    one.asked(resolver);
    Duration left = patience.minus(Duration.between(started, clock.instant()));
    one.await(kind, left.isNegative() ? Duration.ZERO : left);
    return named(one.observation(kind), scope);
  }

  /** The present state, without waiting; counts as asking. */
  public Observation observe(Scope scope, String kind) {
    ScopeWatch all = scopes.get(new At(scope.identity(), ""));
    ScopeWatch one = scopes.get(new At(scope.identity(), scope.namespace()));
    ScopeWatch best = one != null && (all == null || !all.live(kind)) ? one : all;
    if (best == null) {
      Instant at = ScopeWatch.seen(reader, scope, kind);
      return new Observation(scope, kind, at, false, "it is not watched yet");
    }
    best.asked(null);
    return named(best.observation(kind), scope);
  }

  public List<Observation> all() {
    return scopes.values().stream().flatMap(watch -> watch.observations().stream()).toList();
  }

  /** See {@link dev.muster.daemon.core.Source#onLiveness}. */
  public AutoCloseable listen(Consumer<Observation> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  private ScopeWatch scope(
      Scope scope, String namespace, Access access, Supplier<Access> resolver) {
    running.readLock().lock();
    try {
      return scopes.computeIfAbsent(
          new At(scope.identity(), namespace),
          at -> {
            Scope watched = new Scope(scope.source(), scope.identity(), scope.context(), namespace);
            return started(watched, access, resolver);
          });
    } finally {
      running.readLock().unlock();
    }
  }

  private ScopeWatch started(Scope scope, Access access, Supplier<Access> resolver) {
    ScopeWatch watch =
        new ScopeWatch(
            scope,
            resolver,
            access,
            rows(scope.identity()),
            writer,
            reader,
            clients,
            clock,
            observation -> listeners.forEach(listener -> listener.accept(observation)));
    watch.start();
    return watch;
  }

  /** See {@link dev.muster.daemon.core.Source#relist}. */
  public void relist(Runnable whileStopped) {
    running.writeLock().lock();
    try {
      List<ScopeWatch> stopped = List.copyOf(scopes.values());
      scopes.clear();
      stopped.forEach(ScopeWatch::close);
      rows.clear();
      try {
        whileStopped.run();
      } finally {
        for (ScopeWatch old : stopped) {
          scopes.put(
              new At(old.scope().identity(), old.scope().namespace()),
              started(old.scope(), old.access(), old.resolver()));
        }
      }
    } finally {
      running.writeLock().unlock();
    }
  }

  /** The answer to a question about a namespace is named after it, whatever is watched for it. */
  private static Observation named(Observation observation, Scope scope) {
    return new Observation(
        scope, observation.kind(), observation.at(), observation.live(), observation.reason());
  }

  /** Stops what nobody has asked about for so long. */
  void stopIdle() {
    Instant limit = clock.instant().minus(IDLE);
    for (Map.Entry<At, ScopeWatch> entry : new ArrayList<>(scopes.entrySet())) {
      if (entry.getValue().lastAsked().isBefore(limit)
          && scopes.remove(entry.getKey(), entry.getValue())) {
        entry.getValue().close();
      }
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
    scopes.values().forEach(ScopeWatch::close);
    scopes.clear();
  }
}
