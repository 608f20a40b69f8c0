package dev.muster.daemon.kubernetes.appwrapper;

import dev.muster.daemon.core.State;
import dev.muster.daemon.kubernetes.kueue.WorkloadNote;
import java.util.Set;

/**
 * An AppWrapper's state in our vocabulary, and with it that of what it wraps: it comes first.
 *
 * @param state in our vocabulary; meaningless where what is inside decides
 * @param ready whether what it wraps can be used
 * @param reason why not; empty when there is nothing to say
 * @param inside whether the wrapped RayCluster's own state is the answer, and this one only where
 *     there is none
 */
public record AppWrapperState(State state, boolean ready, String reason, boolean inside) {
  /** Phases in which none of its pods are there. */
  private static final Set<String> STOPPED = Set.of("", "Suspended");

  /** Phases that Kueue takes it out of when its Workload is deactivated. */
  private static final Set<String> STOPPABLE =
      Set.of("", "Suspended", "Suspending", "Resuming", "Resetting", "Running");

  public static AppWrapperState of(AppWrapperNote note, WorkloadNote workload) {
    if (!note.deletion().isEmpty()) {
      return plain(State.TERMINATING, note.deletion());
    }
    if (note.newest() && workload.deactivated() && STOPPABLE.contains(note.word())) {
      return plain(
          STOPPED.contains(note.word()) ? State.SUSPENDED : State.SUSPENDING, workload.reason());
    }
    return note.newest() ? byPhase(note, workload) : byState(note, workload);
  }

  private static AppWrapperState byPhase(AppWrapperNote note, WorkloadNote workload) {
    return switch (note.word()) {
      case "" -> queued(note, workload, "waiting for the AppWrapper operator to take it up");
      case "Suspended" -> suspended(note, workload);
      case "Suspending" -> plain(State.SUSPENDING, "its resources are being deleted");
      case "Resuming" -> plain(State.STARTING, again(note, "its resources are being created"));
      case "Resetting" -> plain(State.STARTING, again(note, "it is begun anew"));
      case "Running" ->
          note.trouble().isEmpty()
              ? inside(State.STARTING, "waiting for its RayCluster")
              : inside(State.STARTING, note.trouble());
      case "Failed" -> plain(State.FAILED, failed(note));
      case "Succeeded" -> inside(State.UNKNOWN, "its AppWrapper succeeded");
      case "Terminating" -> plain(State.TERMINATING, "its resources are being deleted");
      default -> plain(State.UNKNOWN, "the AppWrapper is " + note.word());
    };
  }

  private static AppWrapperState suspended(AppWrapperNote note, WorkloadNote workload) {
    if (workload.exists() && workload.pending()) {
      return plain(State.QUEUED, workload.reason());
    }
    if (!note.suspend()) {
      return plain(State.STARTING, "about to be started");
    }
    if (workload.exists() && !workload.finished()) {
      return plain(State.STARTING, "it has quota and is about to be started");
    }
    return note.queue().isEmpty()
        ? plain(State.SUSPENDED, "suspended by its \"suspend\" field")
        : plain(State.QUEUED, "waiting for quota in the local queue " + note.queue());
  }

  private static AppWrapperState queued(
      AppWrapperNote note, WorkloadNote workload, String otherwise) {
    boolean waits = workload.exists() && workload.pending() && !workload.message().isEmpty();
    return plain(State.QUEUED, waits ? workload.reason() : otherwise);
  }

  /** MCAD: no phase but a state, and before it has looked at it not even that. */
  private static AppWrapperState byState(AppWrapperNote note, WorkloadNote workload) {
    if (!note.taken()) {
      return queued(note, workload, "still being added to the queue");
    }
    return switch (note.word()) {
      case "Running", "Completed", "RunningHoldCompletion" ->
          inside(State.STARTING, "waiting for its RayCluster");
      case "Failed" -> plain(State.FAILED, failed(note));
      case "Deleted" -> plain(State.FAILED, "its AppWrapper's resources were deleted");
      default -> queued(note, workload, "waiting to be dispatched");
    };
  }

  private static String failed(AppWrapperNote note) {
    String cause = note.trouble().isEmpty() ? "its AppWrapper failed" : note.trouble();
    return note.resets() == 0 ? cause : cause + " (after " + times(note.resets()) + ")";
  }

  private static String again(AppWrapperNote note, String doing) {
    if (note.resets() == 0) {
      return doing;
    }
    return doing
        + " after "
        + times(note.resets())
        + (note.trouble().isEmpty() ? "" : ": " + note.trouble());
  }

  private static String times(int resets) {
    return resets + (resets == 1 ? " reset" : " resets");
  }

  private static AppWrapperState plain(State state, String reason) {
    return new AppWrapperState(state, false, reason, false);
  }

  private static AppWrapperState inside(State otherwise, String reason) {
    return new AppWrapperState(otherwise, false, reason, true);
  }
}
