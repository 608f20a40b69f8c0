package dev.muster.truth.check;

import dev.muster.truth.history.Place;
import java.util.List;

/**
 * One wait and how it ended. Times are in microseconds since the epoch.
 *
 * @param goal as asked: "ready", "deleted" or a state
 * @param uid that the reader asked for; empty for whichever is there
 * @param progress what was told on the way
 * @param row told at the end; null for none
 */
public record Waited(
    String what,
    Place place,
    String goal,
    String uid,
    long started,
    long ended,
    Outcome outcome,
    Told row,
    List<Read> progress) {
  public Waited {
    progress = List.copyOf(progress);
  }

  /** As the contract has them; NONE: the stream ended without one. */
  public enum Outcome {
    REACHED,
    FAILED,
    GONE,
    TIMED_OUT,
    REPLACED,
    NONE
  }
}
