package dev.muster.truth.history;

/**
 * One version of one object, as the API server's own watch told it.
 *
 * @param number its resourceVersion: the order in which one server changed things of one kind
 * @param gone this is the end of the object, not a state of it
 * @param deleting its deletion has been asked for
 * @param told when the recorder was told, in microseconds since the epoch: never before the server
 *     knew it
 * @param face what can be seen of it; null if it is gone
 */
public record Version(
    Place place, String uid, long number, boolean gone, boolean deleting, long told, Face face) {
  /** Such as "c3@1042". */
  @Override
  public String toString() {
    return (gone ? "the end of " : "")
        + place
        + "@"
        + number
        + (face == null ? "" : " " + face.state())
        + " (uid "
        + (uid.length() > 8 ? uid.substring(0, 8) : uid)
        + ")";
  }
}
