package dev.muster.daemon.core;

import java.time.Duration;

/**
 * What is known while waiting, and at last how it ended.
 *
 * @param outcome PENDING while it goes on
 * @param row the last one known; null: there was none
 * @param line what is happening, in one line, for people
 * @param observation whether the row is true now
 * @param elapsed since the wait began
 */
public record WaitUpdate(
    Outcome outcome, Row row, String line, Observation observation, Duration elapsed) {
  public enum Outcome {
    PENDING,
    REACHED,
    /** It failed, or cannot reach the goal any more. */
    FAILED,
    /** There is none of that name, or it went away. */
    GONE,
    TIMED_OUT,
    /** Deleted and made anew by somebody else: not what was waited for. */
    REPLACED,
    /** Nobody wants to know any more. */
    CANCELLED
  }
}
