package dev.muster.daemon.ray;

import static org.assertj.core.api.Assertions.assertThat;

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
    assertThat(byByte.seen()).isEqualTo(whole.length());
    assertThat(byByte.isCut()).isFalse();
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
