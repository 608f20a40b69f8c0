package dev.muster.daemon.ray;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.muster.daemon.ray.RayJobsContract.Lines;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogTextTest {
  private static final String TEXT =
      "plain \" \\ / \b\f\n\r\t grün 你好 🚀 \u0000 \u001b[32m" + "x".repeat(70_000) + "\n";

  /** Given byte by byte if {@code step} is 1, and so on. */
  private static String read(String json, int step) throws IOException {
    Lines lines = new Lines();
    LogText text = new LogText(lines::write);
    byte[] bytes = json.getBytes(UTF_8);
    for (int i = 0; i < bytes.length; i += step) {
      text.take(ByteBuffer.wrap(bytes, i, Math.min(step, bytes.length - i)));
    }
    text.end();
    return lines.text();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 100_000})
  void a_log_comes_out_as_it_was_however_it_is_cut(int step) throws Exception {
    String json = JobReader.JSON.writeValueAsString(Map.of("logs", TEXT));

    assertThat(read(json, step)).isEqualTo(TEXT);
  }

  @Test
  void a_log_in_ascii_as_python_writes_it_comes_out_as_it_was() throws Exception {
    String json =
        JsonMapper.builder()
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .build()
            .writeValueAsString(Map.of("logs", TEXT));

    assertThat(json).matches("\\p{ASCII}*").contains("\\u");
    assertThat(read(json, 1000)).isEqualTo(TEXT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\ud83d", "\\ud83dx", "\\ud83d\\n", "\\ude80", "\\ud83d\\ud83d"})
  void half_a_character_is_replaced(String json) throws Exception {
    assertThat(read("{\"logs\": \"" + json + "\"}", 1)).contains("\uFFFD");
  }

  @Test
  void nothing_is_empty() throws Exception {
    assertThat(read(" { \"logs\" : \"\" } \n", 1)).isEmpty();
    assertThat(read("{\"logs\": null}", 1)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{\"log\": \"x\"}",
        "{\"logs\": 7}",
        "{\"logs\": \"x",
        "{\"logs\": \"\\x\"}",
        "{\"logs\": \"\\u00zz\"}"
      })
  void what_is_no_log_is_refused(String json) {
    assertThatThrownBy(() -> read(json, 3)).isInstanceOf(LogText.NotLogs.class);
  }
}
