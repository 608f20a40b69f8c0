package dev.muster.daemon.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a row that is there when another is put over it, or it is removed or swept. */
class BatchTest {
  @TempDir Path directory;
  private Fixture fixture;
  private QueuedWriter writer;
  private Told told;

  @BeforeEach
  void setUp() {
    fixture = new Fixture(directory);
    writer = fixture.writer;
    told = new Told(fixture.feed);
  }

  @AfterEach
  void tearDown() {
    fixture.close();
  }

  @Test
  void a_new_row_is_added() {
    Row row = Rows.row("demo");

    fixture.put(row);

    assertThat(told.now())
        .containsExactly(new Change(1, Change.Type.ADDED, Fixture.CLOCK.instant(), null, row));
  }

  @Test
  void a_row_that_differs_is_changed_and_says_from_what() {
    Row ready = Rows.at("101", Rows.in(State.READY, Rows.row("demo")));

    fixture.put(Rows.row("demo"), ready);

    assertThat(told.now()).extracting(Change::sequence).containsExactly(1L, 2L);
    assertThat(changesOf(Rows.row("demo"), ready))
        .last()
        .satisfies(
            change -> {
              assertThat(change.type()).isEqualTo(Change.Type.CHANGED);
              assertThat(change.from()).isEqualTo(State.STARTING);
              assertThat(change.row().state()).isEqualTo(State.READY);
            });
  }

  @Test
  void a_row_whose_object_alone_differs_is_changed() {
    fixture.put(Rows.row("demo"), Rows.holding("{\"more\":1}", Rows.row("demo")));

    assertThat(told.now())
        .extracting(Change::type)
        .containsExactly(Change.Type.ADDED, Change.Type.CHANGED);
    assertThat(fixture.get("demo").object()).isEqualTo("{\"more\":1}");
  }

  @Test
  void the_same_row_seen_again_is_no_change_but_was_seen() {
    Instant later = Rows.NOON.plusSeconds(30);

    fixture.put(Rows.row("demo"), Rows.row("demo").withObserved(later));

    assertThat(told.now()).extracting(Change::type).containsExactly(Change.Type.ADDED);
    assertThat(fixture.get("demo")).isEqualTo(Rows.row("demo").withObserved(later));
  }

  @Test
  void the_time_of_the_last_change_stays_while_the_state_does() {
    Instant later = Rows.NOON.plusSeconds(30);
    Row again = Rows.because("two pods are not ready", Rows.row("demo"));

    fixture.put(Rows.row("demo"), again.withObserved(later).withChanged(later));
    assertThat(fixture.get("demo").changed()).isEqualTo(Rows.NOON);
    assertThat(fixture.get("demo").reason()).isEqualTo("two pods are not ready");

    fixture.put(again.withObserved(later).withChanged(null));
    assertThat(fixture.get("demo").changed()).isEqualTo(Rows.NOON);
  }

  @Test
  void the_time_of_the_last_change_is_the_servers_when_it_says_a_newer_one() {
    Instant said = Rows.NOON.plusSeconds(20);
    Instant later = Rows.NOON.plusSeconds(30);

    fixture.put(Rows.row("demo"), Rows.row("demo").withObserved(later).withChanged(said));
    assertThat(fixture.get("demo").changed()).isEqualTo(said);

    fixture.put(Rows.row("demo").withObserved(later).withChanged(Rows.NOON.minusSeconds(9)));
    assertThat(fixture.get("demo").changed()).isEqualTo(said);
  }

  @Test
  void a_change_of_state_without_a_time_happened_when_it_was_observed() {
    Instant later = Rows.NOON.plusSeconds(30);
    Row first = Rows.row("demo").withChanged(null);

    fixture.put(first);
    assertThat(fixture.get("demo").changed()).isEqualTo(Rows.NOON);

    fixture.put(Rows.in(State.READY, first.withObserved(later)));
    assertThat(fixture.get("demo").changed()).isEqualTo(later);

    Instant said = Rows.NOON.plusSeconds(31);
    fixture.put(
        Rows.in(State.FAILED, first.withObserved(Rows.NOON.plusSeconds(35)).withChanged(said)));
    assertThat(fixture.get("demo").changed()).isEqualTo(said);
  }

  @Test
  void a_time_that_is_not_after_the_last_change_does_not_date_another_state() {
    Instant said = Rows.NOON.plusSeconds(20);
    Instant later = Rows.NOON.plusSeconds(30);

    fixture.put(Rows.row("demo").withObserved(said.plusSeconds(1)).withChanged(said));
    fixture.put(Rows.in(State.READY, Rows.row("demo").withObserved(later).withChanged(said)));

    assertThat(fixture.get("demo").changed()).isEqualTo(later);
  }

  @Test
  void a_state_that_is_computed_anew_began_when_that_was_and_not_when_its_object_was_seen() {
    fixture.put(Rows.row("demo"));

    writer.recompute(Rows.key("demo"), (row, owned) -> Rows.in(State.READY, row));
    fixture.settle();

    assertThat(fixture.get("demo").changed()).isEqualTo(Fixture.CLOCK.instant());
    assertThat(fixture.get("demo").observed()).isEqualTo(Rows.NOON);
  }

  @Test
  void what_is_known_by_the_time_a_row_is_written_counts() {
    fixture.writer.put(Rows.row("demo"), row -> Rows.because("known by now", row));
    fixture.settle();

    assertThat(fixture.get("demo").reason()).isEqualTo("known by now");
  }

  @Test
  void a_row_without_any_time_gets_the_daemons() {
    fixture.put(Rows.row("demo").withChanged(null).withObserved(null));

    assertThat(fixture.get("demo").changed()).isEqualTo(Fixture.CLOCK.instant());
  }

  @Test
  void an_older_version_is_ignored_but_proves_that_the_row_is_there() {
    Instant later = Rows.NOON.plusSeconds(30);
    Row newer = Rows.at("1000", Rows.in(State.READY, Rows.row("demo")));
    Row older = Rows.at("999", Rows.row("demo")).withObserved(later);

    fixture.put(newer, older);
    writer.sweep(Rows.IDENTITY, Rows.KIND, "", Rows.NOON.plusSeconds(10));
    fixture.settle();

    assertThat(told.now()).extracting(Change::type).containsExactly(Change.Type.ADDED);
    assertThat(fixture.get("demo")).isEqualTo(newer.withObserved(later));
  }

  @Test
  void versions_are_compared_as_numbers_and_only_when_both_are() {
    assertThat(Versions.isOlder("9", "10")).isTrue();
    assertThat(Versions.isOlder("10", "9")).isFalse();
    assertThat(Versions.isOlder("10", "10")).isFalse();
    assertThat(Versions.isOlder("99999999999999999998", "99999999999999999999")).isTrue();
    assertThat(Versions.isOlder("a", "b")).isFalse();
    assertThat(Versions.isOlder("1", "b")).isFalse();
    assertThat(Versions.isOlder("", "1")).isFalse();
  }

  @Test
  void an_opaque_version_always_overwrites() {
    fixture.put(Rows.at("b", Rows.row("demo")), Rows.at("a", Rows.row("demo")));

    assertThat(fixture.get("demo").version()).isEqualTo("a");
  }

  @Test
  void late_news_of_what_had_the_name_before_is_ignored() {
    Row before = Rows.at("101", Rows.row("demo"));
    Row anew = Rows.at("103", Rows.of("uid-2", Rows.row("demo")));

    fixture.put(Rows.row("demo"), anew, before);

    assertThat(fixture.get("demo").uid()).isEqualTo("uid-2");
    assertThat(told.now())
        .extracting(Change::type)
        .containsExactly(Change.Type.ADDED, Change.Type.DELETED, Change.Type.ADDED);
  }

  @Test
  void another_uid_that_was_made_later_is_a_deletion_and_an_addition_whatever_its_version() {
    Instant later = Rows.row("demo").created().plusSeconds(1);
    Row anew = Rows.made(later, Rows.at("1", Rows.of("uid-2", Rows.row("demo")))).withChanged(null);

    fixture.put(Rows.row("demo"), anew);

    List<Change> changes = told.now();
    assertThat(changes)
        .extracting(Change::type)
        .containsExactly(Change.Type.ADDED, Change.Type.DELETED, Change.Type.ADDED);
    assertThat(changes.get(1).row()).isEqualTo(Rows.row("demo"));
    assertThat(changes.get(1).from()).isEqualTo(State.STARTING);
    assertThat(changes.get(2).row()).isEqualTo(anew.withChanged(Rows.NOON));
    assertThat(fixture.names()).containsExactly("demo");
  }

  @Test
  void a_removed_row_is_deleted_and_known_for_the_last_time() {
    Instant later = Rows.NOON.plusSeconds(30);
    fixture.put(Rows.row("demo"));

    writer.remove(Rows.key("demo"), "uid-demo", later);
    writer.remove(Rows.key("demo"), "uid-demo", later);
    fixture.settle();

    Change last = told.now().getLast();
    assertThat(last.type()).isEqualTo(Change.Type.DELETED);
    assertThat(last.from()).isEqualTo(State.STARTING);
    assertThat(last.row()).isEqualTo(Rows.row("demo").withObserved(later));
    assertThat(last.sequence()).isEqualTo(2);
    assertThat(fixture.names()).isEmpty();
  }

  @Test
  void removing_an_earlier_incarnation_leaves_the_present_one() {
    fixture.put(Rows.row("demo"));

    writer.remove(Rows.key("demo"), "uid-before", Rows.NOON);
    fixture.settle();
    assertThat(fixture.names()).containsExactly("demo");

    writer.remove(Rows.key("demo"), "", Rows.NOON);
    fixture.settle();
    assertThat(fixture.names()).isEmpty();
  }

  @Test
  void a_sweep_takes_what_the_list_did_not_confirm_and_nothing_else() {
    Instant listed = Rows.NOON.plusSeconds(10);
    Row row = Rows.row("any");
    fixture.put(
        Rows.row("gone"),
        Rows.row("confirmed"),
        Rows.row("new").withObserved(listed),
        Rows.under(new Key(Rows.IDENTITY, Rows.KIND, "elsewhere", "kept"), "", row),
        Rows.under(new Key(Rows.IDENTITY, "pod", "team", "kept"), "", row),
        Rows.under(new Key("somebody-else", Rows.KIND, "team", "kept"), "", row));

    writer.put(Rows.row("confirmed").withObserved(listed.plusMillis(1)));
    writer.sweep(Rows.IDENTITY, Rows.KIND, "team", listed);
    fixture.settle();

    assertThat(told.now().getLast().type()).isEqualTo(Change.Type.DELETED);
    assertThat(fixture.names()).containsExactly("kept", "confirmed", "new");
    assertThat(fixture.cache.rows()).isEqualTo(5);
    assertThat(fixture.cache.seen(Rows.IDENTITY, Rows.KIND, "team")).contains(listed);

    writer.sweep(Rows.IDENTITY, Rows.KIND, "", listed);
    fixture.settle();
    assertThat(fixture.names()).containsExactly("confirmed", "new");
    assertThat(fixture.cache.seen(Rows.IDENTITY, Rows.KIND, "")).contains(listed);
  }

  @Test
  void a_sweep_of_more_than_one_transaction_takes_them_all() {
    for (int i = 0; i < 2 * Batch.SWEPT_AT_ONCE; i++) {
      writer.put(Rows.row("row-" + i));
    }
    writer.sweep(Rows.IDENTITY, Rows.KIND, "", Rows.NOON.plusSeconds(1));
    fixture.settle();

    assertThat(fixture.cache.rows()).isZero();
    assertThat(fixture.cache.seen(Rows.IDENTITY, Rows.KIND, "")).isPresent();
  }

  /** What comes of putting these under another name. */
  private List<Change> changesOf(Row... rows) {
    for (Row row : rows) {
      fixture.put(Rows.under(Rows.key("another"), "", row));
    }
    return told.now();
  }
}
