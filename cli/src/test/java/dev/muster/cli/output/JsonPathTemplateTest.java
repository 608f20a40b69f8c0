package dev.muster.cli.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.cli.CliFailure;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonPathTemplateTest {
  private static final Map<String, Object> TREE =
      Map.of(
          "items",
          List.of(
              Map.of("name", "a", "ready", true, "details", Map.of("workers", 2)),
              Map.of("name", "b", "ready", false, "tags", List.of("x", "y"))),
          "state",
          "READY");

  private static String fill(String template) {
    return JsonPathTemplate.parse(template).fill(TREE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{.state}|READY",
        "{$.state}|READY",
        "{state}|READY",
        "state is {.state}!|state is READY!",
        "{.items[*].name}|a b",
        "{.items[0].name}|a",
        "{.items[-1:].name}|b",
        "{.items[?(@.ready==true)].name}|a",
        "{.items[0].details}|{\"workers\":2}",
        "{.items[1].tags}|[\"x\",\"y\"]",
        "{.items[1].tags[*]}|x y",
        "{..workers}|2",
        "<{.nothing.at.all}>|<>"
      })
  void a_template_picks_values(String template, String text) {
    assertThat(fill(template)).isEqualTo(text);
  }

  @Test
  void escapes_are_written_in_quotes() {
    assertThat(fill("{.state}{\"\\n\"}{'\\t'}{\"}\"}")).isEqualTo("READY\n\t}");
  }

  @Test
  void a_range_goes_over_elements() {
    assertThat(fill("{range .items[*]}{.name}={.ready}{\"\\n\"}{end}done"))
        .isEqualTo("a=true\nb=false\ndone");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{.state|-o jsonpath: a '{' is not closed in {.state",
        "{end}|-o jsonpath: {end} without {range} in {end}",
        "{range .items[*]}x|-o jsonpath: {range} without {end} in {range .items[*]}x",
        "{.items[?(}|-o jsonpath: '.items[?(' is no path in {.items[?(}"
      })
  void a_template_that_cannot_be_read_is_refused(String template, String sentence) {
    assertThatThrownBy(() -> JsonPathTemplate.parse(template))
        .isInstanceOf(CliFailure.class)
        .hasMessage(sentence);
  }
}
