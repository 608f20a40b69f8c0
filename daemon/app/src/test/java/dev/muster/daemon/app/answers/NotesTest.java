package dev.muster.daemon.app.answers;

import static dev.muster.daemon.app.answers.PlainSource.noted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.daemon.core.Caller;
import dev.muster.daemon.core.Row;
import dev.muster.daemon.core.Target;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NotesTest {
  private final Sources sources = new Sources(List.of(new PlainSource().source()));
  private final Notes notes = new Notes(sources);

  @Test
  void the_queue_is_in_the_details_else_in_a_label() {
    Row row = PlainSource.row("raycluster", "demo");
    assertThat(notes.queue(noted(row, "", "{\"localQueue\": \"gpu\"}"))).isEqualTo("gpu");
    assertThat(notes.queue(noted(row, "a=b\nkueue.x-k8s.io/queue-name=cpu\nc=d", "")))
        .isEqualTo("cpu");
    assertThat(notes.queue(row)).isEmpty();
  }

  @Test
  void the_context_is_the_first_that_led_there() {
    assertThat(notes.context("identity")).isEmpty();
    sources.resolve(new Caller(Path.of("/"), Map.of(), false), Target.DEFAULT, "raycluster");
    assertThat(notes.context("identity")).isEqualTo("lab");
  }

  @Test
  void only_what_people_name_is_recorded() {
    assertThat(notes.isRecorded("raycluster")).isTrue();
    assertThat(notes.isRecorded("pod")).isFalse();
  }
}
