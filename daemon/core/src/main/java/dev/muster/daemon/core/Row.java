package dev.muster.daemon.core;

import java.time.Instant;

/**
 * One resource as the cache keeps it. Its state was computed when it was written; a reader computes
 * nothing.
 *
 * @param key its address
 * @param uid the server's unique id of this incarnation
 * @param version the server's version of it (Kubernetes resourceVersion)
 * @param state in our vocabulary
 * @param nativeState in the system's own word; empty if it has none
 * @param ready whether it can be used
 * @param reason why it is in that state; empty when there is nothing to say
 * @param created when the server made it, by the server's clock
 * @param changed when its state last changed, by the daemon's clock unless the server says
 * @param observed when this was last seen to be so, by the daemon's clock
 * @param owner the key's kind and name of what owns it ("raycluster/demo"); empty for none
 * @param labels its labels as "k=v" lines, for selectors
 * @param cells the table's cells, tab-joined, in the order of the kind's {@link Column}s, without
 *     AGE
 * @param details what only this kind has: one JSON object
 * @param object the system's object as JSON without managedFields, Secret data and env values:
 *     never to be applied back
 */
public record Row(
    Key key,
    String uid,
    String version,
    State state,
    String nativeState,
    boolean ready,
    String reason,
    Instant created,
    Instant changed,
    Instant observed,
    String owner,
    String labels,
    String cells,
    String details,
    String object) {
  /**
   * Whether it is news from before the other one: of one server and kind the versions tell, also
   * between one and what came after it under its name. Versions that are not decimal tell nothing.
   */
  public boolean isOlderThan(Row other) {
    return Versions.isOlder(version, other.version);
  }

  /** The same row, its state changed at another time. */
  public Row withChanged(Instant time) {
    return new Row(
        key,
        uid,
        version,
        state,
        nativeState,
        ready,
        reason,
        created,
        time,
        observed,
        owner,
        labels,
        cells,
        details,
        object);
  }

  /** The same row, seen at another time. */
  public Row withObserved(Instant time) {
    return new Row(
        key,
        uid,
        version,
        state,
        nativeState,
        ready,
        reason,
        created,
        changed,
        time,
        owner,
        labels,
        cells,
        details,
        object);
  }
}
