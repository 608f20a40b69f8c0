package dev.muster.daemon.kubernetes.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LastLinesTest {
  @ParameterizedTest
  @CsvSource({
    "2, 100, a|b|c|, b|c|",
    "2, 100, a|b|c, b|c",
    "5, 100, a|b|, a|b|",
    "0, 100, a|b, ''",
    "9, 4, aa|bb|cc|, cc|",
    "9, 4, aaaaaa|, aa|",
    "3, 100, '', ''"
  })
  void the_last_lines_are_kept_as_far_as_there_is_room(
      int most, int room, String printed, String kept) throws IOException {
    LastLines lines = new LastLines(most, room);
    byte[] bytes = printed.replace('|', '\n').getBytes(StandardCharsets.UTF_8);
    lines.add(ByteBuffer.wrap(bytes, 0, bytes.length / 2));
    lines.add(ByteBuffer.wrap(bytes, bytes.length / 2, bytes.length - bytes.length / 2));

    StringBuilder out = new StringBuilder();
    lines.to(line -> out.append(StandardCharsets.UTF_8.decode(line)));

    assertThat(out.toString().replace('\n', '|')).isEqualTo(kept);
    assertThat(lines.seen()).isEqualTo(bytes.length);
  }
}
