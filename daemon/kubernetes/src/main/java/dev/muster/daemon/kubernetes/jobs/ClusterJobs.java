package dev.muster.daemon.kubernetes.jobs;

import dev.muster.daemon.core.Cancellation;
import dev.muster.daemon.core.Explanation;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.core.Jobs.LogQuery;
import dev.muster.daemon.core.Jobs.LogSink;
import dev.muster.daemon.core.Registration;
import dev.muster.daemon.core.Row;
import dev.muster.daemon.core.State;
import dev.muster.daemon.kubernetes.Pause;
import dev.muster.daemon.kubernetes.Yaml;
import dev.muster.daemon.kubernetes.jobs.Places.Found;
import dev.muster.daemon.kubernetes.jobs.Places.Place;
import dev.muster.daemon.ray.LastLines;
import dev.muster.daemon.ray.LogPlace;
import dev.muster.daemon.ray.Marking;
import dev.muster.daemon.ray.RayJob;
import dev.muster.daemon.ray.RayJobs;
import dev.muster.daemon.ray.RaySubmission;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What can be done with jobs on Ray clusters once they are there. */
final class ClusterJobs {
  private static final Duration LOOK = Duration.ofMillis(250);

  /** Ray itself gives an entrypoint 3 s to end by itself, then kills it. */
  private static final Duration STOPS_WITHIN = Duration.ofSeconds(30);

  /**
   * Ray looks after a job once a second, two times or three after its end, and writes one that is
   * deleted meanwhile down again, as failed (2.60, {@code JobManager._monitor_job_internal}).
   */
  private static final Duration LOOKED_AFTER = Duration.ofSeconds(3);

  private final Places places;
  private final Pause pause;

  ClusterJobs(Places places, Pause pause) {
    this.places = places;
    this.pause = pause;
  }

  Row get(Site site, String name) {
    Found found = places.find(site, name);
    return found.place().dashboard().wrote(found.job(), null);
  }

  Row stop(Site site, String name) {
    Found found = places.find(site, name);
    Place place = found.place();
    if (found.job().over()) {
      return place.dashboard().wrote(found.job(), null);
    }
    String id = submission(found.job());
    try (Registration writing = place.dashboard().writing()) {
      place.ray().stop(id);
      Row row = place.dashboard().wrote(place.ray().get(id).orElse(found.job()), null);
      writing.close();
      return row;
    }
  }

  private static String submission(RayJob job) {
    if (job.submissionId().isEmpty()) {
      throw Failure.usage(
          "The job "
              + job.id()
              + " was not submitted: it is a program that connected by itself, and only whoever"
              + " started it can end it.");
    }
    return job.submissionId();
  }

  /** Stops it, waits until it is over, and deletes it; answers with the row as it was. */
  Row delete(Site site, String name, boolean dryRun) {
    Found found = places.find(site, name);
    Place place = found.place();
    String id = submission(found.job());
    if (dryRun) {
      return Places.row(site, found);
    }
    RayJob last = found.job().over() ? found.job() : stopped(site, place, found.job());
    leaveAlone(site, last);
    try (Registration writing = place.dashboard().writing()) {
      Row row = place.dashboard().wrote(last, null);
      place.ray().delete(id);
      if (place.ray().get(id).isPresent()) {
        throw new Failure(
            Failure.Kind.FAILED,
            "Ray did not delete the job " + id + " of the cluster " + place.cluster().name() + ".");
      }
      place.dashboard().gone(id);
      writing.close();
      return row;
    }
  }

  /** Waits until Ray has lost interest in a job that is over. */
  private void leaveAlone(Site site, RayJob job) {
    if (job.ended() == null) {
      return;
    }
    Duration since = Duration.between(job.ended(), site.clock().instant());
    // Its clock may be ahead of ours.
    Duration left = LOOKED_AFTER.minus(since.isNegative() ? Duration.ZERO : since);
    if (left.isPositive()) {
      pause.between(left);
    }
  }

  private RayJob stopped(Site site, Place place, RayJob job) {
    String id = job.submissionId();
    place.ray().stop(id);
    RayJob now = job;
    for (Duration waited = Duration.ZERO;
        waited.compareTo(STOPS_WITHIN) < 0;
        waited = waited.plus(LOOK)) {
      now = place.ray().get(id).orElseThrow(() -> Places.none(site, id));
      if (now.over()) {
        return now;
      }
      pause.between(LOOK);
    }
    place.dashboard().wrote(now, null);
    throw new Failure(
        Failure.Kind.FAILED,
        "The job "
            + id
            + " was told to stop and is still "
            + now.status()
            + (now.status().equals("PENDING")
                ? ": Ray cannot end what it has not started."
                : " after " + STOPS_WITHIN.toSeconds() + " s.")
            + " Delete it when it is over.");
  }

  /** The same command, environment and metadata once more, under an id of its own. */
  Row resubmit(Site site, String name) {
    Found found = places.find(site, name);
    submission(found.job());
    return submit(found.place(), Again.of(site, found));
  }

  /** Hands it over; its row is in the cache when this returns. */
  Row submit(Place place, RaySubmission submission) {
    try (Registration writing = place.dashboard().writing()) {
      String id = place.ray().submit(submission);
      Optional<RayJob> job = place.ray().get(id);
      if (job.isEmpty()) {
        throw new Failure(
            Failure.Kind.FAILED,
            "The cluster "
                + place.cluster().name()
                + " took the job "
                + id
                + " and does not know it any more.");
      }
      Row row =
          place
              .dashboard()
              .wrote(
                  job.get(),
                  SubmissionRow.requested(
                      submission.cpus(),
                      submission.gpus(),
                      submission.memoryBytes(),
                      submission.resources()));
      writing.close();
      return row;
    }
  }

  Row logs(Site site, LogQuery query, LogSink sink, Cancellation cancellation) throws IOException {
    if (query.since() != null) {
      throw Failure.usage(
          "Ray keeps no times of the lines that a job prints: leave out --since, or take --tail.");
    }
    if (query.rank() >= 0 || !query.pod().isEmpty()) {
      throw Failure.usage(
          "A job on a Ray cluster prints one log: --rank and --pod are for jobs that are pods of"
              + " their own.");
    }
    Found found = places.find(site, query.name());
    RayJobs ray = found.place().ray();
    String id = submission(found.job());
    Marking out = new Marking(sink, "", LogPlace.parse(query.bookmarks().get("")));
    boolean tail = query.tail() >= 0 && query.bookmarks().isEmpty();
    if (tail) {
      LastLines last = new LastLines(query.tail());
      ray.logs(id, LogPlace.BEGINNING, last::add);
      last.show(out);
    }
    if (query.follow()) {
      ray.follow(id, out.at(), out, cancellation);
    } else if (!tail) {
      ray.logs(id, out.at(), out);
    }
    RayJob now = ray.get(id).orElseThrow(() -> Places.none(site, query.name()));
    return found.place().dashboard().wrote(now, null);
  }

  Explanation explain(Site site, String name) {
    Row row = get(site, name);
    String who = "Job " + JobKind.words(row) + " is " + row.nativeState();
    String sentence =
        row.reason().isEmpty()
            ? who + (row.ready() ? ", as it should be." : ".")
            : who + ": " + row.reason().replaceFirst("\\.$", "") + ".";
    String message = Yaml.fromJson(row.details()).path("message").asText("");
    List<String> causes =
        row.state() == State.FAILED
            ? message.lines().map(String::strip).filter(line -> !line.isEmpty()).toList()
            : List.of();
    return new Explanation(row, sentence, last(causes), advice(row));
  }

  private static List<String> last(List<String> lines) {
    return lines.subList(Math.max(0, lines.size() - 10), lines.size());
  }

  private static String advice(Row row) {
    return switch (row.state()) {
      case QUEUED ->
          "Wait until other jobs of the cluster have ended, ask for less, or give it more workers"
              + " (muster scale raycluster "
              + JobKind.cluster(row.key().name())
              + ").";
      case FAILED ->
          "Look at what it printed: muster logs job "
              + row.key().name()
              + " -n "
              + row.key().namespace()
              + ".";
      default -> "";
    };
  }
}
