package dev.muster.truth.drive;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.truth.history.Face;
import dev.muster.truth.history.History;
import dev.muster.truth.history.Place;
import dev.muster.truth.history.Version;
import java.util.List;
import org.junit.jupiter.api.Test;

class VersionsTest {
  @Test
  void a_face_is_what_the_projector_makes_of_the_object() {
    ObjectNode cluster = Manifest.of("ns", "demo", 2);
    ((ObjectNode) cluster.path("spec")).put("suspend", true);
    cluster.putObject("status").put("state", "suspended");

    Face face = Versions.face(cluster);

    assertThat(face.state()).isEqualTo("SUSPENDED");
    assertThat(face.reason()).isEqualTo("suspended by its \"suspend\" field");
    assertThat(face.cells()).startsWith("demo", "ns", "SUSPENDED", "no", "2", "0");
  }

  @Test
  void the_reason_of_a_cluster_that_starts_is_left_to_its_pods() {
    assertThat(Versions.face(Manifest.of("ns", "demo", 2)).reason()).isNull();
  }

  @Test
  void an_entry_becomes_a_version_with_its_time() {
    History history =
        Versions.history(List.of(entry("ADDED", "10", 1_000), entry("DELETED", "20", 2_000)));

    List<Version> versions = history.at(new Place("ns", "demo")).orElseThrow().versions();

    assertThat(versions).extracting(Version::number).containsExactly(10L, 20L);
    assertThat(versions).extracting(Version::told).containsExactly(1_000L, 2_000L);
    assertThat(versions).extracting(Version::gone).containsExactly(false, true);
  }

  private static Recorder.Entry entry(String type, String version, long told) {
    ObjectNode cluster = Manifest.of("ns", "demo", 1);
    ((ObjectNode) cluster.path("metadata")).put("uid", "u1").put("resourceVersion", version);
    return new Recorder.Entry(type, cluster, told);
  }
}
