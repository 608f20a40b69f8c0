package dev.muster.daemon.core;

import static dev.muster.daemon.core.HistoryFixture.query;
import static dev.muster.daemon.core.HistoryFixture.since;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryTest {
  private static final Instant NOON = Rows.NOON;
  @TempDir Path directory;

  @Test
  void each_change_of_state_is_one_entry_and_stays_when_the_object_is_gone() {
    try (HistoryFixture daemon = new HistoryFixture(directory)) {
      Row demo = Rows.because("quota is used up", Rows.row("demo"));
      daemon.put(since(NOON, State.QUEUED, demo));
      daemon.put(Rows.at("101", since(NOON.plusSeconds(30), State.STARTING, demo)));
      daemon.put(Rows.at("102", Rows.because("one pod is left", Rows.in(State.STARTING, demo))));
      daemon.put(Rows.at("103", since(NOON.plusSeconds(90), State.READY, demo)));
      daemon.cached.writer.remove(demo.key(), "", NOON.plusSeconds(100));
      daemon.cached.settle();
      assertThat(daemon.lines())
          .containsExactly(
              "demo null -> QUEUED",
              "demo QUEUED -> STARTING",
              "demo STARTING -> READY",
              "demo READY -> null");
      assertThat(daemon.entries().getFirst())
          .isEqualTo(
              new HistoryEntry(
                  2,
                  NOON,
                  "lab",
                  demo.key(),
                  "uid-demo",
                  null,
                  State.QUEUED,
                  "suspended",
                  "quota is used up",
                  ""));
      assertThat(daemon.entries().get(2).at()).isEqualTo(NOON.plusSeconds(90));
    }
  }

  @Test
  void kinds_that_are_watched_for_others_sake_are_not_recorded() {
    try (HistoryFixture daemon = new HistoryFixture(directory)) {
      daemon.put(
          Rows.under(new Key(Rows.IDENTITY, "pod", "team", "demo-head"), "", Rows.row("demo")));
      assertThat(daemon.entries()).isEmpty();
    }
  }

  @Test
  void an_unchanged_restart_records_nothing_twice() {
    try (HistoryFixture daemon = new HistoryFixture(directory)) {
      daemon.put(Rows.row("demo"));
    }
    try (HistoryFixture same = new HistoryFixture(directory)) {
      same.put(Rows.row("demo"));
      assertThat(same.lines()).containsExactly("demo null -> STARTING");
    }
    try (HistoryFixture withoutCache = new HistoryFixture(directory, "2", NOON)) {
      withoutCache.put(Rows.row("demo"));
      assertThat(withoutCache.lines()).containsExactly("demo null -> STARTING");
    }
  }

  @Test
  void what_changed_while_no_daemon_ran_is_recorded_at_its_first_sighting() {
    try (HistoryFixture daemon = new HistoryFixture(directory)) {
      daemon.put(Rows.row("demo"));
    }
    try (HistoryFixture next = new HistoryFixture(directory, "2", NOON)) {
      next.put(Rows.in(State.FAILED, Rows.row("demo")));
      assertThat(next.lines()).containsExactly("demo null -> STARTING", "demo STARTING -> FAILED");
    }
  }

  @Test
  void what_went_while_no_daemon_ran_has_its_end_when_the_first_list_is_there() {
    try (HistoryFixture daemon = new HistoryFixture(directory)) {
      daemon.put(Rows.row("gone"), Rows.row("there"));
      daemon.put(Rows.row("ended"));
      daemon.cached.writer.remove(Rows.key("ended"), "", NOON.plusSeconds(1));
      daemon.cached.settle();
    }
    Instant now = NOON.plusSeconds(60);
    try (HistoryFixture next = new HistoryFixture(directory, "2", now)) {
      next.put(Rows.row("there"));
      assertThat(next.of("gone")).containsExactly("null -> STARTING");

      next.list("other");
      assertThat(next.of("gone")).containsExactly("null -> STARTING");

      next.list("");
      next.list("");
      next.put(Rows.row("new"));
      assertThat(next.of("gone")).containsExactly("null -> STARTING", "STARTING -> null");
      assertThat(next.of("there")).containsExactly("null -> STARTING");
      assertThat(next.of("ended")).hasSize(2);
      List<HistoryEntry> entries = next.entries();
      HistoryEntry end = entries.get(entries.size() - 2);
      assertThat(end.key()).isEqualTo(Rows.key("gone"));
      assertThat(end.uid()).isEqualTo("uid-gone");
      assertThat(end.at()).isEqualTo(now);
      assertThat(end.reason()).isEqualTo("gone while nobody watched");
      assertThat(next.history.cursor(next.cached.feed.last()))
          .isEqualTo(entries.getLast().cursor())
          .isGreaterThan(end.cursor());
    }
  }

  @Test
  void what_ended_does_not_begin_again_when_the_cache_has_lost_its_end() throws IOException {
    try (HistoryFixture daemon = new HistoryFixture(directory)) {
      daemon.put(Rows.row("gone"), Rows.row("ready"));
    }
    Path cache = directory.resolve("cache.mv.db");
    Path before = directory.resolve("cache.before");
    Files.copy(cache, before);
    try (HistoryFixture daemon = new HistoryFixture(directory)) {
      daemon.put(HistoryFixture.since(NOON.plusSeconds(3), State.READY, Rows.row("ready")));
      daemon.cached.writer.remove(Rows.key("gone"), "", NOON.plusSeconds(4));
      daemon.cached.settle();
    }
    Files.move(before, cache, StandardCopyOption.REPLACE_EXISTING);
    try (HistoryFixture next = new HistoryFixture(directory)) {
      next.put(Rows.row("new"));
      assertThat(next.of("gone")).containsExactly("null -> STARTING", "STARTING -> null");
      assertThat(next.of("ready")).containsExactly("null -> STARTING", "STARTING -> READY");
    }
  }

  @Test
  void what_another_one_has_followed_does_not_come_back_from_a_cache_that_lost_both()
      throws IOException {
    Row second = Rows.of("uid-2", Rows.row("demo"));
    try (HistoryFixture daemon = new HistoryFixture(directory)) {
      daemon.put(Rows.row("demo"));
    }
    Path cache = directory.resolve("cache.mv.db");
    Path before = directory.resolve("cache.before");
    Files.copy(cache, before);
    try (HistoryFixture daemon = new HistoryFixture(directory)) {
      daemon.put(Rows.row("other"));
      assertThat(daemon.of("other")).hasSize(1);
      daemon.put(second);
    }
    Files.move(before, cache, StandardCopyOption.REPLACE_EXISTING);
    try (HistoryFixture next = new HistoryFixture(directory)) {
      next.put(Rows.row("another"));
      assertThat(next.of("another")).hasSize(1);
      next.put(HistoryFixture.since(NOON.plusSeconds(3), State.READY, second));
      assertThat(next.of("demo"))
          .containsExactly(
              "null -> STARTING", "STARTING -> null", "null -> STARTING", "STARTING -> READY");
    }
  }

  @Test
  void what_went_has_one_end_only_when_the_cache_remembers_it() {
    try (HistoryFixture daemon = new HistoryFixture(directory)) {
      daemon.put(Rows.row("gone"));
    }
    try (HistoryFixture next = new HistoryFixture(directory)) {
      next.cached.writer.sweep(Rows.IDENTITY, Rows.KIND, "", NOON.plusSeconds(1));
      next.cached.settle();
      assertThat(next.of("gone")).containsExactly("null -> STARTING", "STARTING -> null");
    }
  }

  @Test
  void a_list_is_taken_in_also_when_the_history_is_closed_already() {
    try (HistoryFixture daemon = new HistoryFixture(directory)) {
      daemon.put(Rows.row("demo"));
      daemon.history.close();
      daemon.list("");
      assertThat(daemon.cached.names()).containsExactly("demo");
      assertThat(daemon.cached.cache.seen(Rows.IDENTITY, Rows.KIND, "")).isPresent();
    }
  }

  @Test
  void what_only_the_cache_remembers_is_recorded_by_the_next_daemon() {
    try (Fixture cacheOnly = new Fixture(directory)) {
      cacheOnly.put(Rows.row("demo"));
    }
    try (HistoryFixture next = new HistoryFixture(directory)) {
      next.put(Rows.row("other"));
      assertThat(next.lines())
          .containsExactlyInAnyOrder("demo null -> STARTING", "other null -> STARTING");
    }
  }

  @Test
  void one_of_the_same_name_made_anew_begins_anew() {
    try (HistoryFixture daemon = new HistoryFixture(directory)) {
      daemon.put(Rows.row("demo"), Rows.of("uid-2", Rows.row("demo")));
      assertThat(daemon.lines())
          .containsExactly(
              "demo null -> STARTING", "demo STARTING -> null", "demo null -> STARTING");
    }
  }

  @Test
  void it_is_read_by_address_by_time_by_number_and_from_a_cursor() {
    try (HistoryFixture daemon = new HistoryFixture(directory)) {
      for (int i = 0; i < 5; i++) {
        daemon.put(since(NOON.plusSeconds(i), State.QUEUED, Rows.row("demo-" + i)));
      }
      List<HistoryEntry> all = daemon.entries();
      assertThat(all).hasSize(5);
      assertThat(
              daemon.history.read(
                  new HistoryQuery(Rows.IDENTITY, Rows.KIND, "team", "demo-3", null, 0, 9)))
          .containsExactly(all.get(3));
      assertThat(
              daemon.history.read(
                  new HistoryQuery(Rows.IDENTITY, "", "", "", NOON.plusSeconds(3), 0, 9)))
          .containsExactly(all.get(3), all.get(4));
      assertThat(daemon.history.read(new HistoryQuery(Rows.IDENTITY, "", "", "", null, 0, 2)))
          .as("the newest, in their order")
          .containsExactly(all.get(3), all.get(4));
      assertThat(
              daemon.history.read(
                  new HistoryQuery(Rows.IDENTITY, "", "", "", null, all.get(0).cursor(), 2)))
          .as("the first after the cursor")
          .containsExactly(all.get(1), all.get(2));
      assertThat(daemon.history.read(new HistoryQuery(Rows.IDENTITY, "rayjob", "", "", null, 0, 9)))
          .isEmpty();
      assertThat(daemon.history.read(new HistoryQuery(Rows.IDENTITY, "", "other", "", null, 0, 9)))
          .isEmpty();
      assertThat(daemon.history.read(new HistoryQuery("somebody else", "", "", "", null, 0, 9)))
          .isEmpty();
    }
  }

  @Test
  void a_change_has_its_cursor_as_soon_as_it_is_published_and_none_is_given_twice() {
    List<Long> cursors = new ArrayList<>();
    long before;
    try (HistoryFixture daemon = new HistoryFixture(directory)) {
      daemon.cached.feed.subscribe(
          change -> {
            cursors.add(daemon.history.cursor(change));
            return false;
          });
      daemon.put(Rows.row("a"), Rows.row("b"));
      assertThat(daemon.entries()).extracting(HistoryEntry::cursor).isEqualTo(cursors);
      assertThat(daemon.history.cursor(daemon.cached.feed.last())).isEqualTo(cursors.getLast());
      before = cursors.getLast();
    }
    try (HistoryFixture next = new HistoryFixture(directory)) {
      next.put(Rows.row("c"));
      assertThat(next.history.read(query(before)))
          .singleElement()
          .satisfies(entry -> assertThat(entry.key().name()).isEqualTo("c"));
    }
  }

  @Test
  void whoever_follows_it_is_woken() throws InterruptedException {
    try (HistoryFixture daemon = new HistoryFixture(directory)) {
      CountDownLatch woken = new CountDownLatch(1);
      Registration registration = daemon.history.onAppended(woken::countDown);
      daemon.put(Rows.row("demo"));
      assertThat(woken.await(10, TimeUnit.SECONDS)).isTrue();
      registration.close();
    }
  }

  @Test
  void what_is_too_old_is_forgotten_but_for_the_last_word_on_what_is_there() {
    Row there = Rows.row("there");
    Row gone = Rows.row("gone");
    try (HistoryFixture daemon = new HistoryFixture(directory)) {
      daemon.put(since(NOON, State.QUEUED, there), since(NOON, State.QUEUED, gone));
      daemon.put(Rows.at("101", since(NOON.plusSeconds(1), State.READY, there)));
      daemon.cached.writer.remove(gone.key(), "", NOON);
      daemon.cached.settle();
      assertThat(daemon.entries()).hasSize(4);
    }
    Instant later = NOON.plus(History.KEPT).plus(Duration.ofHours(1));
    try (HistoryFixture next = new HistoryFixture(directory, "1", later)) {
      next.put(Rows.row("new"));
      org.awaitility.Awaitility.await()
          .untilAsserted(
              () ->
                  assertThat(next.lines())
                      .containsExactly("there QUEUED -> READY", "new null -> STARTING"));
    }
  }

  @Test
  void it_is_cleared_only_when_asked_and_says_how_much_went() {
    try (HistoryFixture daemon = new HistoryFixture(directory)) {
      daemon.put(Rows.row("demo"), Rows.row("other"));
      daemon.cached.cache.clear();
      assertThat(daemon.entries()).hasSize(2);
      assertThat(daemon.history.info().entries()).isEqualTo(2);
      assertThat(daemon.history.info().bytes()).isPositive();
      assertThat(daemon.history.clear()).isEqualTo(2);
      assertThat(daemon.entries()).isEmpty();
    }
  }
}
