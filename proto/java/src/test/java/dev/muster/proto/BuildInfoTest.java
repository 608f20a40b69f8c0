package dev.muster.proto;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class BuildInfoTest {
  @Test
  void the_stamp_of_the_build_is_read() throws IOException {
    assertThat(read("version=1.2.3\ncommit=abc\ntime=1700000000\n"))
        .isEqualTo(new BuildInfo("1.2.3", "abc", 1_700_000_000L, BuildInfo.PROTOCOL));
  }

  @Test
  void outside_a_checkout_the_time_is_unknown() throws IOException {
    assertThat(read("version=1.2.3\ntime=${time}\n").timeSeconds()).isZero();
  }

  @Test
  void this_build_has_a_version() {
    assertThat(BuildInfo.current().version()).matches("\\d+\\.\\d+\\.\\d+.*");
  }

  private static BuildInfo read(String text) throws IOException {
    return BuildInfo.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }
}
