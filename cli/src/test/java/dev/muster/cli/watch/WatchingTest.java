package dev.muster.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cli.ExitCode;
import dev.muster.cli.FakeDaemon;
import dev.muster.cli.Samples;
import dev.muster.cli.Shell;
import dev.muster.cli.Shell.Result;
import dev.muster.v1.Resource;
import dev.muster.v1.WatchEvent;
import dev.muster.v1.WatchEvent.Type;
import dev.muster.v1.WatchRequest;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchingTest {
  private static final String GOING_ON = "note: the daemon was restarted; going on\n";

  private final FakeDaemon daemon = new FakeDaemon();
  @TempDir Path directory;
  private Shell shell;

  @BeforeEach
  void open() {
    shell = new Shell(directory, daemon);
  }

  @AfterEach
  void stop() {
    daemon.stop();
  }

  private static WatchEvent event(Type type, String name, String from, String to, long cursor) {
    Resource resource =
        Samples.demo().toBuilder().setName(name).setUid("u-" + name).setState(to).build();
    return WatchEvent.newBuilder()
        .setType(type)
        .setAtMs(Samples.millis("2026-11-21T14:05:11Z"))
        .setFromState(from)
        .setResource(resource)
        .setCursor(cursor)
        .build();
  }

  private static WatchEvent changed(String name, String from, String to, long cursor) {
    return event(Type.CHANGED, name, from, to, cursor);
  }

  private static WatchEvent synced(long cursor) {
    return WatchEvent.newBuilder().setType(Type.SYNCED).setCursor(cursor).build();
  }

  private Result watch(String... more) {
    String[] words = new String[2 + more.length];
    words[0] = "watch";
    words[1] = "raycluster";
    System.arraycopy(more, 0, words, 2, more.length);
    Result result = shell.run(words);
    return new Result(result.code(), result.out().replaceAll("(?m)^[0-9:]+ ", ""), result.err());
  }

  @Test
  void it_goes_on_at_the_next_daemon_behind_the_last_event() {
    daemon.answers(event(Type.PRESENT, "demo", "", "QUEUED", 0), synced(7));
    daemon.answers(changed("demo", "QUEUED", "STARTING", 9)).dies();
    daemon.answers(changed("demo", "STARTING", "READY", 21), synced(21));

    assertThat(watch())
        .isEqualTo(
            new Result(
                ExitCode.DONE,
                """
                team-a/demo QUEUED
                team-a/demo QUEUED -> STARTING
                team-a/demo STARTING -> READY
                """,
                GOING_ON));
    assertThat(daemon.<WatchRequest>request(0).getFromCursor()).isZero();
    assertThat(daemon.<WatchRequest>request(1).getFromCursor()).isEqualTo(9);
  }

  @Test
  void what_a_daemon_told_and_could_not_write_down_is_told_once() {
    daemon.answers(event(Type.PRESENT, "old", "", "READY", 0), synced(7));
    daemon.answers(changed("demo", "QUEUED", "STARTING", 9));
    daemon.answers(event(Type.DELETED, "old", "READY", "READY", 10)).dies();
    daemon.answers(changed("demo", "QUEUED", "STARTING", 21));
    daemon.answers(event(Type.DELETED, "old", "READY", "READY", 22));
    daemon.answers(changed("demo", "STARTING", "READY", 23));
    daemon.answers(changed("demo", "READY", "READY", 24));

    assertThat(watch().out())
        .isEqualTo(
            """
            team-a/old READY
            team-a/demo QUEUED -> STARTING
            team-a/old READY -> (gone)
            team-a/demo STARTING -> READY
            team-a/demo READY
            """);
  }

  @Test
  void the_end_of_what_had_the_name_before_is_not_told_after_what_came_then() {
    WatchEvent end = event(Type.DELETED, "demo", "STARTING", "STARTING", 21);
    Resource former = end.getResource().toBuilder().setUid("u-former").build();
    daemon.answers(synced(7));
    daemon.answers(event(Type.ADDED, "demo", "", "STARTING", 9)).dies();
    daemon.answers(end.toBuilder().setResource(former).build());
    daemon.answers(changed("demo", "STARTING", "READY", 22));

    assertThat(watch().out())
        .isEqualTo(
            """
            team-a/demo (new) -> STARTING
            team-a/demo STARTING -> READY
            """);
  }

  @Test
  void what_was_there_at_first_is_told_once() {
    daemon.answers(event(Type.PRESENT, "one", "", "READY", 0)).dies();
    daemon.answers(event(Type.PRESENT, "one", "", "READY", 0));
    daemon.answers(event(Type.PRESENT, "two", "", "READY", 0), synced(7));

    Result result = watch("-o", "json");

    assertThat(result.out().lines())
        .extracting(line -> line.replaceAll(".*\"type\":\"(\\w+)\".*?", "$1").substring(0, 6))
        .containsExactly("PRESEN", "PRESEN", "SYNCED");
    assertThat(daemon.<WatchRequest>request(1).getFromCursor()).isZero();
  }

  @Test
  void that_all_was_sent_is_said_once() {
    daemon.answers(synced(7)).dies();
    daemon.answers(synced(7));
    assertThat(watch("-o", "json").out().lines()).hasSize(1);
  }

  @Test
  void without_a_history_there_is_no_place_to_go_on_from() {
    daemon.answers(event(Type.PRESENT, "one", "", "READY", 0), synced(0)).dies();
    assertThat(watch().code()).isEqualTo(ExitCode.NO_ANSWER);
    assertThat(daemon.requests()).hasSize(1);
  }
}
