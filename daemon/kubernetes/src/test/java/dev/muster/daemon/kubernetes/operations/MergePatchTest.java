package dev.muster.daemon.kubernetes.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.kubernetes.Yaml;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MergePatchTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{a: 1} | {a: 2} | {\"a\":2}",
        "{a: 1, b: 1} | {b: 1} | {\"a\":null}",
        "{b: 1} | {a: {c: 1}, b: 1} | {\"a\":{\"c\":1}}",
        "{a: {b: 1, c: 1}} | {a: {b: 1, c: 2}} | {\"a\":{\"c\":2}}",
        "{a: [1, 2], b: 1} | {a: [1, 3], b: 1} | {\"a\":[1,3]}",
        "{a: {b: 1}} | {a: x} | {\"a\":\"x\"}"
      })
  void it_holds_what_differs(String before, String after, String patch) {
    assertThat(MergePatch.between(object(before), object(after))).hasToString(patch);
  }

  @Test
  void of_equal_objects_it_is_empty() {
    assertThat(MergePatch.between(object("{a: {b: [1]}}"), object("{a: {b: [1]}}"))).isEmpty();
  }

  private static ObjectNode object(String yaml) {
    return (ObjectNode) Yaml.parse(yaml.getBytes(StandardCharsets.UTF_8), "a test");
  }
}
