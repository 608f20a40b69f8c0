package dev.muster.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReferenceTest {
  @TempDir Path directory;

  @Test
  void the_reference_is_written_to_a_file() throws IOException {
    Path file = directory.resolve("reference.md");
    Reference.main(file.toString());
    assertThat(file)
        .content()
        .startsWith("# Command reference\n")
        .contains("\n## `muster define raycluster`\n\n```text\n")
        .contains("\n## `muster help exit-codes`\n");
  }

  /** Made anew by running {@link Reference} with the path of that file. */
  @Test
  void the_manual_has_the_reference_of_this_build() {
    Path manual = Path.of("../docs/reference.md");
    assumeThat(manual).exists();
    assertThat(manual).hasContent(Reference.text());
  }
}
