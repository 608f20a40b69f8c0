package dev.muster.daemon.core;

import java.time.Instant;

/**
 * One thing that happened to one row, in the order in which it was committed.
 *
 * @param sequence increasing for one daemon's life, with gaps
 * @param type what happened
 * @param at when it was committed, by the daemon's clock
 * @param from the state before; null for a row that was not there
 * @param row the row after; for DELETED the last one known
 */
public record Change(long sequence, Type type, Instant at, State from, Row row) {
  public enum Type {
    ADDED,
    CHANGED,
    DELETED
  }
}
