package dev.muster.daemon.kubernetes.jobs;

import dev.muster.daemon.core.CacheReader;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.core.Key;
import dev.muster.daemon.core.Observation;
import dev.muster.daemon.core.Registration;
import dev.muster.daemon.core.Row;
import dev.muster.daemon.core.Scope;
import dev.muster.daemon.core.Ticker;
import dev.muster.daemon.kubernetes.appwrapper.AppWrapperRow;
import dev.muster.daemon.kubernetes.clients.ApiClient;
import dev.muster.daemon.kubernetes.raycluster.RayClusterRow;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * Keeps the rows of the kind "job" true: asks each dashboard by turns for what was submitted to it,
 * and follows the AppWrappers that stand for jobs. Dashboards are asked only for those namespaces
 * that somebody asks about, and for an hour after the last question.
 */
public final class JobWatch implements AutoCloseable {
  /** How many dashboards are asked at once. */
  private static final int AT_ONCE = 8;

  /** How long a dashboard that was never asked is waited for. */
  private static final Duration FIRST = Duration.ofSeconds(5);

  /** How long a further answer is waited for. */
  private static final Duration AGAIN = Duration.ofMillis(700);

  private final CacheReader reader;
  private final Base base;
  private final Known known;
  private final Rays rays;
  private final Dashboard.Means means;
  private final Map<String, IdentityJobs> identities = new ConcurrentHashMap<>();
  private final Map<String, Asker> askers = new ConcurrentHashMap<>();
  private final Map<Scope, Instant> seen = new ConcurrentHashMap<>();
  private final List<Consumer<Observation>> listeners = new CopyOnWriteArrayList<>();

  /** Written while the cache is emptied. */
  private final ReadWriteLock running = new ReentrantReadWriteLock();

  /** What is known of the kinds that jobs come from: "raycluster" and "appwrapper". */
  public interface Base {
    Observation observe(Scope scope, String kind);

    boolean absent(Scope scope, String kind);
  }

  /** Starts watching such a kind for one question, and waits for its first list. */
  @FunctionalInterface
  public interface Watching {
    Observation ensure(String kind, Duration patience);
  }

  /**
   * @param noticed by which rows of clusters and AppWrappers go into the cache
   * @param executor runs what asks dashboards; each run may block
   */
  public JobWatch(
      Noticed noticed,
      CacheReader reader,
      Base base,
      Rays rays,
      Clock clock,
      Ticker ticker,
      RandomGenerator random,
      Executor executor) {
    this.reader = reader;
    this.base = base;
    this.known = new Known(reader, base, clock);
    this.rays = rays;
    this.means =
        new Dashboard.Means(noticed, clock, ticker, random, executor, new Semaphore(AT_ONCE));
    noticed.listen(
        new Noticed.Listener() {
          @Override
          public void changed(Key key, long sequence) {
            concerned(key.identity(), key.kind(), jobs -> jobs.changed(key, sequence));
          }

          @Override
          public void listed(String identity, String kind, long sequence) {
            concerned(identity, kind, jobs -> jobs.listed(sequence));
          }
        });
  }

  private void concerned(String identity, String kind, Consumer<IdentityJobs> news) {
    IdentityJobs jobs = identities.get(identity);
    if (jobs != null && under(kind)) {
      news.accept(jobs);
    }
  }

  /** Whether jobs come from that kind. */
  private static boolean under(String kind) {
    return kind.equals(RayClusterRow.KIND) || kind.equals(AppWrapperRow.KIND);
  }

  /**
   * Makes sure that the jobs of a scope are being asked for, and that what is known of them is not
   * older than it is while people look; waits for that, at most so long.
   *
   * @param asker on whose behalf, for as long as anybody asks
   */
  public Observation ensure(Scope scope, Asker asker, Watching watching, Duration patience) {
    Instant deadline = means.clock().instant().plus(patience);
    askers.put(scope.identity(), asker);
    IdentityJobs jobs = jobs(scope);
    jobs.demand().asked(scope.namespace());
    watching.ensure(RayClusterRow.KIND, patience);
    watching.ensure(AppWrapperRow.KIND, until(deadline));
    jobs.settle();
    List<Dashboard> due =
        jobs.dashboards(scope.namespace()).stream().filter(Dashboard::due).toList();
    boolean first = due.stream().anyMatch(dashboard -> !dashboard.answered());
    await(due, Demand.min(until(deadline), first ? FIRST : AGAIN));
    Observation observation = observe(scope);
    if (observation.live()) {
      remember(observation);
    }
    return observation;
  }

  private static void await(List<Dashboard> due, Duration patience) {
    CompletableFuture<?>[] polls =
        due.stream().map(Dashboard::poll).toArray(CompletableFuture[]::new);
    try {
      CompletableFuture.allOf(polls).get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      // Those that have not answered say so in the observation.
      return;
    }
  }

  private Duration until(Instant deadline) {
    Duration left = Duration.between(means.clock().instant(), deadline);
    return left.isNegative() ? Duration.ZERO : left;
  }

  private IdentityJobs jobs(Scope scope) {
    return identities.computeIfAbsent(
        scope.identity(),
        identity ->
            new IdentityJobs(
                identity,
                reader,
                means,
                running.readLock(),
                cluster -> rays.of(() -> askers.get(identity), cluster.namespace(), cluster.name()),
                () -> tell(new Scope(scope.source(), identity, scope.context(), ""))));
  }

  /** Now and then is enough: it is for the time after a restart. */
  private void remember(Observation observation) {
    Instant last = seen.get(observation.scope());
    if (last == null || last.plus(Demand.LOOKING).isBefore(observation.at())) {
      seen.put(observation.scope(), observation.at());
      Scope scope = observation.scope();
      means.writer().seen(scope.identity(), JobKind.NAME, scope.namespace(), observation.at());
    }
  }

  /** What is known now, without waiting for anything. */
  public Observation observe(Scope scope) {
    return known.observe(scope, identities.get(scope.identity()));
  }

  /** Whether the server is known not to have that kind. */
  boolean lacks(Scope scope, String kind) {
    return base.absent(scope, kind);
  }

  /** Makes rows of all that was noticed of that identity. */
  void settle(Scope scope) {
    jobs(scope).settle();
  }

  /** Whether the system can have no jobs, as far as it was watched. */
  public boolean absent(Scope scope) {
    return base.absent(scope, RayClusterRow.KIND) && base.absent(scope, AppWrapperRow.KIND);
  }

  /** See {@link dev.muster.daemon.core.Source#onLiveness}. */
  public AutoCloseable listen(Consumer<Observation> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  /** Something about a kind that jobs come from has changed: so has what is known of jobs. */
  public void baseChanged(Observation of) {
    if (under(of.kind()) && identities.containsKey(of.scope().identity())) {
      tell(of.scope());
    }
  }

  private void tell(Scope scope) {
    if (listeners.isEmpty() || !jobs(scope).demand().isAny()) {
      return;
    }
    Observation now = observe(scope);
    listeners.forEach(listener -> listener.accept(now));
  }

  /** All that is asked for. */
  public List<Observation> all() {
    return seen.keySet().stream()
        .filter(scope -> identities.containsKey(scope.identity()))
        .map(this::observe)
        .toList();
  }

  /**
   * Somebody waits for news: asks more often until it is closed.
   *
   * @param name of the one job that it is about, as a key has it; empty for all of the scope
   */
  public Registration attend(Scope scope, String name) {
    IdentityJobs jobs = jobs(scope);
    Registration waiting = jobs.demand().attend(scope.namespace(), JobKind.cluster(name));
    jobs.dashboards(scope.namespace()).forEach(Dashboard::hurry);
    return waiting;
  }

  /**
   * The name of the key that somebody means: "CLUSTER/ID" and "AppWrapper/NAME" as they are (the
   * latter in any case), an id alone that of the one job that has it.
   *
   * @throws Failure USAGE with the candidates where several have it
   */
  public String address(Scope scope, String name) {
    return Addresses.of(reader, scope, name);
  }

  /** The dashboard of a cluster, to change something there. */
  Dashboard dashboard(Scope scope, Asker asker, Row cluster) {
    askers.putIfAbsent(scope.identity(), asker);
    return jobs(scope).of(cluster);
  }

  /** See {@link dev.muster.daemon.core.Source#relist}. */
  public void relist(Runnable whileStopped) {
    running.writeLock().lock();
    try {
      identities.values().forEach(IdentityJobs::close);
      seen.clear();
      whileStopped.run();
    } finally {
      running.writeLock().unlock();
    }
    identities.values().forEach(jobs -> jobs.listed(means.writer().lastEnqueued()));
  }

  /** Whoever has that client does not want to know any more. */
  public void forget(Predicate<ApiClient> of) {
    for (Map.Entry<String, Asker> entry : List.copyOf(askers.entrySet())) {
      if (isOf(of, entry.getValue())) {
        askers.remove(entry.getKey());
        IdentityJobs jobs = identities.remove(entry.getKey());
        if (jobs != null) {
          jobs.close();
        }
      }
    }
  }

  private static boolean isOf(Predicate<ApiClient> of, Asker who) {
    try {
      return of.test(who.client().get());
    } catch (Failure e) {
      // Its kubeconfig has gone: nobody can be asked as that user any more.
      return true;
    }
  }

  @Override
  public void close() {
    identities.values().forEach(IdentityJobs::close);
    identities.clear();
  }
}
