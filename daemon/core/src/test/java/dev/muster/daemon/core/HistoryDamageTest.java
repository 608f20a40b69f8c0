package dev.muster.daemon.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryDamageTest {
  private static final Clock CLOCK = Fixture.CLOCK;
  @TempDir Path directory;

  private Path file() {
    return directory.resolve("history.mv.db");
  }

  private HistoryFile open(List<List<String>> versions) {
    return new HistoryFile(directory, versions, CLOCK);
  }

  @Test
  void nobody_else_can_read_the_file() throws IOException {
    try (HistoryFixture daemon = new HistoryFixture(directory)) {
      daemon.put(Rows.row("demo"));
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void a_damaged_file_is_left_as_it_is_and_the_daemon_goes_on_without() throws IOException {
    byte[] garbage = "no database at all\n".repeat(1_000).getBytes(StandardCharsets.UTF_8);
    Files.write(file(), garbage);
    try (HistoryFixture daemon = new HistoryFixture(directory)) {
      daemon.put(Rows.row("demo"));
      assertThat(daemon.cached.names()).containsExactly("demo");
      assertThat(daemon.history.degraded())
          .startsWith("The history " + file() + " cannot be used (")
          .endsWith("): no change of state is recorded until it can be.");
      assertThat(daemon.history.info().entries()).isZero();
      assertThat(daemon.history.cursor(daemon.cached.feed.last())).isZero();
      assertThat(daemon.history.estimate(Rows.row("demo"))).isEmpty();
      assertThatThrownBy(daemon::entries)
          .isInstanceOfSatisfying(
              Failure.class,
              failure -> assertThat(failure.kind()).isEqualTo(Failure.Kind.NO_ANSWER))
          .hasMessageEndingWith("Move it away and restart the daemon to begin a new one.");
      assertThatThrownBy(daemon.history::clear)
          .hasMessageStartingWith("The history cannot be cleared: ");
    }
    assertThat(Files.readAllBytes(file())).isEqualTo(garbage);
  }

  @Test
  void where_nothing_can_be_written_the_daemon_goes_on_without() throws IOException {
    Path inTheWay = Files.writeString(directory.resolve("state"), "a file");
    try (HistoryFile file = new HistoryFile(inTheWay, HistorySchema.VERSIONS, CLOCK)) {
      assertThatThrownBy(() -> file.with(HistoryTables::count)).isInstanceOf(SQLException.class);
      assertThat(file.trouble()).contains("cannot be used");
      assertThat(file.bytes()).isZero();
    }
  }

  @Test
  void a_path_that_the_database_cannot_name_is_said() throws IOException {
    Path odd = Files.createDirectory(directory.resolve("a;b"));
    try (HistoryFile file = new HistoryFile(odd, HistorySchema.VERSIONS, CLOCK)) {
      assertThatThrownBy(() -> file.with(HistoryTables::count))
          .hasMessage("its path has a semicolon in it");
    }
  }

  @Test
  void an_older_file_is_brought_to_the_new_version_with_what_is_in_it() throws SQLException {
    try (HistoryFixture daemon = new HistoryFixture(directory)) {
      daemon.put(Rows.row("demo"));
      assertThat(daemon.entries()).hasSize(1);
    }
    List<List<String>> next = new ArrayList<>(HistorySchema.VERSIONS);
    next.add(List.of("ALTER TABLE entry ADD COLUMN note VARCHAR DEFAULT 'none'"));
    try (HistoryFile file = open(next)) {
      assertThat(file.with(HistoryTables::count)).isEqualTo(1);
    }
    try (HistoryFile again = open(next)) {
      assertThat(again.with(HistoryTables::count)).as("and once only").isEqualTo(1);
    }
    try (HistoryFixture older = new HistoryFixture(directory)) {
      assertThat(older.history.degraded()).contains("it was made by a newer muster");
    }
    try (HistoryFile after = open(next)) {
      assertThat(after.with(HistoryTables::count)).as("and left alone").isEqualTo(1);
    }
  }

  @Test
  void what_fails_later_is_tried_again_after_a_while() throws SQLException {
    TestClock clock = new TestClock();
    try (HistoryFile file = new HistoryFile(directory, HistorySchema.VERSIONS, clock)) {
      assertThat(file.with(HistoryTables::count)).isZero();
      assertThatThrownBy(
              () ->
                  file.with(
                      tables -> {
                        throw new SQLException("torn", null, 90030);
                      }))
          .isInstanceOf(SQLException.class);
      assertThat(file.trouble()).contains("(torn)");
      assertThatThrownBy(() -> file.with(HistoryTables::count)).hasMessage(file.trouble());
      clock.pass(Duration.ofSeconds(31));
      assertThat(file.with(HistoryTables::count)).isZero();
      assertThat(file.trouble()).isEmpty();
    }
  }

  @Test
  void a_killed_daemon_loses_nothing_that_was_recorded() throws IOException, InterruptedException {
    try (ChildHistory child = ChildHistory.start(directory)) {
      assertThat(child.line()).isEqualTo("recorded 25");
      child.kill();
    }
    try (HistoryFixture next = new HistoryFixture(directory)) {
      assertThat(next.history.degraded()).isEmpty();
      assertThat(next.entries()).hasSizeGreaterThanOrEqualTo(25);
    }
  }

  @Test
  void when_the_history_cannot_keep_up_what_is_missing_is_counted() {
    SightingQueue queue = new SightingQueue(1, Duration.ZERO);
    Sighting sighting = Sighting.of(Rows.row("demo"), 1, HistoryFixture.TAGS);
    queue.offer(sighting);
    queue.offer(sighting);
    History history =
        new History(open(HistorySchema.VERSIONS), HistoryFixture.TAGS, History.KEPT, CLOCK, queue);
    assertThat(history.degraded())
        .isEqualTo("The history could not keep up: 1 changes of state are missing in it.");
    assertThat(queue.take(9, Duration.ZERO)).containsExactly(sighting);
    queue.done();
    assertThat(queue.settle(Duration.ZERO)).isTrue();
    history.close();
    queue.offer(sighting);
    assertThat(queue.take(9, Duration.ofDays(1))).as("closed").isEmpty();
  }
}
