package dev.muster.daemon.ray;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.daemon.core.Cancellation;
import dev.muster.daemon.core.Failure;
import java.net.URI;
import java.nio.file.Files;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Against a real Ray: tests/realservers/ray starts one and tells its address. */
@EnabledIfSystemProperty(named = RealRayTest.ADDRESS, matches = ".+")
class RealRayTest extends RayJobsContract {
  static final String ADDRESS = "muster.contract.ray";

  @Override
  URI dashboard() {
    return URI.create(System.getProperty(ADDRESS));
  }

  @Test
  void a_quiet_tail_is_looked_after_and_goes_on() throws Exception {
    String id = submit("echo one; sleep 12; echo two");

    assertThat(follow(id)).contains("one\n").endsWith("two\n");
  }

  @Test
  void a_package_over_the_limit_is_refused_in_rays_words() throws Exception {
    byte[] noise = new byte[101 << 20];
    new Random(1).nextBytes(noise);
    Files.write(directory.resolve("noise"), noise);

    assertThatThrownBy(
            () ->
                jobs()
                    .upload(new WorkingDirectory(directory), (done, all) -> {}, new Cancellation()))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("Ray does not take the package of " + directory + " (101.0 MiB): ");
  }
}
