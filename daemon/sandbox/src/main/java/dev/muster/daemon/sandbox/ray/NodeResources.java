package dev.muster.daemon.sandbox.ray;

/**
 * What the largest node of a cluster has: an entrypoint that asks for more waits for ever.
 *
 * @param memory in bytes
 */
public record NodeResources(double cpus, double gpus, double memory) {

  boolean has(Submission submission) {
    return submission.number("entrypoint_num_cpus") <= cpus
        && submission.number("entrypoint_num_gpus") <= gpus
        && submission.number("entrypoint_memory") <= memory
        && submission.resources().isEmpty();
  }
}
