package dev.muster.architecture.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class SeedCoverageTest {
  /** This module lies two folders below it. */
  private static final Path ROOT = Path.of("../..");

  @Test
  void every_demand_has_its_row_and_every_named_test_is_run() throws IOException {
    List<String> faults = new SeedCoverage(ROOT).faults(Demands.ids());

    assertThat(faults).withFailMessage(() -> String.join("\n", faults)).isEmpty();
  }
}
