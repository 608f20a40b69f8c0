package dev.muster.daemon.kubernetes.jobs;

import dev.muster.daemon.core.CacheReader;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.core.Key;
import dev.muster.daemon.core.Row;
import dev.muster.daemon.core.State;
import dev.muster.daemon.kubernetes.appwrapper.AppWrapperRow;
import dev.muster.daemon.kubernetes.raycluster.RayClusterRow;
import dev.muster.daemon.ray.RayJobs;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * The jobs of one identity: a dashboard for each of its clusters that has one, and a row for each
 * AppWrapper that stands for a job. Follows the rows of clusters and AppWrappers in the cache.
 */
final class IdentityJobs {
  private record Place(String namespace, String name) {}

  private final String identity;
  private final CacheReader reader;
  private final Dashboard.Means means;
  private final Demand demand;
  private final Function<Cluster, RayJobs> rays;
  private final Runnable changed;

  private final Map<Place, Dashboard> dashboards = new ConcurrentHashMap<>();

  /** Clusters with jobs that cannot be asked at present, with the reason. */
  private final Map<Place, String> away = new ConcurrentHashMap<>();

  /** Held while rows are made of what has changed. */
  private final ReentrantLock work = new ReentrantLock();

  /** Those that were found since; only by who works. */
  private final List<Dashboard> opened = new ArrayList<>();

  private boolean scanning;

  /** The AppWrappers that stand for jobs; only by who works. */
  private final Set<Key> wrapped = new HashSet<>();

  private final Notices notices = new Notices();

  /** Held while the cache is not being emptied. */
  private final Lock running;

  /**
   * @param rays how each cluster's dashboard is talked to
   * @param running held while rows are made
   * @param changed told when something becomes live or stops being so
   */
  IdentityJobs(
      String identity,
      CacheReader reader,
      Dashboard.Means means,
      Lock running,
      Function<Cluster, RayJobs> rays,
      Runnable changed) {
    this.identity = identity;
    this.reader = reader;
    this.means = means;
    this.running = running;
    this.demand = new Demand(means.ticker());
    this.rays = rays;
    this.changed = changed;
  }

  Demand demand() {
    return demand;
  }

  /** A cluster's or AppWrapper's row has perhaps changed. */
  void changed(Key key, long sequence) {
    notices.changed(key, sequence);
    means.executor().execute(this::settleAndTell);
  }

  /** Any of them may have gone. */
  void listed(long sequence) {
    notices.everything(sequence);
    means.executor().execute(this::settleAndTell);
  }

  private void settleAndTell() {
    try {
      if (settle()) {
        changed.run();
      }
    } catch (Failure e) {
      // The cache is being closed: nobody asks any more.
      return;
    }
  }

  /** Whether every cluster and AppWrapper has been looked at. */
  boolean isSettled() {
    return notices.isWhole();
  }

  /** Makes rows of everything that was noticed; whether there was anything. */
  boolean settle() {
    boolean any = false;
    running.lock();
    work.lock();
    try {
      for (Notices.Some some = notices.take(); some != null; some = notices.take()) {
        any = true;
        means.writer().await(some.all() ? means.writer().lastEnqueued() : some.sequence());
        if (some.all()) {
          scanning = true;
          scan();
          scanning = false;
        } else {
          some.keys().forEach(this::look);
        }
        // Not before: their first answer removes what it lacks of the rows that were found.
        opened.forEach(Dashboard::hurry);
        opened.clear();
      }
    } finally {
      scanning = false;
      work.unlock();
      running.unlock();
    }
    return any;
  }

  private void look(Key key) {
    Row row = reader.get(key).orElse(null);
    if (key.kind().equals(RayClusterRow.KIND)) {
      if (row == null) {
        gone(new Place(key.namespace(), key.name()));
      } else {
        cluster(row);
      }
    } else if (row != null && WrappedJobRow.isJob(row)) {
      wrapped.add(key);
      means.writer().put(WrappedJobRow.of(row));
    } else if (wrapped.remove(key)) {
      means
          .writer()
          .remove(
              JobKind.wrapped(identity, key.namespace(), key.name()), "", means.clock().instant());
    }
  }

  /** Everything anew, also of an earlier run: what has no cluster or AppWrapper any more goes. */
  private void scan() {
    Set<Key> owners = new HashSet<>();
    reader.scan(identity, RayClusterRow.KIND, "", false, row -> owners.add(row.key()));
    reader.scan(
        identity,
        AppWrapperRow.KIND,
        "",
        false,
        row -> {
          if (WrappedJobRow.isJob(row)) {
            owners.add(row.key());
          }
        });
    for (Place place : List.copyOf(dashboards.keySet())) {
      if (!owners.contains(key(place))) {
        gone(place);
      }
    }
    owners.forEach(this::look);
    List<Row> jobs = new ArrayList<>();
    reader.scan(identity, JobKind.NAME, "", true, jobs::add);
    jobs.forEach(job -> restore(job, owners));
  }

  private Key key(Place cluster) {
    return new Key(identity, RayClusterRow.KIND, cluster.namespace, cluster.name);
  }

  private void restore(Row row, Set<Key> owners) {
    String name = row.key().name();
    String kind = JobKind.isWrapped(name) ? AppWrapperRow.KIND : RayClusterRow.KIND;
    String owner = JobKind.isWrapped(name) ? JobKind.id(name) : JobKind.cluster(name);
    if (!owners.contains(new Key(identity, kind, row.key().namespace(), owner))) {
      remove(row);
    } else if (!JobKind.isWrapped(name)) {
      Place place = new Place(row.key().namespace(), owner);
      Dashboard dashboard = dashboards.get(place);
      if (dashboard != null) {
        dashboard.remember(row);
      } else {
        reader.get(key(place)).ifPresent(cluster -> away(place, cluster, row));
      }
    }
  }

  private void away(Place place, Row cluster, Row job) {
    if (cluster.state() == State.SUSPENDED) {
      remove(job);
    } else {
      away.put(place, Cluster.standing(cluster));
    }
  }

  private void cluster(Row row) {
    Place place = new Place(row.key().namespace(), row.key().name());
    Dashboard there = dashboards.get(place);
    if (there != null && !there.cluster().uid().equals(row.uid())) {
      gone(place);
      there = null;
    }
    if (Cluster.hasHead(row)) {
      away.remove(place);
      if (there == null) {
        opened.add(open(row));
      }
    } else if (there != null) {
      dashboards.remove(place);
      if (row.state() == State.SUSPENDED) {
        // Ray's memory went with its head.
        there.end();
      } else {
        there.close();
        if (there.hasJobs()) {
          away.put(place, Cluster.standing(row));
        }
      }
    } else if (away.containsKey(place)) {
      away.put(place, Cluster.standing(row));
    }
  }

  private Dashboard open(Row row) {
    Cluster cluster = Cluster.of(row);
    Dashboard made = new Dashboard(identity, cluster, rays.apply(cluster), demand, means, changed);
    Place place = new Place(cluster.namespace(), cluster.name());
    if (!scanning) {
      jobs(place, true).forEach(made::remember);
    }
    dashboards.put(place, made);
    return made;
  }

  /** The rows of a cluster's jobs. */
  private List<Row> jobs(Place cluster, boolean whole) {
    List<Row> found = new ArrayList<>();
    reader.scan(
        identity,
        JobKind.NAME,
        cluster.namespace,
        whole,
        row -> {
          if (JobKind.cluster(row.key().name()).equals(cluster.name)) {
            found.add(row);
          }
        });
    return found;
  }

  private void gone(Place place) {
    Dashboard there = dashboards.remove(place);
    if (there != null) {
      there.end();
    }
    if (away.remove(place) != null) {
      jobs(place, false).forEach(this::remove);
    }
  }

  private void remove(Row job) {
    means.writer().remove(job.key(), "", means.clock().instant());
  }

  /**
   * The dashboard of a cluster that can be asked; made if it was not noticed yet.
   *
   * @param row of the cluster, whole
   */
  Dashboard of(Row row) {
    work.lock();
    try {
      Dashboard there = dashboards.get(new Place(row.key().namespace(), row.key().name()));
      return there != null && there.cluster().uid().equals(row.uid()) ? there : open(row);
    } finally {
      work.unlock();
    }
  }

  /**
   * @param namespace empty for all
   */
  List<Dashboard> dashboards(String namespace) {
    return dashboards.entrySet().stream()
        .filter(e -> namespace.isEmpty() || e.getKey().namespace().equals(namespace))
        .map(Map.Entry::getValue)
        .toList();
  }

  /** Why what is shown of clusters without a dashboard may not be so any more; sorted. */
  List<String> away(String namespace) {
    return away.entrySet().stream()
        .filter(e -> namespace.isEmpty() || e.getKey().namespace().equals(namespace))
        .map(Map.Entry::getValue)
        .sorted()
        .toList();
  }

  /** Asks no more, and leaves the rows. */
  void close() {
    work.lock();
    try {
      dashboards.values().forEach(Dashboard::close);
      dashboards.clear();
      away.clear();
      notices.everything(0);
    } finally {
      work.unlock();
    }
  }
}
