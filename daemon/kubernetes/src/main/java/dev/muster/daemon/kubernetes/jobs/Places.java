package dev.muster.daemon.kubernetes.jobs;

import dev.muster.daemon.core.Failure;
import dev.muster.daemon.core.Key;
import dev.muster.daemon.core.Row;
import dev.muster.daemon.kubernetes.appwrapper.AppWrapperRow;
import dev.muster.daemon.kubernetes.raycluster.RayClusterRow;
import dev.muster.daemon.ray.RayAddress;
import dev.muster.daemon.ray.RayJob;
import dev.muster.daemon.ray.RayJobs;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** Where jobs are: on which cluster, or in which AppWrapper. Asks servers, past the cache. */
final class Places {
  private final JobWatch watch;
  private final Rays rays;

  Places(JobWatch watch, Rays rays) {
    this.watch = watch;
    this.rays = rays;
  }

  /**
   * A cluster and the ways to it.
   *
   * @param row whole
   */
  record Place(Row row, Cluster cluster, RayJobs ray, Dashboard dashboard) {}

  /** A job that its cluster tells of. */
  record Found(Place place, RayJob job) {}

  static Asker asker(Site site) {
    return new Asker(site.client(), site.caller().environment());
  }

  /**
   * The cluster as the server has it.
   *
   * @throws Failure NOT_FOUND if there is none
   */
  Row cluster(Site site, String name) {
    try {
      return site.operations().reading().get(RayClusterRow.KIND, one(site), name);
    } catch (Failure e) {
      throw e.kind() == Failure.Kind.NOT_FOUND
          ? new Failure(
              Failure.Kind.NOT_FOUND,
              "Cluster " + name + " not found in " + one(site) + " namespace.",
              e)
          : e;
    }
  }

  Place at(Site site, Row row, RayAddress address) {
    Asker asker = asker(site);
    Cluster cluster = Cluster.of(row);
    return new Place(
        row,
        cluster,
        rays.of(() -> asker, cluster.namespace(), cluster.name(), address),
        watch.dashboard(site.scope(), asker, row));
  }

  /** The cluster that a job's name names, from the cache if it is there. */
  private Place named(Site site, String name) {
    String cluster = JobKind.cluster(name);
    Row row =
        site.reader()
            .get(new Key(site.scope().identity(), RayClusterRow.KIND, one(site), cluster))
            .orElseGet(() -> cluster(site, cluster));
    return at(site, row, RayAddress.NONE);
  }

  /**
   * The job of that name: "CLUSTER/ID", or an id alone, which is looked for on all clusters.
   *
   * @throws Failure NOT_FOUND if there is none; USAGE if there are several
   */
  Found find(Site site, String name) {
    if (!JobKind.cluster(name).isEmpty()) {
      Place place = named(site, name);
      String id = JobKind.id(name);
      return place
          .ray
          .get(id)
          .map(job -> new Found(place, job))
          .orElseThrow(() -> none(site, name));
    }
    List<Place> places = ready(site).stream().map(row -> at(site, row, RayAddress.NONE)).toList();
    List<Found> found =
        each(places, place -> place.ray.get(name).map(job -> new Found(place, job))).stream()
            .flatMap(Optional::stream)
            .toList();
    if (found.size() > 1) {
      throw Addresses.ambiguous(name, found.stream().map(f -> row(site, f)).toList());
    }
    if (found.isEmpty()) {
      throw none(site, name);
    }
    return found.getFirst();
  }

  static Row row(Site site, Found found) {
    return SubmissionRow.of(
        site.scope().identity(), found.place.cluster, found.job, null, site.clock().instant());
  }

  static Failure none(Site site, String name) {
    return new Failure(
        Failure.Kind.NOT_FOUND,
        "There is no job "
            + name
            + " in the namespace "
            + site.namespace()
            + ". Try `muster list job --all`.");
  }

  /** Every job of the namespace, or of all. */
  List<Row> list(Site site) {
    List<Row> rows = new ArrayList<>();
    List<Place> places = ready(site).stream().map(row -> at(site, row, RayAddress.NONE)).toList();
    each(places, place -> place.ray.list().stream().map(job -> new Found(place, job)).toList())
        .forEach(jobs -> jobs.forEach(job -> rows.add(row(site, job))));
    for (Row wrapper : have(site, AppWrapperRow.KIND)) {
      if (WrappedJobRow.isJob(wrapper)) {
        rows.add(WrappedJobRow.of(wrapper));
      }
    }
    rows.sort(
        java.util.Comparator.<Row, String>comparing(row -> row.key().namespace())
            .thenComparing(row -> row.key().name()));
    return rows;
  }

  private List<Row> ready(Site site) {
    return have(site, RayClusterRow.KIND).stream().filter(Cluster::hasHead).toList();
  }

  /** None where the server has no such kind. */
  private List<Row> have(Site site, String kind) {
    return watch.lacks(site.scope(), kind)
        ? List.of()
        : site.operations().reading().list(kind, site.namespace());
  }

  /**
   * Asks all at once.
   *
   * @throws Failure of the first that failed
   */
  private static <T> List<T> each(List<Place> places, Function<Place, T> question) {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<CompletableFuture<T>> answers =
          places.stream()
              .map(place -> CompletableFuture.supplyAsync(() -> ask(place, question), threads))
              .toList();
      return answers.stream().map(CompletableFuture::join).toList();
    } catch (CompletionException e) {
      throw e.getCause() instanceof Failure failure
          ? new Failure(failure.kind(), failure.getMessage(), e)
          : e;
    }
  }

  private static <T> T ask(Place place, Function<Place, T> question) {
    try {
      return question.apply(place);
    } catch (Failure e) {
      throw new Failure(e.kind(), place.cluster.trouble(e.getMessage()), e);
    }
  }

  /** A name means something in one namespace only. */
  static String one(Site site) {
    if (site.namespace().isEmpty()) {
      throw Failure.usage("One job is in one namespace: name it with --namespace.");
    }
    return site.namespace();
  }
}
