package dev.muster.daemon.ray;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.daemon.core.Failure;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RayOptionsTest {
  @ParameterizedTest
  @CsvSource({"2,2", "0.5,0.5", "500m,0.5", "' 1 ',1", "0,0"})
  void numbers_of_cpus_may_be_parts(String text, double number) {
    assertThat(RayOptions.number("--entrypoint-num-cpus", text)).isEqualTo(number);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "-1", "2Gi", "1,5", "NaN"})
  void what_is_no_number_is_refused(String text) {
    assertThatThrownBy(() -> RayOptions.number("--entrypoint-num-cpus", text))
        .isInstanceOf(Failure.class)
        .hasMessage(
            "--entrypoint-num-cpus: \""
                + text
                + "\" is not a number of them: write 2, 0.5 or 500m.");
  }

  @ParameterizedTest
  @CsvSource({
    "1000000,1000000",
    "4Gi,4294967296",
    "1Ki,1024",
    "1k,1000",
    "500M,500000000",
    "1.5G,1500000000",
    "1e9,1000000000",
    "0.0001k,1"
  })
  void memory_is_a_whole_number_of_bytes(String text, long bytes) {
    assertThat(RayOptions.memory("--entrypoint-memory", text)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "4GB", "lots", "-1", "100m", "9999Ei"})
  void what_is_no_memory_is_refused(String text) {
    assertThatThrownBy(() -> RayOptions.memory("--entrypoint-memory", text))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("is not an amount of memory: write 4Gi, 500M or a number of bytes.");
  }

  @Test
  void resources_and_metadata_are_objects() {
    assertThat(RayOptions.resources("--r", "{\"TPU\": 4, \"x\": 0.5}"))
        .isEqualTo(Map.of("TPU", 4.0, "x", 0.5));
    assertThat(RayOptions.metadata("--m", "{\"owner\": \"me\"}")).isEqualTo(Map.of("owner", "me"));
  }

  @Test
  void what_is_in_them_is_checked() {
    assertThatThrownBy(() -> RayOptions.resources("--r", "[1]"))
        .hasMessage("--r must be a JSON object such as {\"TPU\": 4}.");
    assertThatThrownBy(() -> RayOptions.resources("--r", "{\"TPU\": \"x\"}"))
        .hasMessage("--r: TPU must be a number of that resource.");
    assertThatThrownBy(() -> RayOptions.resources("--r", "{\"TPU\": -1}"))
        .isInstanceOf(Failure.class);
    assertThatThrownBy(() -> RayOptions.metadata("--m", "{\"a\": 1}"))
        .hasMessage("--m: a must be text: put it in quotes.");
    assertThatThrownBy(() -> RayOptions.metadata("--m", "{\"a\": "))
        .hasMessage("--m, line 1: this is neither YAML nor JSON.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "train-1", "raysubmit_5ae6", "a.b:c", "grün"})
  void ids_of_jobs_are_plain(String id) {
    assertThat(RayOptions.submissionId("--submission-id", id)).isEqualTo(id);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a/b", "a b", "a\nb", "..", "a?b", "50%"})
  void ids_that_ray_could_not_find_again_are_refused(String id) {
    assertThatThrownBy(() -> RayOptions.submissionId("--submission-id", id))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("cannot be a job's id");
  }

  @Test
  void ids_are_not_too_long() {
    assertThatThrownBy(() -> RayOptions.submissionId("--submission-id", "x".repeat(201)))
        .isInstanceOf(Failure.class);
  }
}
