package dev.muster.truth.drive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OptionsTest {
  private static final List<String> NEEDED = List.of("--server-kubeconfig", "/k", "--report", "/r");

  @Test
  void twenty_thousand_answers_on_the_sandbox_unless_said_otherwise() {
    Options options = options();

    assertThat(options.answers()).isEqualTo(20_000);
    assertThat(options.on()).isEqualTo("sandbox");
    assertThat(options.lagMillis()).isEqualTo(2_000);
  }

  @Test
  void the_command_that_repeats_a_run_names_its_seed() {
    assertThat(options("--seed", "42", "--answers", "300", "--on", "real").again())
        .isEqualTo("tests/truth/run --seed 42 --answers 300 --on real");
  }

  @Test
  void the_command_that_repeats_a_run_names_a_lag_of_its_own() {
    assertThat(options("--seed", "42", "--lag", "500").again())
        .isEqualTo("tests/truth/run --seed 42 --answers 20000 --on sandbox --lag 500");
  }

  @Test
  void what_is_not_known_is_refused() {
    assertThatThrownBy(() -> options("--sead", "42"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("unknown option --sead");
  }

  private static Options options(String... more) {
    List<String> all = new ArrayList<>(NEEDED);
    all.addAll(List.of(more));
    return Options.parse(all);
  }
}
