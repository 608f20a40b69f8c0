package dev.muster.truth.drive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.core.Row;
import dev.muster.daemon.kubernetes.raycluster.Causes;
import dev.muster.daemon.kubernetes.raycluster.RayClusterRow;
import dev.muster.truth.history.Face;
import dev.muster.truth.history.History;
import dev.muster.truth.history.Place;
import dev.muster.truth.history.Version;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * What was recorded, as versions with their faces. The face of an object is what the product's own
 * projector makes of it: that is tested by itself, and here it must be told as it is.
 */
final class Versions {
  /** In these states pods and events have a say in the reason. */
  private static final Set<String> EXPLAINED_BY_OTHERS = Set.of("STARTING", "FAILED");

  private static final int REASON =
      RayClusterRow.COLUMNS.columns().stream().map(c -> c.title()).toList().indexOf("REASON");

  private Versions() {}

  static History history(List<Recorder.Entry> entries) {
    return new History(entries.stream().map(Versions::version).toList());
  }

  private static Version version(Recorder.Entry entry) {
    JsonNode metadata = entry.object().path("metadata");
    boolean gone = entry.type().equals("DELETED");
    return new Version(
        new Place(metadata.path("namespace").asText(), metadata.path("name").asText()),
        metadata.path("uid").asText(),
        metadata.path("resourceVersion").asLong(),
        gone,
        metadata.hasNonNull("deletionTimestamp"),
        entry.told(),
        gone ? null : face(entry.object()));
  }

  static Face face(ObjectNode object) {
    Row row = RayClusterRow.of("", object.deepCopy(), Causes.NONE, Instant.EPOCH);
    String state = row.state().name();
    return new Face(
        state,
        row.nativeState(),
        row.ready(),
        EXPLAINED_BY_OTHERS.contains(state) ? null : row.reason(),
        row.created().toEpochMilli(),
        row.owner(),
        row.details(),
        cells(row.cells()));
  }

  /** Without the reason, which comes from elsewhere, and the age, which only a reader knows. */
  static List<String> cells(String line) {
    return Arrays.stream(line.split("\t", -1)).limit(REASON).toList();
  }

  static String reason(String line) {
    return line.split("\t", -1)[REASON];
  }
}
