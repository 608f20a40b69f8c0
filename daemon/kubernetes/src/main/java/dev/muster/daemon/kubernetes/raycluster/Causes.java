package dev.muster.daemon.kubernetes.raycluster;

/**
 * Why a cluster may not be ready, gathered from what belongs to it.
 *
 * @param head the head pod's problem, with the pod's name; empty for none
 * @param worker a worker pod's problem, with the pod's name; empty for none
 * @param otherWorkers how many more workers have a problem
 * @param warning the last warning event; empty for none
 */
public record Causes(String head, String worker, int otherWorkers, String warning) {
  public static final Causes NONE = new Causes("", "", 0, "");

  /** The workers' problems in one clause. */
  public String workers() {
    return worker.isEmpty() || otherWorkers == 0
        ? worker
        : worker
            + " (and "
            + otherWorkers
            + " more "
            + (otherWorkers == 1 ? "worker" : "workers")
            + ")";
  }
}
