package dev.muster.daemon.sandbox.store;

/**
 * One committed write.
 *
 * @param before the version it replaced, null when the object is new
 * @param after the version written; of a deletion the last state, with the deletion's version
 * @param deleted whether the object is gone
 */
public record Change(StoredObject before, StoredObject after, boolean deleted) {

  public long version() {
    return after.version();
  }
}
