package dev.muster.daemon.core;

import java.time.Instant;

/**
 * When an answer was true, and whether it still is.
 *
 * @param scope of the answer
 * @param kind of the answer
 * @param at when it was last known to be true, by the daemon's clock; null: never
 * @param live the watch is up and what was in flight has been written: it is true now
 * @param reason why it is not live, in words, without secrets; empty when it is
 */
public record Observation(Scope scope, String kind, Instant at, boolean live, String reason) {}
