package dev.muster.daemon.core;

import java.time.Instant;

/**
 * Which entries of the history are asked for.
 *
 * @param identity whose; no identity sees another's
 * @param kind empty for all
 * @param namespace empty for all
 * @param name empty for all
 * @param since none that happened earlier; null: as far back as is known
 * @param after only what comes after this cursor; 0: all
 * @param limit at most so many: with a cursor the first after it, else the newest
 */
public record HistoryQuery(
    String identity,
    String kind,
    String namespace,
    String name,
    Instant since,
    long after,
    int limit) {}
