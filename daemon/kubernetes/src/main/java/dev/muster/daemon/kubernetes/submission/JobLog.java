package dev.muster.daemon.kubernetes.submission;

import dev.muster.daemon.core.Cancellation;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.core.Jobs.LogQuery;
import dev.muster.daemon.core.Jobs.LogSink;
import dev.muster.daemon.core.Row;
import dev.muster.daemon.kubernetes.jobs.Site;
import dev.muster.daemon.ray.LastLines;
import dev.muster.daemon.ray.LogPlace;
import dev.muster.daemon.ray.Marking;
import dev.muster.daemon.ray.RayAddress;
import java.io.IOException;
import java.time.Duration;

/**
 * What the entrypoint of a RayJob prints, from the dashboard of its cluster. Whether it is over is
 * what the RayJob's status says: a dashboard that goes away is no end.
 */
final class JobLog {
  private static final String WENT = "The rest of the log, if there is any, went with the cluster.";

  private final Site site;
  private final String namespace;
  private final LogQuery query;
  private final LogSink sink;
  private final Dashboards dashboards;
  private final Duration pause;
  private final Cancellation cancellation;

  JobLog(
      Site site,
      String namespace,
      LogQuery query,
      LogSink sink,
      Dashboards dashboards,
      Duration pause,
      Cancellation cancellation) {
    this.site = site;
    this.namespace = namespace;
    this.query = query;
    this.sink = sink;
    this.dashboards = dashboards;
    this.pause = pause;
    this.cancellation = cancellation;
    check(query);
  }

  private static void check(LogQuery query) {
    if (query.since() != null) {
      throw Failure.usage(
          "Ray keeps no times of the lines that a job prints, so --since cannot be answered; --tail can.");
    }
    if (query.rank() >= 0 || !query.pod().isEmpty()) {
      throw Failure.usage(
          "The log of a RayJob is that of its entrypoint, which has neither ranks nor pods; muster log raycluster gets the files of a cluster's pods.");
    }
  }

  /** The row as it was when there was no more to show. */
  Row show() throws IOException {
    // A reader who was cut off knows some attempt; if it is not this one, this one is another.
    String shown = query.bookmarks().keySet().stream().findFirst().orElse("");
    boolean again = !shown.isEmpty();
    while (true) {
      LiveJob job = LiveJob.read(site, namespace, query.name());
      if ((again || !job.jobId().equals(shown)) && hasBegun(job)) {
        if (!shown.isEmpty() && !query.bookmarks().containsKey(job.jobId())) {
          sink.note("The job is tried again, as " + job.jobId() + ".");
        }
        if (!query.follow()) {
          whole(job);
          return row();
        }
        follow(job);
        shown = job.jobId();
        again = false;
      } else if (!query.follow() || job.over() || (job.suspended() && !shown.isEmpty())) {
        return row();
      } else if (!cancellation.pause(pause)) {
        return row();
      }
      if (cancellation.isCancelled()) {
        return row();
      }
    }
  }

  private Row row() {
    return LiveJob.row(site, namespace, query.name());
  }

  /** Whether Ray has it, which KubeRay hears of only after a while. */
  private boolean hasBegun(LiveJob job) {
    if (job.jobId().isEmpty() || job.cluster().isEmpty()) {
      return false;
    }
    return !job.ray().isEmpty()
        || (job.deployment().equals("Running")
            && dashboard(job).jobs().get(job.jobId()).isPresent());
  }

  private Dashboards.Found dashboard(LiveJob job) {
    try {
      return dashboards.of(site, namespace, job.cluster(), RayAddress.NONE);
    } catch (Failure e) {
      throw e.kind() == Failure.Kind.NOT_FOUND ? gone(job, e) : e;
    }
  }

  private Failure gone(LiveJob job, Failure cause) {
    return new Failure(
        Failure.Kind.NOT_FOUND,
        "The log of the RayJob "
            + query.name()
            + " went with its cluster "
            + job.cluster()
            + ", which is no longer there (--ttl-seconds-after-finished of submit keeps it longer).",
        cause);
  }

  private void whole(LiveJob job) throws IOException {
    Dashboards.Found found = dashboard(job);
    Marking out = marking(job);
    if (!tail(found, job, out)) {
      found.jobs().logs(job.jobId(), out.at(), out);
    }
  }

  /** From where its reader was, if he was there before. */
  private Marking marking(LiveJob job) {
    return new Marking(sink, job.jobId(), LogPlace.parse(query.bookmarks().get(job.jobId())));
  }

  /** Hands over the last lines, if they alone are wanted of what there is already. */
  private boolean tail(Dashboards.Found found, LiveJob job, Marking out) throws IOException {
    if (query.tail() < 0 || !query.bookmarks().isEmpty()) {
      return false;
    }
    LastLines tail = new LastLines(query.tail());
    found.jobs().logs(job.jobId(), LogPlace.BEGINNING, tail::add);
    tail.show(out);
    return true;
  }

  private void follow(LiveJob job) throws IOException {
    Marking out = marking(job);
    Dashboards.Found found;
    try {
      found = dashboard(job);
    } catch (Failure e) {
      if (e.kind() != Failure.Kind.NOT_FOUND || out.at().bytes() == 0) {
        throw e;
      }
      sink.note(WENT);
      return;
    }
    tail(found, job, out);
    while (true) {
      try {
        found.jobs().follow(job.jobId(), out.at(), out, cancellation);
        return;
      } catch (Failure e) {
        if (e.kind() != Failure.Kind.NO_ANSWER && e.kind() != Failure.Kind.NOT_FOUND) {
          throw e;
        }
        site.ways().lost(found.endpoint());
        if (ended(job)) {
          sink.note(WENT);
          return;
        }
        sink.note("The log was interrupted, and goes on when there is a way: " + e.getMessage());
      }
      found = again(job);
      if (found == null) {
        return;
      }
    }
  }

  /** Whether nothing more of that run can come. */
  private boolean ended(LiveJob job) {
    LiveJob now = LiveJob.read(site, namespace, query.name());
    return now.over() || now.suspended() || !now.jobId().equals(job.jobId());
  }

  /** Null: that run has ended, or nobody wants to know any more. */
  private Dashboards.Found again(LiveJob job) {
    while (cancellation.pause(pause)) {
      try {
        return dashboards.of(site, namespace, job.cluster(), RayAddress.NONE);
      } catch (Failure e) {
        boolean later = e.kind() == Failure.Kind.NO_ANSWER || e.kind() == Failure.Kind.NOT_FOUND;
        if (!later) {
          throw e;
        }
        if (ended(job)) {
          sink.note(WENT);
          return null;
        }
      }
    }
    return null;
  }
}
