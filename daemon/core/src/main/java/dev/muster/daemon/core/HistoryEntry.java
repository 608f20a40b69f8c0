package dev.muster.daemon.core;

import java.time.Instant;

/**
 * One change of state of one resource, as it is remembered after the resource is gone.
 *
 * @param cursor its place: increasing, with gaps, never used twice, over restarts too
 * @param at when it happened: by the server's clock where the server says, else by the daemon's
 * @param context the name of the context in which it was seen first; for people
 * @param key which resource
 * @param uid which incarnation of it
 * @param from the state before; null: it was not there, or not known
 * @param to the state after; null: it is gone
 * @param nativeState the system's own word for the state after
 * @param reason why, in the words of the row; empty if nothing was said
 * @param queue the queue it waits in; empty for none
 */
public record HistoryEntry(
    long cursor,
    Instant at,
    String context,
    Key key,
    String uid,
    State from,
    State to,
    String nativeState,
    String reason,
    String queue) {}
