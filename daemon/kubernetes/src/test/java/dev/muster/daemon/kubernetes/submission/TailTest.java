package dev.muster.daemon.kubernetes.submission;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TailTest {
  private static void add(Tail tail, String text) {
    tail.add(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static String last(Tail tail) {
    return StandardCharsets.UTF_8.decode(tail.last()).toString();
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
    Tail atOnce = new Tail(lines);
    add(atOnce, whole);
    Tail byByte = new Tail(lines);
    whole.chars().forEach(c -> add(byByte, Character.toString(c)));

    assertThat(last(atOnce)).isEqualTo(last.replace(';', '\n'));
    assertThat(last(byByte)).isEqualTo(last.replace(';', '\n'));
    assertThat(byByte.seen()).isEqualTo(whole.length());
    assertThat(byByte.isCut()).isFalse();
  }

  @Test
  void lines_that_are_too_long_are_cut_at_their_beginning() {
    Tail tail = new Tail(1);
    for (int i = 0; i < 3; i++) {
      add(tail, "x".repeat(Tail.MOST / 2));
    }
    assertThat(tail.isCut()).isTrue();
    assertThat(tail.last().remaining()).isEqualTo(Tail.MOST);
    add(tail, "y\nz\nlast\n");
    assertThat(tail.isCut()).isFalse();
    assertThat(last(tail)).isEqualTo("last\n");
  }
}
