package dev.muster.daemon.kubernetes.submission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.core.Cancellation;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.core.Row;
import dev.muster.daemon.kubernetes.Yaml;
import dev.muster.daemon.kubernetes.define.JobFiles;
import dev.muster.daemon.kubernetes.jobs.Site;
import dev.muster.daemon.kubernetes.operations.Wish;
import dev.muster.daemon.kubernetes.rayjob.RayJobRow;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Runs a RayJob again: lets it go on if it is suspended, else makes it anew as it was. */
final class Resubmitting {
  /** For the old one and its cluster to go. */
  private static final Duration GOING = Duration.ofMinutes(2);

  private final Site site;
  private final String namespace;
  private final String name;
  private final Duration pause;

  Resubmitting(Site site, String namespace, String name, Duration pause) {
    this.site = site;
    this.namespace = namespace;
    this.name = name;
    this.pause = pause;
  }

  Row resubmit() {
    LiveJob job = LiveJob.read(site, namespace, name);
    Row row = LiveJob.row(site, namespace, name);
    if (!job.over() && !job.held(row.state())) {
      throw new Failure(
          Failure.Kind.FAILED,
          "The RayJob "
              + name
              + " is "
              + row.state()
              + "; stop it first, with muster stop rayjob "
              + name
              + ".");
    }
    if (job.hasSentFiles()) {
      throw new Failure(
          Failure.Kind.FAILED,
          "The files of the RayJob "
              + name
              + " were sent for that one run; delete it, and submit it anew with --working-dir.");
    }
    if (!job.over()) {
      return site.operations()
          .suspending()
          .suspend(RayJobRow.RESOURCE, namespace, name, false, false);
    }
    return anew(job);
  }

  private Row anew(LiveJob job) {
    ObjectNode manifest = LiveJob.clean(site, namespace, name).object();
    if (job.elsewhere()) {
      // That cluster's Ray knows the id, and would take the new job for the old one.
      manifest.withObjectProperty("spec").remove("jobId");
    }
    Optional<FilesSecret> files =
        JobFiles.mounted(job.object())
            .map(secret -> new FilesSecret(site, namespace, name, secret));
    // They would go with the old job.
    files.ifPresent(FilesSecret::release);
    site.operations().deleting().delete(RayJobRow.RESOURCE, namespace, name, false);
    awaitGone(job.uid());
    Wish wish =
        new Wish(RayJobRow.RESOURCE, Yaml.write(manifest), "The RayJob " + name, namespace, false);
    Row row = site.operations().writing().create(wish, false);
    files.ifPresent(secret -> secret.adopt(LiveJob.read(site, namespace, name).uid()));
    return row;
  }

  private void awaitGone(String uid) {
    Instant until = site.clock().instant().plus(GOING);
    Cancellation never = new Cancellation();
    while (true) {
      Optional<LiveJob> job = LiveJob.find(site, namespace, name);
      if (job.isEmpty() || !job.get().uid().equals(uid)) {
        return;
      }
      if (site.clock().instant().isAfter(until) || !never.pause(pause)) {
        throw new Failure(
            Failure.Kind.FAILED,
            "The RayJob "
                + name
                + " was deleted to be made anew, but is still there ("
                + LiveJob.row(site, namespace, name).reason()
                + "); try again when it is gone, from its file.");
      }
    }
  }
}
