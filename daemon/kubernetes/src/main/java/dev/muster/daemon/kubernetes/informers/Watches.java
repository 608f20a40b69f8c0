package dev.muster.daemon.kubernetes.informers;

import dev.muster.daemon.core.CacheReader;
import dev.muster.daemon.core.CacheWriter;
import dev.muster.daemon.core.Observation;
import dev.muster.daemon.core.Scope;
import dev.muster.daemon.kubernetes.clients.ApiClients;
import dev.muster.daemon.kubernetes.contexts.Access;
import dev.muster.daemon.kubernetes.kueue.LocalQueueRow;
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
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Everything that is watched. A user is watched in all namespaces, so that one watch serves every
 * question; where he may not list that, in the namespaces that he asks about. What nobody has asked
 * about for an hour is stopped.
 */
public final class Watches implements AutoCloseable {
  static final Duration IDLE = Duration.ofMinutes(60);

  /** The same for a server that is gone and has another in its place. */
  private static final Duration LEFT = Duration.ofMinutes(1);

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
    Instant deadline = clock.instant().plus(patience);
    ScopeWatch all = scope(scope, "", access, resolver);
    List<String> needs = Catalog.needs(kind);
    // First, so that a list of the kind finds them begun and waits for them.
    needs.forEach(all::start);
    all.start(kind);
    Observation own = one(scope, access, resolver, kind, deadline, true);
    for (String need : needs) {
      one(scope, access, resolver, need, deadline, false);
    }
    return own.live() ? withNeeds(scope, own) : own;
  }

  /**
   * As {@link #ensure}, and waits for what tells the causes as well: pods, then events, and local
   * queues where something waits in one.
   */
  public void ensureCauses(
      Scope scope, Access access, Supplier<Access> resolver, String kind, Duration patience) {
    Instant deadline = clock.instant().plus(patience);
    if (!ensure(scope, access, resolver, kind, patience).live()) {
      return;
    }
    for (String cause : Catalog.causes(kind)) {
      one(scope, access, resolver, cause, deadline, false);
    }
    ScopeWatch best = best(scope, LocalQueueRow.KIND);
    if (best != null && best.isStarted(LocalQueueRow.KIND)) {
      one(scope, access, resolver, LocalQueueRow.KIND, deadline, false);
    }
  }

  /** Whether the server does not have the kind, as far as it was seen. */
  public boolean absent(Scope scope, String kind) {
    ScopeWatch best = best(scope, kind);
    return best != null && best.absent(kind);
  }

  /**
   * Whether the server says that it does not have the kind. What it did not have before is asked
   * for anew, since it may have been installed in between.
   *
   * @param patience for the first answer of all
   * @return false if it does not say
   */
  public boolean lacks(
      Scope scope, Access access, Supplier<Access> resolver, String kind, Duration patience) {
    // In all namespaces: a user who may not list those is told so, and not that there is none.
    ScopeWatch all = scope(scope, "", access, resolver);
    all.asked(resolver);
    Catalog.needs(kind).forEach(all::start);
    all.start(kind);
    return all.lacks(kind, patience);
  }

  /** Whether the user may not see the kind, as far as it was asked for. */
  public boolean forbidden(Scope scope, String kind) {
    ScopeWatch best = best(scope, kind);
    return best != null && best.forbidden(kind);
  }

  /** Whether the credential was refused when the kind was last asked for. */
  public boolean refused(Scope scope, String kind) {
    ScopeWatch best = best(scope, kind);
    return best != null && best.refused(kind);
  }

  /** Stops what is watched with such access; whoever asks again begins anew. */
  public void forget(Predicate<Access> of) {
    for (Map.Entry<At, ScopeWatch> entry : new ArrayList<>(scopes.entrySet())) {
      if (of.test(entry.getValue().access()) && scopes.remove(entry.getKey(), entry.getValue())) {
        entry.getValue().close();
      }
    }
  }

  /** One kind alone: watched in all namespaces, or where that is forbidden in the one asked for. */
  private Observation one(
      Scope scope,
      Access access,
      Supplier<Access> resolver,
      String kind,
      Instant deadline,
      boolean hurry) {
    boolean everywhere = scope.allNamespaces() || Catalog.isClusterScoped(kind);
    ScopeWatch all = scope(scope, "", access, resolver);
    all.asked(resolver);
    if (everywhere || !all.forbidden(kind)) {
      all.start(kind);
      all.await(kind, until(deadline), hurry);
    }
    if (everywhere || !all.forbidden(kind)) {
      return named(all.observation(kind), scope);
    }
    ScopeWatch one = scope(scope, scope.namespace(), access, resolver);
    one.start(kind);
    one.asked(resolver);
    one.await(kind, until(deadline), hurry);
    return named(one.observation(kind), scope);
  }

  private Duration until(Instant deadline) {
    Duration left = Duration.between(clock.instant(), deadline);
    return left.isNegative() ? Duration.ZERO : left;
  }

  /**
   * Rows are true when what they are made of is: but for what the server does not have, or what the
   * user may not see.
   */
  private Observation withNeeds(Scope scope, Observation own) {
    for (String need : Catalog.needs(own.kind())) {
      ScopeWatch best = best(scope, need);
      boolean nothing = best == null || best.absent(need) || best.forbidden(need);
      if (!nothing && !best.live(need)) {
        Observation of = best.observation(need);
        return new Observation(scope, own.kind(), own.at(), false, of.reason());
      }
    }
    return own;
  }

  private ScopeWatch best(Scope scope, String kind) {
    ScopeWatch all = scopes.get(new At(scope.identity(), ""));
    ScopeWatch one = scopes.get(new At(scope.identity(), scope.namespace()));
    return one != null && one.isStarted(kind) && (all == null || !all.live(kind)) ? one : all;
  }

  /** The present state, without waiting; counts as asking. */
  public Observation observe(Scope scope, String kind) {
    ScopeWatch best = best(scope, kind);
    if (best == null) {
      Instant at = ScopeWatch.seen(reader, scope, kind);
      return new Observation(scope, kind, at, false, "it is not watched yet");
    }
    best.asked(null);
    Observation own = named(best.observation(kind), scope);
    return own.live() ? withNeeds(scope, own) : own;
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
          ScopeWatch anew = started(old.scope(), old.access(), old.resolver());
          old.started().forEach(anew::start);
          scopes.put(new At(old.scope().identity(), old.scope().namespace()), anew);
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
    Instant now = clock.instant();
    for (Map.Entry<At, ScopeWatch> entry : new ArrayList<>(scopes.entrySet())) {
      ScopeWatch watch = entry.getValue();
      Duration since = Duration.between(watch.lastAsked(), now);
      boolean idle = since.compareTo(IDLE) > 0 || (since.compareTo(LEFT) > 0 && watch.isLeft());
      if (idle && scopes.remove(entry.getKey(), watch)) {
        watch.close();
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
