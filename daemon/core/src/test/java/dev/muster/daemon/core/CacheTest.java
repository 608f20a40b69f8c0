package dev.muster.daemon.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheTest {
  @TempDir Path directory;

  @Test
  void a_row_comes_back_as_it_was_put() {
    try (Fixture fixture = new Fixture(directory)) {
      Row row = Rows.row("demo");

      fixture.put(row);

      assertThat(fixture.cache.get(row.key())).contains(row);
      assertThat(fixture.scan("", true)).containsExactly(row);
      assertThat(fixture.scan("", false)).containsExactly(Rows.light(row));
    }
  }

  @Test
  void what_the_server_does_not_say_stays_unsaid() {
    try (Fixture fixture = new Fixture(directory)) {
      Row row = Rows.row("demo");
      Row unborn =
          new Row(
              row.key(),
              "",
              "",
              State.UNKNOWN,
              "",
              false,
              "",
              null,
              Rows.NOON,
              Rows.NOON,
              "",
              "",
              "",
              "",
              "");

      fixture.put(unborn);

      assertThat(fixture.cache.get(row.key())).contains(unborn);
    }
  }

  @Test
  void an_absent_row_is_absent() {
    try (Fixture fixture = new Fixture(directory)) {
      assertThat(fixture.cache.get(Rows.key("demo"))).isEmpty();
      assertThat(fixture.scan("", false)).isEmpty();
    }
  }

  @Test
  void a_scan_is_ordered_by_namespace_and_name_and_sees_its_own_kind_and_identity_only() {
    try (Fixture fixture = new Fixture(directory)) {
      Row row = Rows.row("any");
      fixture.put(
          Rows.under(new Key(Rows.IDENTITY, Rows.KIND, "b", "one"), "", row),
          Rows.under(new Key(Rows.IDENTITY, Rows.KIND, "a", "two"), "", row),
          Rows.under(new Key(Rows.IDENTITY, Rows.KIND, "a", "one"), "", row),
          Rows.under(new Key(Rows.IDENTITY, "pod", "a", "one"), "", row),
          Rows.under(new Key("somebody-else", Rows.KIND, "a", "one"), "", row));

      assertThat(fixture.scan("", false))
          .extracting(each -> each.key().namespace() + "/" + each.key().name())
          .containsExactly("a/one", "a/two", "b/one");
      assertThat(fixture.scan("a", true))
          .extracting(each -> each.key().name())
          .containsExactly("one", "two");
      assertThat(fixture.scan("a", false)).hasSize(2);
    }
  }

  @Test
  void a_long_list_that_was_read_before_is_never_older_than_what_is_written() {
    try (Fixture fixture = new Fixture(directory)) {
      for (int i = 0; i < 300; i++) {
        fixture.writer.put(Rows.row("row-%03d".formatted(i)));
      }
      fixture.settle();
      List<Row> before = fixture.scan("", false);
      assertThat(fixture.scan("", false)).isEqualTo(before).hasSize(300);

      fixture.put(Rows.in(State.READY, Rows.row("row-007")));

      assertThat(fixture.scan("", false).get(7).state()).isEqualTo(State.READY);
      fixture.writer.remove(Rows.key("row-007"), "", Rows.NOON);
      fixture.settle();
      assertThat(fixture.scan("", false)).hasSize(299);
    }
  }

  @Test
  void rows_and_when_they_were_seen_survive_a_restart() {
    try (Fixture fixture = new Fixture(directory)) {
      fixture.put(Rows.row("demo"));
      fixture.writer.seen(Rows.IDENTITY, Rows.KIND, "", Rows.NOON);
    }
    try (Fixture fixture = new Fixture(directory)) {
      assertThat(fixture.names()).containsExactly("demo");
      assertThat(fixture.cache.seen(Rows.IDENTITY, Rows.KIND, "")).contains(Rows.NOON);
      assertThat(fixture.cache.degraded()).isEmpty();
      assertThat(fixture.cache.made()).isEqualTo(Fixture.CLOCK.instant());
    }
  }

  @Test
  void every_namespace_seen_is_each_namespace_seen_but_not_the_other_way_round() {
    try (Fixture fixture = new Fixture(directory)) {
      assertThat(fixture.cache.seen(Rows.IDENTITY, Rows.KIND, "team")).isEmpty();

      fixture.writer.seen(Rows.IDENTITY, Rows.KIND, "team", Rows.NOON);
      fixture.settle();
      assertThat(fixture.cache.seen(Rows.IDENTITY, Rows.KIND, "team")).contains(Rows.NOON);
      assertThat(fixture.cache.seen(Rows.IDENTITY, Rows.KIND, "")).isEmpty();
      assertThat(fixture.cache.seen(Rows.IDENTITY, Rows.KIND, "other")).isEmpty();

      Instant later = Rows.NOON.plusSeconds(9);
      fixture.writer.seen(Rows.IDENTITY, Rows.KIND, "", later);
      fixture.settle();
      assertThat(fixture.cache.seen(Rows.IDENTITY, Rows.KIND, "team")).contains(later);
    }
  }

  @Test
  void it_counts_what_it_holds() {
    try (Fixture fixture = new Fixture(directory)) {
      Row row = Rows.row("demo");
      fixture.put(
          row,
          Rows.row("other"),
          Rows.under(new Key(Rows.IDENTITY, "pod", "team", "demo"), "", row));

      assertThat(fixture.cache.rows()).isEqualTo(3);
      assertThat(fixture.cache.counts())
          .containsExactly(
              new CacheReader.Count(Rows.IDENTITY, "pod", 1),
              new CacheReader.Count(Rows.IDENTITY, Rows.KIND, 2));
      assertThat(fixture.cache.bytes()).isPositive();
    }
  }

  @Test
  void only_its_user_can_read_the_file() throws Exception {
    try (Fixture fixture = new Fixture(directory)) {
      fixture.put(Rows.row("demo"));

      assertThat(Files.getPosixFilePermissions(directory.resolve("cache.mv.db")))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }
  }

  @Test
  void clearing_forgets_everything_says_so_and_is_no_change() {
    try (Fixture fixture = new Fixture(directory);
        Subscription changes = fixture.feed.subscribe(any -> true)) {
      fixture.put(Rows.row("demo"));
      assertThat(poll(changes)).isInstanceOf(ChangeFeed.Event.Changed.class);
      fixture.writer.seen(Rows.IDENTITY, Rows.KIND, "", Rows.NOON);
      fixture.settle();
      List<String> told = new ArrayList<>();
      fixture.cache.onEmptied(() -> told.add("emptied"));
      fixture.cache.onEmptied(() -> told.add("never")).close();

      fixture.cache.clear();

      assertThat(fixture.names()).isEmpty();
      assertThat(fixture.cache.rows()).isZero();
      assertThat(fixture.cache.seen(Rows.IDENTITY, Rows.KIND, "")).isEmpty();
      assertThat(poll(changes)).isNull();
      assertThat(told).containsExactly("emptied");
      fixture.put(Rows.row("again"));
      assertThat(fixture.names()).containsExactly("again");
    }
  }

  @Test
  void deleting_needs_no_database() throws Exception {
    Files.writeString(directory.resolve("cache.mv.db"), "not a database");
    Files.writeString(directory.resolve("cache.quarantined.mv.db"), "neither");
    Files.writeString(directory.resolve("history.mv.db"), "somebody else's");

    Cache.delete(directory);

    try (var left = Files.list(directory)) {
      assertThat(left).containsExactly(directory.resolve("history.mv.db"));
    }
  }

  @Test
  void a_file_that_cannot_be_deleted_is_named() throws Exception {
    Files.createDirectories(directory.resolve("cache.mv.db").resolve("in-the-way"));

    assertThatThrownBy(() -> Cache.delete(directory))
        .isInstanceOf(Failure.class)
        .hasMessageContaining(directory.toString());
  }

  @Test
  void a_closed_cache_says_that_the_daemon_stops() {
    Fixture fixture = new Fixture(directory);
    fixture.close();
    fixture.cache.close();

    assertThatThrownBy(() -> fixture.cache.rows())
        .isInstanceOf(Failure.class)
        .hasMessageContaining("stopping");
    assertThatThrownBy(fixture.cache::clear).isInstanceOf(Failure.class);
    assertThat(Files.exists(directory.resolve("cache.quarantined.mv.db"))).isFalse();
  }

  @Test
  void an_interrupted_reader_does_no_harm() {
    try (Fixture fixture = new Fixture(directory)) {
      fixture.put(Rows.row("demo"));
      fixture.close();
    }
    try (Fixture fixture = new Fixture(directory)) {
      Thread.currentThread().interrupt();
      assertThat(fixture.cache.get(Rows.key("demo"))).isPresent();
      assertThat(Thread.interrupted()).isTrue();

      fixture.put(Rows.row("other"));
      assertThat(fixture.names()).containsExactly("demo", "other");
      assertThat(fixture.cache.degraded()).isEmpty();
    }
  }

  @Test
  void a_reader_that_fails_leaves_the_cache_usable() {
    try (Fixture fixture = new Fixture(directory)) {
      fixture.put(Rows.row("demo"));

      assertThatThrownBy(
              () ->
                  fixture.each(
                      row -> {
                        throw new IllegalStateException("the client is gone");
                      }))
          .hasMessage("the client is gone");
      assertThat(fixture.names()).containsExactly("demo");
    }
  }

  @Test
  void a_row_may_be_read_while_rows_are_read() {
    try (Fixture fixture = new Fixture(directory)) {
      fixture.put(Rows.row("demo"), Rows.row("other"));
      List<Row> again = new ArrayList<>();

      fixture.each(row -> again.add(fixture.cache.get(row.key()).orElseThrow()));

      assertThat(again).containsExactly(Rows.row("demo"), Rows.row("other"));
    }
  }

  @Test
  void a_slow_reader_reads_one_snapshot_however_much_is_written_meanwhile() {
    try (Fixture fixture = new Fixture(directory)) {
      rewrite(fixture, "old");
      List<String> read = new ArrayList<>();

      fixture.each(
          row -> {
            if (read.size() == 3) {
              // Longer than room in the file is kept for those who did not ask for it.
              long end = System.nanoTime() + Duration.ofSeconds(4).toNanos();
              while (System.nanoTime() < end) {
                rewrite(fixture, "new " + System.nanoTime());
              }
              fixture.writer.sweep(Rows.IDENTITY, Rows.KIND, "", Instant.MAX);
              fixture.settle();
            }
            read.add(row.object().substring(0, 3));
          });

      assertThat(read).hasSize(3_000).containsOnly("old");
      assertThat(fixture.cache.rows()).isZero();
    }
  }

  private static void rewrite(Fixture fixture, String word) {
    String object = word + "x".repeat(3_000);
    for (int i = 0; i < 3_000; i++) {
      fixture.writer.put(Rows.holding(object, Rows.row("row-%04d".formatted(i))));
    }
    fixture.settle();
  }

  private static ChangeFeed.Event poll(Subscription subscription) {
    try {
      return subscription.poll(Duration.ZERO);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
