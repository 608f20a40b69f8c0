package dev.muster.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cli.Out;
import dev.muster.cli.Samples;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TablesTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final Out out = new Out(bytes);

  private String text() {
    out.flush();
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void a_table_is_aligned_and_hides_wide_columns() {
    Output table = new TableOutput(out, false, true);
    table.add(Samples.cells("demo\tteam-a\tREADY\tray:2.9\t5m"));
    table.add(Samples.cells("a-longer-name\tb\tSTARTING\t\t12s"));
    table.finish();
    assertThat(text())
        .isEqualTo(
            """
            NAME            NAMESPACE   STATE      AGE
            demo            team-a      READY      5m
            a-longer-name   b           STARTING   12s
            """);
  }

  @Test
  void a_wide_table_shows_all_columns_and_no_line_ends_with_spaces() {
    Output table = new TableOutput(out, true, true);
    table.add(Samples.cells("demo\tteam-a\tREADY\tray:2.9\t", "x\t\tQUEUED\t\t"));
    table.finish();
    assertThat(text())
        .isEqualTo(
            """
            NAME   NAMESPACE   STATE    IMAGE     AGE
            demo   team-a      READY    ray:2.9
            x                  QUEUED
            """);
  }

  @Test
  void wide_characters_take_two_columns() {
    Output table = new TableOutput(out, false, false);
    table.add(
        Samples.cells("日本\ta\tREADY\t\t1s", "abcd\tb\tREADY\t\t1s", "e\u0301\tc\tREADY\t\t1s"));
    table.finish();
    assertThat(text())
        .isEqualTo("日本   a   READY   1s\nabcd   b   READY   1s\ne\u0301      c   READY   1s\n");
  }

  @Test
  void a_row_with_fewer_cells_than_columns_is_printed() {
    Output table = new TableOutput(out, false, false);
    table.add(Samples.cells("demo", "other\tb"));
    table.finish();
    assertThat(text()).isEqualTo("demo\nother   b\n");
  }

  @Test
  void no_rows_print_nothing() {
    Output table = new TableOutput(out, false, true);
    table.add(Samples.cells());
    table.finish();
    Output lines = new LinesOutput(out, false, true);
    lines.add(Samples.cells());
    lines.finish();
    assertThat(text()).isEmpty();
  }

  @Test
  void in_a_pipe_cells_have_a_tab_between_and_titles_once() {
    Output lines = new LinesOutput(out, false, true);
    lines.add(Samples.cells("demo\tteam-a\tREADY\tray:2.9\t5m"));
    lines.add(Samples.cells("x\t\tQUEUED\t\t"));
    lines.finish();
    assertThat(text())
        .isEqualTo("NAME\tNAMESPACE\tSTATE\tAGE\ndemo\tteam-a\tREADY\t5m\nx\t\tQUEUED\t\n");
  }

  @Test
  void a_short_row_in_a_pipe_has_all_its_tabs() {
    Output lines = new LinesOutput(out, true, false);
    lines.add(Samples.cells("demo"));
    assertThat(text()).isEqualTo("demo\t\t\t\t\n");
  }

  @Test
  void control_characters_are_made_visible() {
    Output lines = new LinesOutput(out, false, false);
    lines.add(Samples.cells("a\u001b[2Jb\r\tx\u202ey\tREADY\t\t1s"));
    assertThat(text()).isEqualTo("a\\x1b[2Jb\\r\tx\\u202ey\tREADY\t1s\n");
  }

  @Test
  void csv_has_all_columns_and_quotes_what_needs_it() {
    Output csv = new CsvOutput(out, true);
    csv.add(Samples.cells("a,b\t\"c\"\tREADY\t\t1s"));
    csv.add(Samples.cells("d\te\tf\tg\th"));
    csv.finish();
    assertThat(text())
        .isEqualTo("NAME,NAMESPACE,STATE,IMAGE,AGE\n\"a,b\",\"\"\"c\"\"\",READY,,1s\nd,e,f,g,h\n");
  }

  @Test
  void one_resource_is_a_table_of_one_row() {
    new TableOutput(out, false, true).show(Samples.reply());
    new LinesOutput(out, false, false).show(Samples.reply());
    new CsvOutput(out, false).show(Samples.reply());
    assertThat(text())
        .isEqualTo(
            """
            NAME   NAMESPACE   STATE   AGE
            demo   team-a      READY   5m
            demo\tteam-a\tREADY\t5m
            demo,team-a,READY,ray:2.9,5m
            """);
  }

  @Test
  void a_line_is_cut_by_the_columns_it_takes() {
    assertThat(Cells.cut("short", 10)).isEqualTo("short");
    assertThat(Cells.cut("abcdef", 4)).isEqualTo("abcd");
    assertThat(Cells.cut("日本語", 5)).isEqualTo("日本");
  }

  @Test
  void what_is_between_words_is_made_visible_too() {
    assertThat(Cells.clean("a\nb\tc\u0085")).isEqualTo("a\\nb\\tc\\x85");
    assertThat(Cells.clean("plain é 日")).isEqualTo("plain é 日");
  }
}
