package dev.muster.daemon.kubernetes.raycluster;

import dev.muster.daemon.kubernetes.appwrapper.AppWrapperNote;
import dev.muster.daemon.kubernetes.kueue.WorkloadNote;
import java.util.Optional;

/**
 * What stands above a cluster and decides before the cluster itself does.
 *
 * @param wrapper the AppWrapper that wraps it, if one does
 * @param workload Kueue's Workload of the AppWrapper, or of the cluster if none wraps it
 * @param queueTrouble what is wrong with the local queue, as far as it is known; empty for nothing
 */
public record Above(Optional<AppWrapperNote> wrapper, WorkloadNote workload, String queueTrouble) {
  public static final Above NOTHING = new Above(Optional.empty(), WorkloadNote.NONE, "");

  /** The local queue that it waits in; empty for none. */
  String queue() {
    return workload.queue().isEmpty()
        ? wrapper.map(AppWrapperNote::queue).orElse("")
        : workload.queue();
  }
}
