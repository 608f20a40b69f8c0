package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class OutTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final Out out = new Out(bytes);

  @Test
  void text_is_written_as_utf_8() {
    String text = "aé€😀z\ud800.";
    out.print(text).flush();
    assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("aé€😀z\ufffd.");
  }

  @Test
  void more_than_the_buffer_holds_comes_out_in_order() throws IOException {
    String line = "€".repeat(10_000) + "x".repeat(40_000);
    out.println(line).spaces(70_000);
    out.asStream().write('!');
    out.print("end").asStream().close();
    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .isEqualTo(line + "\n" + " ".repeat(70_000) + "!end");
  }

  @Test
  void a_reader_that_went_away_is_told_from_a_full_disk() {
    assertThat(failing("Broken pipe").byReader()).isTrue();
    assertThat(failing("No space left on device").byReader()).isFalse();
  }

  private static Out.Closed failing(String why) {
    Out broken =
        new Out(
            new OutputStream() {
              @Override
              public void write(int b) throws IOException {
                throw new IOException(why);
              }
            });
    broken.print("text");
    return catchThrowableOfType(Out.Closed.class, broken::flush);
  }
}
