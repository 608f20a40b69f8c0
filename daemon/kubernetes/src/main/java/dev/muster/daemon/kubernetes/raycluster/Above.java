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
 * @param orphaned whether the AppWrapper that made it was seen to go
 */
public record Above(
    Optional<AppWrapperNote> wrapper,
    WorkloadNote workload,
    String queueTrouble,
    boolean orphaned) {
  public static final Above NOTHING = new Above(Optional.empty(), WorkloadNote.NONE, "");

  /** As long as whatever made it is there. */
  public Above(Optional<AppWrapperNote> wrapper, WorkloadNote workload, String queueTrouble) {
    this(wrapper, workload, queueTrouble, false);
  }

  /** The same without the AppWrapper, which is gone. */
  public Above orphan() {
    return new Above(Optional.empty(), workload, queueTrouble, true);
  }

  /** The local queue that it waits in; empty for none. */
  String queue() {
    return workload.queue().isEmpty()
        ? wrapper.map(AppWrapperNote::queue).orElse("")
        : workload.queue();
  }
}
