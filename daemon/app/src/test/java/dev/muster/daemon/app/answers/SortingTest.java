package dev.muster.daemon.app.answers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.daemon.core.Column;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.core.Row;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SortingTest {
  private static final List<Column> COLUMNS =
      List.of(new Column("NAME", false), new Column("DESIRED WORKERS", false));

  private static List<String> sorted(String title, String... lines) {
    Comparator<Row> order =
        Sorting.by(title, COLUMNS, row -> row.key().name().replace(' ', '\t')).orElseThrow();
    return Stream.of(lines)
        .map(line -> PlainSource.row("raycluster", line))
        .sorted(order)
        .map(row -> row.key().name())
        .toList();
  }

  @Test
  void numbers_are_sorted_by_their_size_and_what_is_missing_comes_last() {
    assertThat(sorted("desired-workers", "a 10", "b ", "c 9", "d"))
        .containsExactly("c 9", "a 10", "b ", "d");
  }

  @Test
  void texts_are_sorted_without_regard_to_case() {
    assertThat(sorted("NAME", "b", "C", "a")).containsExactly("a", "b", "C");
  }

  @Test
  void age_is_sorted_from_the_youngest_on() {
    Row old = PlainSource.row("raycluster", "old");
    Row young =
        new Row(
            old.key(),
            "",
            "",
            old.state(),
            "",
            false,
            "",
            PlainSource.NOON.plusSeconds(1),
            null,
            null,
            "",
            "",
            "",
            "",
            "");
    assertThat(Sorting.by("age", COLUMNS, Row::cells).orElseThrow().compare(young, old))
        .isNegative();
  }

  @Test
  void no_column_is_no_order_and_an_unknown_one_is_said() {
    assertThat(Sorting.by("", COLUMNS, Row::cells)).isEmpty();
    assertThatThrownBy(() -> Sorting.by("SIZE", COLUMNS, Row::cells))
        .isInstanceOf(Failure.class)
        .hasMessage(
            "--sort-by 'SIZE': there is no such column; there are NAME, DESIRED WORKERS, AGE");
  }

  @ParameterizedTest
  @CsvSource({
    "500m, 1",
    "9, 10",
    "900Mi, 1Gi",
    "1G, 1Gi",
    "2/4, 3/4",
    "999k, 1M",
    "7, seven",
    "a, ''"
  })
  void the_left_one_comes_first(String left, String right) {
    assertThat(Sorting.compare(left, right)).isNegative();
    assertThat(Sorting.compare(right, left)).isPositive();
  }
}
