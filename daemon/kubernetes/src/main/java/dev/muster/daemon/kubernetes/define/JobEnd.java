package dev.muster.daemon.kubernetes.define;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.core.Failure;
import java.util.Optional;

/** What becomes of a RayJob's own cluster when the job is over, or is not to begin yet. */
final class JobEnd {
  private static final int MOST_SECONDS = 999_999_999;

  private JobEnd() {}

  /**
   * @param cluster that is there already; empty for one of the job's own
   * @param manifest whether the spec is somebody's own, of which nothing is taken away
   * @throws Failure USAGE for what does not go together
   */
  static void set(
      Settings settings,
      ObjectNode spec,
      String cluster,
      Optional<String> queue,
      boolean manifest) {
    Optional<Boolean> shutdown = settings.flag("shutdown-after-job-finishes");
    shutdown.ifPresent(s -> spec.put("shutdownAfterJobFinishes", s));
    Optional<Integer> ttl = settings.count("ttl-seconds-after-finished", MOST_SECONDS);
    boolean stays = !spec.path("shutdownAfterJobFinishes").asBoolean();
    if (ttl.isPresent() && ttl.get() > 0 && stays) {
      throw Failure.usage(
          "--ttl-seconds-after-finished says when the cluster goes, and --shutdown-after-job-finishes=false"
              + " that it stays; drop one of them.");
    }
    ttl.ifPresent(seconds -> spec.put("ttlSecondsAfterFinished", seconds));
    if (stays && !manifest) {
      spec.remove("ttlSecondsAfterFinished");
    }
    Optional<Boolean> suspend = settings.flag("suspend");
    suspend.ifPresent(s -> spec.put("suspend", s));
    if (suspend.orElse(false) && stays) {
      throw Failure.usage(
          "--suspend and --shutdown-after-job-finishes=false do not go together: KubeRay suspends a job by deleting its cluster.");
    }
    if (queue.isPresent() && stays && cluster.isEmpty()) {
      throw Failure.usage(
          "A job in the local queue "
              + queue.get()
              + " must give its quota back when it is over: drop --shutdown-after-job-finishes=false, or say --local-queue \"\" for no queue.");
    }
  }
}
