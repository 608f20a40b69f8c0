package dev.muster.truth.drive;

/**
 * What a writer does next.
 *
 * @param namespace which of the run's namespaces, from 0
 * @param own through the daemon; else behind its back, straight to the API server
 * @param value of a label, or how many workers
 * @param pauseMillis before it
 */
record Decision(What what, int namespace, String name, boolean own, int value, int pauseMillis) {
  enum What {
    CREATE,
    LABEL,
    ANNOTATE,
    SCALE,
    SUSPEND,
    RESUME,
    DELETE,
    /** Changed and deleted behind the daemon's back, and made anew at once. */
    REPLACE
  }
}
