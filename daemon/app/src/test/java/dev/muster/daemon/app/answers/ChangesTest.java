package dev.muster.daemon.app.answers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.daemon.app.answers.Changes.Manifest;
import dev.muster.daemon.app.answers.Changes.Order;
import dev.muster.daemon.core.Caller;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.core.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChangesTest {
  @TempDir Path directory;
  private final PlainSource plain = new PlainSource();
  private final Changes changes = new Changes(new Sources(List.of(plain.source())));

  private Order order(boolean dryRun) {
    Caller caller = new Caller(directory, Map.of(), false);
    return new Order(caller, Target.DEFAULT, "raycluster", dryRun);
  }

  private static void assertUsage(ThrowingCallable call, String sentence) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.kind()).isEqualTo(Failure.Kind.USAGE))
        .hasMessageContaining(sentence);
  }

  @Test
  void a_manifest_is_read_in_the_callers_directory_and_named_in_what_is_said() throws IOException {
    Files.writeString(directory.resolve("demo.yaml"), "text");
    Manifest byName = new Manifest("", "", "demo");
    assertThat(changes.apply(order(true), byName, true).scope().context()).isEqualTo("lab");
    changes.update(order(false), new Manifest("demo.yaml", "", ""));
    assertThat(changes.diff(order(false), new Manifest("", "piped", ""))).isEqualTo("-a\n+b\n");
    assertThat(plain.orders())
        .containsExactly(
            "apply raycluster text demo.yaml true true",
            "update raycluster text demo.yaml false",
            "diff raycluster piped standard input");
  }

  @Test
  void a_manifest_that_is_not_there_is_said() {
    assertUsage(
        () -> changes.apply(order(false), new Manifest("none.yaml", "", ""), false),
        "none.yaml is not there");
    assertUsage(
        () -> changes.update(order(false), new Manifest("", "", "")), "there is no manifest");
  }

  @Test
  void a_patch_is_text_or_a_file_and_of_a_known_type() throws IOException {
    Files.writeString(directory.resolve("p.json"), "[]");
    changes.patch(order(false), "demo", "{a: 1}", "", "");
    changes.patch(order(false), "demo", "", "p.json", "json");
    assertThat(plain.orders())
        .containsExactly(
            "patch raycluster demo {a: 1} merge false", "patch raycluster demo [] json false");
    assertUsage(
        () -> changes.patch(order(false), "demo", "x", "", "strategic"), "is no patch type");
    assertUsage(() -> changes.patch(order(false), "demo", "", "", ""), "there is no patch");
  }

  @Test
  void a_scale_says_how_many_and_leaves_the_rest() {
    changes.scale(order(true), "demo", "", 4, null, null);
    assertThat(plain.orders()).containsExactly("scale raycluster demo  4 null null true");
    assertUsage(
        () -> changes.scale(order(false), "demo", "", null, null, null), "nothing says how many");
  }

  @Test
  void suspend_says_which_way() {
    changes.suspend(order(false), "demo", true);
    changes.suspend(order(false), "demo", false);
    assertThat(plain.orders())
        .containsExactly(
            "suspend raycluster demo true false", "suspend raycluster demo false false");
  }
}
