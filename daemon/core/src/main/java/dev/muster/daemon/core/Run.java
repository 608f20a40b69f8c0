package dev.muster.daemon.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How long a resource took to become ready, counted from where it began.
 *
 * @param start {@link State#QUEUED} or {@link State#STARTING}
 * @param took until it was ready
 */
record Run(State start, Duration took) {
  /**
   * One step of a resource's way.
   *
   * @param found its time is only when it was noticed
   */
  record Step(HistoryEntry entry, boolean found) {}

  /**
   * The runs that end with the first step. Something that was ready, is disturbed and recovers is
   * no run: how long that takes says nothing of a start.
   *
   * @param back the steps of one incarnation, the newest first
   */
  static List<Run> endingWith(List<Step> back) {
    Step end = back.getFirst();
    if (end.found() || end.entry().to() != State.READY) {
      return List.of();
    }
    Map<State, Step> starts = new EnumMap<>(State.class);
    for (Step step : back.subList(1, back.size())) {
      State state = step.entry().to();
      if (state == State.QUEUED) {
        starts.put(state, step); // the earliest: it may have been put back into the queue
      } else if (state == State.STARTING) {
        starts.putIfAbsent(state, step);
      } else {
        break;
      }
      if (step.entry().from() == State.READY) {
        return List.of();
      }
    }
    List<Run> runs = new ArrayList<>();
    starts.forEach(
        (state, step) -> {
          Duration took = Duration.between(step.entry().at(), end.entry().at());
          if (!step.found() && !took.isNegative()) {
            runs.add(new Run(state, took));
          }
        });
    return runs;
  }
}
