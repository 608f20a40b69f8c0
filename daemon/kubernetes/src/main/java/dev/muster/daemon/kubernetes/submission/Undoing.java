package dev.muster.daemon.kubernetes.submission;

import dev.muster.daemon.core.Failure;
import dev.muster.daemon.kubernetes.jobs.Site;
import dev.muster.daemon.kubernetes.rayjob.RayJobRow;

/** A RayJob that was made, and lacks something that it cannot run without. */
final class Undoing {
  private Undoing() {}

  /**
   * Deletes it.
   *
   * @param uid of the one that was made: another one is not ours to delete
   * @return the cause, and what has become of the RayJob
   */
  static Failure undone(Site site, String namespace, String name, String uid, Failure cause) {
    try {
      boolean there =
          LiveJob.find(site, namespace, name).filter(j -> j.uid().equals(uid)).isPresent();
      if (!there) {
        return cause;
      }
      site.operations().deleting().delete(RayJobRow.RESOURCE, namespace, name, false);
      return new Failure(
          cause.kind(), cause.getMessage() + " The RayJob was deleted again.", cause);
    } catch (Failure e) {
      return new Failure(
          cause.kind(),
          cause.getMessage()
              + " The RayJob "
              + name
              + " is still there, and waits: "
              + e.getMessage(),
          cause);
    }
  }
}
