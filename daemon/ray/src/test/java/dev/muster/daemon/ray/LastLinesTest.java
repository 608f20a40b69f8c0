package dev.muster.daemon.ray;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.daemon.core.Jobs;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LastLinesTest {
  private static void add(LastLines lines, String text) {
    lines.add(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static String last(LastLines kept) {
    return StandardCharsets.UTF_8.decode(kept.last()).toString();
  }

  @ParameterizedTest
  @CsvSource({
    "0, a;b;, ''",
    "1, a;b;, b;",
    "1, a;b;c, c",
    "2, a;b;c, b;c",
    "9, a;b;, a;b;",
    "1, '', ''",
    "2, ;;;, ;;"
  })
  void the_last_lines_are_kept_however_the_text_comes(int lines, String text, String last) {
    String whole = text.replace(';', '\n');
    LastLines atOnce = new LastLines(lines);
    add(atOnce, whole);
    LastLines byByte = new LastLines(lines);
    whole.chars().forEach(c -> add(byByte, Character.toString(c)));

    assertThat(last(atOnce)).isEqualTo(last.replace(';', '\n'));
    assertThat(last(byByte)).isEqualTo(last.replace(';', '\n'));
    assertThat(byByte.isCut()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"0, a;b;, ''", "1, a;b;, b;", "9, a;b;, a;b;"})
  void whoever_is_shown_them_goes_on_behind_them(int lines, String text, String last)
      throws IOException {
    Marked marked = new Marked();
    LastLines kept = new LastLines(lines);
    add(kept, text.replace(';', '\n'));

    Marking marking = new Marking(marked, "p", LogPlace.BEGINNING);
    kept.show(marking);

    assertThat(marked.text()).isEqualTo(last.replace(';', '\n'));
    assertThat(marked.bookmarks).containsExactly(new Jobs.Bookmark("p", "4"));
    assertThat(marking.at().bytes()).isEqualTo(4);
  }

  @Test
  void many_of_them_are_shown_in_pieces_and_each_is_marked() throws IOException {
    Marked marked = new Marked();
    LastLines kept = new LastLines(1);
    add(kept, "first\n" + "x".repeat(300_000));

    kept.show(new Marking(marked, "", LogPlace.BEGINNING));

    assertThat(marked.text()).hasSize(300_000);
    assertThat(marked.bookmarks)
        .extracting(Jobs.Bookmark::at)
        .containsExactly(Integer.toString(6 + (1 << 18)), "300006");
  }

  @Test
  void lines_that_are_too_long_are_cut_at_their_beginning() {
    LastLines lines = new LastLines(1);
    for (int i = 0; i < 3; i++) {
      add(lines, "x".repeat(LastLines.MOST / 2));
    }
    assertThat(lines.isCut()).isTrue();
    assertThat(lines.last().remaining()).isEqualTo(LastLines.MOST);
    add(lines, "y\nz\nlast\n");
    assertThat(lines.isCut()).isFalse();
    assertThat(last(lines)).isEqualTo("last\n");
  }
}
