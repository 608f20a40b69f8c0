package dev.muster.truth.check;

import dev.muster.truth.history.Face;
import dev.muster.truth.history.Place;
import java.util.List;

/**
 * A row as muster told it. What the form of the answer does not carry is null, or -1 for a number.
 *
 * @param number the resourceVersion
 * @param observedMillis when this row was last seen to be so, as the row says
 * @param cells the table's cells without REASON and AGE
 */
public record Told(
    Place place,
    String uid,
    long number,
    String state,
    String nativeState,
    Boolean ready,
    String reason,
    long createdMillis,
    long observedMillis,
    String owner,
    String details,
    List<String> cells) {
  /** Of a table, which has no versions: only the cells. */
  public static Told ofCells(Place place, List<String> cells, String reason) {
    return new Told(
        place, null, -1, null, null, null, reason, -1, -1, null, null, List.copyOf(cells));
  }

  public boolean hasVersion() {
    return uid != null;
  }

  /** The first thing that is not as that version has it; empty if all is. */
  String difference(Face face) {
    if (state != null && !state.equals(face.state())) {
      return "its state is " + face.state() + ", told was " + state;
    }
    if (ready != null && ready != face.ready()) {
      return "its ready is " + face.ready() + ", told was " + ready;
    }
    if (nativeState != null && !nativeState.equals(face.nativeState())) {
      return "its own word is \"" + face.nativeState() + "\", told was \"" + nativeState + "\"";
    }
    if (createdMillis >= 0 && createdMillis != face.createdMillis()) {
      return "it was made at " + face.createdMillis() + ", told was " + createdMillis;
    }
    if (owner != null && !owner.equals(face.owner())) {
      return "its owner is \"" + face.owner() + "\", told was \"" + owner + "\"";
    }
    if (reason != null && face.reason() != null && !reason.equals(face.reason())) {
      return "its reason is \"" + face.reason() + "\", told was \"" + reason + "\"";
    }
    if (cells != null && !cells.equals(face.cells())) {
      return "its cells are " + face.cells() + ", told were " + cells;
    }
    if (details != null && !details.equals(face.details())) {
      return "its details are " + face.details() + ", told were " + details;
    }
    return "";
  }

  @Override
  public String toString() {
    return place
        + (hasVersion() ? "@" + number : "")
        + " "
        + (state != null ? state : String.valueOf(cells));
  }
}
