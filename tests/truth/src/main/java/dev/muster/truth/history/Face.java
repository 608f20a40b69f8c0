package dev.muster.truth.history;

import java.util.List;

/**
 * What the object alone says about its row: everything but the reason of a cluster that is not
 * ready yet, which its pods and events may have given, and the times of observation.
 *
 * @param reason null where pods and events have a say
 * @param cells the table's cells without REASON and AGE
 * @param details the documented record, as JSON
 */
public record Face(
    String state,
    String nativeState,
    boolean ready,
    String reason,
    long createdMillis,
    String owner,
    String details,
    List<String> cells) {
  public Face {
    cells = List.copyOf(cells);
  }
}
