package dev.muster.daemon.app.answers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.daemon.core.Cache;
import dev.muster.daemon.core.Caller;
import dev.muster.daemon.core.ChangeFeed;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.core.QueuedWriter;
import dev.muster.daemon.core.Scope;
import dev.muster.daemon.core.Target;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is asked for again and again, and not watched. */
class PolledKindsTest {
  private static final Clock CLOCK = Clock.fixed(PlainSource.NOON.plusSeconds(600), ZoneOffset.UTC);
  private static final Scope SCOPE = PlainSource.scope("team");

  @TempDir Path directory;
  private final PlainSource plain = new PlainSource();
  private Caller caller;
  private Cache cache;
  private QueuedWriter writer;
  private Sources sources;
  private Reads reads;

  @BeforeEach
  void open() {
    caller = new Caller(directory, Map.of(), false);
    cache = Cache.open(directory, "1", CLOCK);
    writer = new QueuedWriter(cache, new ChangeFeed(), CLOCK);
    sources = new Sources(List.of(plain.source()));
    reads = new Reads(sources, cache, writer, CLOCK);
  }

  @AfterEach
  void close() {
    writer.close();
    cache.close();
  }

  private Reads.Found get(String kind, String name) {
    return reads.get(caller, Target.DEFAULT, kind, name, Freshness.ANY);
  }

  @Test
  void what_is_not_in_the_cache_is_asked_for_and_known_from_then_on() {
    plain.has(PlainSource.row("job", "demo/train"));

    assertThat(get("job", "train").row().key().name()).isEqualTo("demo/train");
    assertThat(cache.rows()).isEqualTo(1);
  }

  @Test
  void what_is_in_the_cache_is_answered_from_there_with_the_time_at_which_it_was_seen() {
    writer.await(writer.put(PlainSource.row("job", "demo/train")));

    assertThat(get("job", "train").observation().at()).isEqualTo(PlainSource.NOON);
  }

  @Test
  void what_the_server_lacks_is_not_found() {
    assertThatThrownBy(() -> get("job", "gone"))
        .isInstanceOfSatisfying(
            Failure.class, f -> assertThat(f.kind()).isEqualTo(Failure.Kind.NOT_FOUND));
  }

  @Test
  void who_follows_what_nobody_has_seen_yet_is_led_to_what_the_server_has() {
    plain.has(PlainSource.row("job", "demo/train"));

    assertThat(reads.followed(caller, Target.DEFAULT, SCOPE, "job", "train"))
        .isEqualTo("demo/train");
    assertThat(cache.rows()).isEqualTo(1);
  }

  @Test
  void what_is_not_there_yet_can_be_followed_all_the_same() {
    assertThat(reads.followed(caller, Target.DEFAULT, SCOPE, "job", "later")).isEqualTo("later");
  }

  @Test
  void a_server_that_does_not_answer_is_not_waited_for() {
    plain.refuses("job", Failure.Kind.NO_ANSWER, "nobody answers");

    assertThatThrownBy(() -> reads.followed(caller, Target.DEFAULT, SCOPE, "job", "later"))
        .isInstanceOf(Failure.class)
        .hasMessage("nobody answers");
  }

  @Test
  void a_deletion_means_what_a_part_of_the_name_names() {
    new Writes(sources).delete(caller, Target.DEFAULT, "job", "train", false);

    assertThat(plain.orders()).containsExactly("delete job demo/train false");
  }

  @Test
  void a_system_that_runs_no_jobs_says_so() {
    plain.runsNothing();

    assertThatThrownBy(() -> sources.jobs("raycluster"))
        .isInstanceOf(Failure.class)
        .hasMessage("A raycluster is no job.");
    assertThatThrownBy(() -> sources.reaching("raycluster"))
        .isInstanceOf(Failure.class)
        .hasMessage("There is no way into a raycluster.");
  }

  @Test
  void no_name_means_nothing() {
    assertThat(sources.address(caller, Target.DEFAULT, "job", "")).isEmpty();
  }
}
