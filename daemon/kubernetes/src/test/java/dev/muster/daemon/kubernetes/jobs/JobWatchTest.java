package dev.muster.daemon.kubernetes.jobs;

import static dev.muster.daemon.kubernetes.jobs.JobsFixture.ALL;
import static dev.muster.daemon.kubernetes.jobs.JobsFixture.NOON;
import static dev.muster.daemon.kubernetes.jobs.JobsFixture.TEAM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.daemon.core.Failure;
import dev.muster.daemon.core.Key;
import dev.muster.daemon.core.Observation;
import dev.muster.daemon.core.Registration;
import dev.muster.daemon.core.Row;
import dev.muster.daemon.core.Scope;
import dev.muster.daemon.core.State;
import dev.muster.daemon.kubernetes.appwrapper.AppWrapperRow;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobWatchTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Failure DEAD = new Failure(Failure.Kind.NO_ANSWER, "It is away.");

  @TempDir Path directory;

  private JobsFixture fixture;

  @BeforeEach
  void open() {
    fixture = new JobsFixture(directory);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void the_jobs_of_every_cluster_of_a_namespace_are_known_when_one_has_asked() {
    fixture.cluster("team", "demo").put(MemoryRay.job("train", "RUNNING"));
    fixture.cluster("team", "blue").put(MemoryRay.job("train", "SUCCEEDED"));
    fixture.cluster("other", "red").put(MemoryRay.job("train", "RUNNING"));

    Observation now = fixture.ensure(TEAM);

    assertThat(now.live()).isTrue();
    assertThat(now.at()).isEqualTo(fixture.clock.instant());
    assertThat(fixture.names()).containsExactly("blue/train", "demo/train");
    assertThat(fixture.ensure(ALL).live()).isTrue();
    assertThat(fixture.names()).contains("red/train");
  }

  @Test
  void a_loop_of_questions_asks_the_dashboard_no_more_often_than_every_few_seconds() {
    MemoryRay ray = fixture.cluster("team", "demo");
    fixture.ensure(TEAM);

    for (int i = 0; i < 100; i++) {
      fixture.ticker.pass(Duration.ofMillis(600));
      assertThat(fixture.ensure(TEAM).live()).isTrue();
    }

    assertThat(ray.lists).isBetween(12, 18);
  }

  @Test
  void a_dashboard_is_asked_seldom_when_nobody_looks_and_never_after_an_hour() {
    MemoryRay ray = fixture.cluster("team", "demo");
    fixture.ensure(TEAM);
    fixture.ticker.pass(MINUTE);
    int looked = ray.lists;

    fixture.ticker.pass(MINUTE.multipliedBy(10));
    assertThat(ray.lists - looked).isBetween(15, 28);

    fixture.ticker.pass(MINUTE.multipliedBy(60));
    int asked = ray.lists;
    fixture.ticker.pass(MINUTE.multipliedBy(60));
    assertThat(ray.lists).isEqualTo(asked);
    assertThat(fixture.ticker.waiting()).isZero();
    assertThat(fixture.watch.observe(TEAM).live()).isFalse();

    assertThat(fixture.ensure(TEAM).live()).isTrue();
    assertThat(ray.lists).isEqualTo(asked + 1);
  }

  @Test
  void while_somebody_waits_it_is_asked_about_every_second() {
    MemoryRay ray = fixture.cluster("team", "demo");
    fixture.ensure(TEAM);

    try (Registration waiting = fixture.watch.attend(TEAM, "")) {
      ray.put(MemoryRay.job("train", "RUNNING"));
      fixture.ticker.pass(Duration.ofSeconds(1));
      assertThat(fixture.names()).containsExactly("demo/train");
      waiting.close();
    }
    int asked = ray.lists;
    fixture.ticker.pass(Duration.ofSeconds(10));
    assertThat(ray.lists - asked).isBetween(2, 4);
  }

  @Test
  void while_somebody_waits_for_one_job_its_cluster_is_asked_closely_and_no_other() {
    MemoryRay demo = fixture.cluster("team", "demo");
    MemoryRay blue = fixture.cluster("team", "blue");
    fixture.ensure(TEAM);
    int demoBefore = demo.lists;
    int blueBefore = blue.lists;

    try (Registration waiting = fixture.watch.attend(TEAM, "demo/train")) {
      fixture.ticker.pass(Duration.ofSeconds(3));
      assertThat(demo.lists - demoBefore).isBetween(8, 14);
      assertThat(blue.lists - blueBefore).isLessThanOrEqualTo(1);
      waiting.close();
    }
  }

  @Test
  void a_dashboard_that_answers_slowly_is_asked_less_closely() {
    MemoryRay ray = fixture.cluster("team", "demo");
    fixture.ensure(TEAM);
    answersAfter(ray, Duration.ofMillis(150));
    int before = ray.lists;

    try (Registration waiting = fixture.watch.attend(TEAM, "demo/train")) {
      fixture.ticker.pass(Duration.ofSeconds(6));
      assertThat(ray.lists - before).isBetween(7, 13);
      waiting.close();
    }
  }

  private void answersAfter(MemoryRay ray, Duration time) {
    ray.meanwhile =
        () -> {
          fixture.ticker.pass(time);
          answersAfter(ray, time);
        };
  }

  @Test
  void what_the_dashboard_no_longer_lists_goes() {
    MemoryRay ray = fixture.cluster("team", "demo");
    ray.put(MemoryRay.job("one", "RUNNING"));
    ray.put(MemoryRay.job("two", "RUNNING"));
    fixture.ensure(TEAM);

    ray.jobs.remove("one");
    fixture.ticker.pass(Duration.ofSeconds(6));

    assertThat(fixture.names()).containsExactly("demo/two");
  }

  @Test
  void what_an_earlier_daemon_saw_goes_when_it_is_not_there_any_more() {
    MemoryRay ray = fixture.cluster("team", "demo");
    ray.put(MemoryRay.job("one", "RUNNING"));
    fixture.cluster("team", "gone").put(MemoryRay.job("three", "RUNNING"));
    fixture.put(fixture.wrapper("team", "ddp", "Running", "torchx.pytorch.org/app-name: ddp"));
    fixture.ensure(TEAM);
    assertThat(fixture.names()).containsExactly("AppWrapper/ddp", "demo/one", "gone/three");
    fixture.watch.close();
    ray.jobs.clear();
    ray.put(MemoryRay.job("two", "RUNNING"));
    fixture.removeCluster("team", "gone");
    fixture.noticed.remove(
        new Key(JobsFixture.IDENTITY, AppWrapperRow.KIND, "team", "ddp"), "", NOON);

    fixture.restart();
    fixture.ensure(TEAM);

    assertThat(fixture.names()).containsExactly("demo/two");
  }

  @Test
  void before_anybody_asked_it_is_known_only_of_an_earlier_time() {
    assertThat(fixture.watch.observe(TEAM).reason()).isEqualTo("it is not watched yet");
    assertThat(fixture.watch.observe(TEAM).at()).isNull();
    fixture.cluster("team", "demo");
    Observation live = fixture.ensure(TEAM);

    fixture.restart();

    assertThat(fixture.watch.observe(TEAM))
        .isEqualTo(new Observation(TEAM, "job", live.at(), false, "it is not watched yet"));
  }

  @Test
  void a_dead_dashboard_is_named_and_hides_nothing_else() {
    fixture.cluster("team", "demo").put(MemoryRay.job("one", "RUNNING"));
    MemoryRay blue = fixture.cluster("team", "blue");
    blue.put(MemoryRay.job("two", "RUNNING"));
    fixture.ensure(TEAM);

    blue.failure = DEAD;
    fixture.ticker.pass(Duration.ofSeconds(30));
    Observation now = fixture.ensure(TEAM);

    assertThat(now.live()).isFalse();
    assertThat(now.reason()).isEqualTo("The dashboard of blue (team): It is away");
    assertThat(now.at()).isAfter(NOON.plusSeconds(20));
    assertThat(fixture.names()).containsExactly("blue/two", "demo/one");
    assertThat(fixture.ensure(new Scope("kubernetes", JobsFixture.IDENTITY, "here", "x")).live())
        .isTrue();
  }

  @Test
  void of_many_dead_dashboards_three_are_named_in_short() {
    Failure wordy =
        new Failure(Failure.Kind.NO_ANSWER, "It is away, " + "and away ".repeat(40) + "for good.");
    for (String name : List.of("a", "b", "c", "d", "e")) {
      fixture.cluster("team", name).failure = name.equals("b") ? wordy : DEAD;
    }

    assertThat(fixture.ensure(TEAM).reason().lines())
        .hasSize(5)
        .allSatisfy(line -> assertThat(line).hasSizeLessThan(110))
        .startsWith(
            "the jobs of 5 Ray clusters cannot be asked for",
            "The dashboard of a (team): It is away")
        .anyMatch(line -> line.startsWith("The dashboard of b (team): It is away, and away and"))
        .endsWith("and 2 more; 'muster dashboard raycluster NAME --no-browser' says all of why");
    for (String name : List.of("c", "d", "e")) {
      fixture.cluster("team", name).failure = null;
    }
    fixture.ticker.pass(MINUTE);
    assertThat(fixture.ensure(TEAM).reason().lines())
        .hasSize(4)
        .endsWith("'muster dashboard raycluster NAME --no-browser' says all of why");
  }

  @Test
  void one_that_does_not_answer_is_tried_ever_more_seldom_until_it_does() {
    MemoryRay ray = fixture.cluster("team", "demo");
    ray.failure = DEAD;
    assertThat(fixture.ensure(TEAM).live()).isFalse();
    fixture.ticker.pass(MINUTE);
    int asked = ray.lists;
    assertThat(asked).isBetween(6, 10);
    fixture.ticker.pass(MINUTE);
    assertThat(ray.lists - asked).isBetween(1, 4);

    ray.failure = null;
    fixture.ticker.pass(Duration.ofSeconds(1));
    assertThat(fixture.ensure(TEAM).live()).isTrue();
  }

  @Test
  void a_mistake_of_our_own_is_told_as_one() {
    MemoryRay ray = fixture.cluster("team", "demo");
    ray.meanwhile =
        () -> {
          throw new IllegalStateException("hm");
        };

    assertThat(fixture.ensure(TEAM).reason())
        .isEqualTo(
            "The dashboard of demo (team): an error of muster's own:"
                + " java.lang.IllegalStateException: hm");
  }

  @Test
  void a_cluster_that_no_way_leads_to_is_told() {
    fixture.put(fixture.cluster("team", "demo", "u", "True", false));

    assertThat(fixture.ensure(TEAM).reason())
        .isEqualTo("The dashboard of demo (team): No way leads there");
  }

  @Test
  void a_poll_that_began_before_a_write_does_not_undo_it() {
    MemoryRay ray = fixture.cluster("team", "demo");
    ray.put(MemoryRay.job("train", "RUNNING"));
    fixture.ensure(TEAM);
    Dashboard dashboard = dashboard("demo");

    ray.meanwhile =
        () -> {
          try (Registration writing = dashboard.writing()) {
            dashboard.wrote(MemoryRay.job("train", "STOPPED"), null);
            writing.close();
          }
          ray.put(MemoryRay.job("train", "STOPPED"));
        };
    fixture.ticker.pass(Duration.ofSeconds(4));

    assertThat(fixture.job("team", "demo/train").state()).isEqualTo(State.STOPPED);
    fixture.ticker.pass(Duration.ofSeconds(1));
    assertThat(fixture.job("team", "demo/train").state()).isEqualTo(State.STOPPED);
  }

  @Test
  void nothing_is_taken_from_a_dashboard_while_something_is_written_there() {
    MemoryRay ray = fixture.cluster("team", "demo");
    fixture.ensure(TEAM);
    Dashboard dashboard = dashboard("demo");

    try (Registration writing = dashboard.writing()) {
      ray.put(MemoryRay.job("train", "RUNNING"));
      fixture.ticker.pass(Duration.ofSeconds(5));
      assertThat(fixture.names()).isEmpty();
      writing.close();
    }
    fixture.ticker.pass(Duration.ofSeconds(1));
    assertThat(fixture.names()).containsExactly("demo/train");
  }

  @Test
  void after_a_write_it_is_looked_at_closely_for_a_while() {
    MemoryRay ray = fixture.cluster("team", "demo");
    fixture.ensure(TEAM);
    dashboard("demo").writing().close();
    int asked = ray.lists;

    fixture.ticker.pass(Duration.ofSeconds(10));
    int closely = ray.lists - asked;
    fixture.ticker.pass(Duration.ofSeconds(10));

    assertThat(closely).isGreaterThan(10);
    assertThat(ray.lists - asked - closely).isLessThan(5);
  }

  @Test
  void clusters_come_and_go_with_their_jobs() {
    fixture.ensure(TEAM);
    fixture.cluster("team", "demo");
    fixture.rays.get("team/demo").put(MemoryRay.job("one", "RUNNING"));
    fixture.ticker.pass(Duration.ofSeconds(5));
    assertThat(fixture.names()).containsExactly("demo/one");

    fixture.removeCluster("team", "demo");

    assertThat(fixture.names()).isEmpty();
    assertThat(fixture.ticker.waiting()).isZero();
    assertThat(fixture.watch.observe(TEAM).live()).isTrue();
  }

  @Test
  void another_cluster_of_the_same_name_has_other_jobs() {
    MemoryRay ray = fixture.cluster("team", "demo");
    ray.put(MemoryRay.job("one", "RUNNING"));
    fixture.ensure(TEAM);
    String uid = fixture.job("team", "demo/one").uid();

    fixture.put(fixture.cluster("team", "demo", "another", "True", false));
    fixture.ticker.pass(Duration.ofSeconds(5));

    assertThat(uid).isEqualTo("uid-demo/one/2026-11-21T10:00:00Z");
    assertThat(fixture.job("team", "demo/one").uid()).isEqualTo("another/one/2026-11-21T10:00:00Z");
  }

  @Test
  void while_its_head_is_away_the_jobs_of_a_cluster_stay_and_are_not_called_live() {
    MemoryRay ray = fixture.cluster("team", "demo");
    ray.put(MemoryRay.job("one", "RUNNING"));
    fixture.ensure(TEAM);

    fixture.put(fixture.cluster("team", "demo", "uid-demo", "False", false));

    assertThat(fixture.names()).containsExactly("demo/one");
    assertThat(fixture.watch.observe(TEAM).reason())
        .isEqualTo("RayCluster demo (team) is STARTING: waiting for the head pod to be ready");
    fixture.restart();
    assertThat(fixture.ensure(TEAM).reason()).startsWith("RayCluster demo (team) is STARTING");

    ray.jobs.clear();
    fixture.cluster("team", "demo");
    fixture.ticker.pass(Duration.ofSeconds(5));
    assertThat(fixture.names()).isEmpty();
    assertThat(fixture.watch.observe(TEAM).live()).isTrue();
  }

  @Test
  void a_cluster_that_goes_while_its_head_is_away_takes_its_jobs_along() {
    fixture.cluster("team", "demo").put(MemoryRay.job("one", "RUNNING"));
    fixture.ensure(TEAM);
    fixture.put(fixture.cluster("team", "demo", "uid-demo", "False", false));
    fixture.put(fixture.cluster("team", "demo", "uid-demo", "Unknown", false));

    fixture.removeCluster("team", "demo");

    assertThat(fixture.names()).isEmpty();
  }

  @Test
  void a_suspended_cluster_has_no_jobs() {
    fixture.cluster("team", "demo").put(MemoryRay.job("one", "RUNNING"));
    fixture.ensure(TEAM);
    Row job = fixture.job("team", "demo/one");

    fixture.put(fixture.cluster("team", "demo", "uid-demo", "False", true));
    assertThat(fixture.names()).isEmpty();
    assertThat(fixture.watch.observe(TEAM).live()).isTrue();

    fixture.put(job);
    fixture.restart();
    fixture.ensure(TEAM);
    assertThat(fixture.names()).isEmpty();
  }

  @Test
  void appwrappers_that_stand_for_jobs_are_jobs() {
    fixture.put(fixture.wrapper("team", "ddp", "Running", "torchx.pytorch.org/app-name: ddp"));
    fixture.put(fixture.wrapper("team", "other", "Running", "a: b"));
    fixture.ensure(TEAM);
    assertThat(fixture.job("team", "AppWrapper/ddp").state()).isEqualTo(State.RUNNING);
    assertThat(fixture.names()).hasSize(1);

    fixture.put(fixture.wrapper("team", "ddp", "Failed", "torchx.pytorch.org/app-name: ddp"));
    assertThat(fixture.job("team", "AppWrapper/ddp").state()).isEqualTo(State.FAILED);

    fixture.noticed.remove(
        new Key(JobsFixture.IDENTITY, AppWrapperRow.KIND, "team", "ddp"), "", NOON);
    assertThat(fixture.names()).isEmpty();
  }

  @Test
  void what_a_list_lacks_goes_with_its_jobs() {
    fixture.cluster("team", "demo").put(MemoryRay.job("one", "RUNNING"));
    fixture.ensure(TEAM);

    fixture.noticed.sweep(
        JobsFixture.IDENTITY, "raycluster", "team", fixture.clock.instant().plusSeconds(1));

    assertThat(fixture.names()).isEmpty();
  }

  @Test
  void it_is_not_live_while_what_jobs_come_from_is_not() {
    fixture.ensure(TEAM);
    fixture.notLive.add("appwrapper");
    assertThat(fixture.watch.observe(TEAM))
        .isEqualTo(new Observation(TEAM, "job", NOON, false, "no appwrapper"));

    fixture.absent.add("appwrapper");
    assertThat(fixture.watch.observe(TEAM).live()).isTrue();
    assertThat(fixture.watch.absent(TEAM)).isFalse();
    fixture.absent.add("raycluster");
    assertThat(fixture.watch.absent(TEAM)).isTrue();
  }

  @Test
  void listeners_are_told_when_it_stops_being_live_and_becomes_so_again() throws Exception {
    MemoryRay ray = fixture.cluster("team", "demo");
    fixture.ensure(TEAM);
    List<Boolean> told = new ArrayList<>();
    AutoCloseable listening = fixture.watch.listen(now -> told.add(now.live()));

    ray.failure = DEAD;
    fixture.ticker.pass(Duration.ofSeconds(6));
    ray.failure = null;
    fixture.ticker.pass(Duration.ofSeconds(6));
    assertThat(told).containsExactly(false, true);

    fixture.notLive.add("raycluster");
    fixture.watch.baseChanged(new Observation(TEAM, "raycluster", null, false, "away"));
    fixture.watch.baseChanged(new Observation(TEAM, "rayjob", null, false, "away"));
    assertThat(told).containsExactly(false, true, false);
    listening.close();
    fixture.notLive.clear();
    fixture.watch.baseChanged(new Observation(TEAM, "raycluster", null, true, ""));
    assertThat(told).hasSize(3);
  }

  @Test
  void what_is_asked_for_can_be_told() {
    fixture.cluster("team", "demo");
    assertThat(fixture.watch.all()).isEmpty();
    fixture.ensure(TEAM);
    assertThat(fixture.watch.all()).extracting(Observation::scope).containsExactly(TEAM);
  }

  @Test
  void a_cleared_cache_is_filled_anew() {
    fixture.cluster("team", "demo").put(MemoryRay.job("one", "RUNNING"));
    fixture.ensure(TEAM);
    Row cluster = fixture.cluster("team", "demo", "uid-demo", "True", false);

    fixture.watch.relist(
        () -> {
          fixture.cache.clear();
          assertThat(fixture.watch.observe(TEAM).live()).isFalse();
          fixture.noticed.put(cluster);
        });

    fixture.ticker.pass(Duration.ofSeconds(1));
    assertThat(fixture.names()).containsExactly("demo/one");
    assertThat(fixture.watch.observe(TEAM).live()).isTrue();
  }

  @Test
  void whoever_signed_out_is_not_asked_for() {
    MemoryRay ray = fixture.cluster("team", "demo");
    fixture.ensure(TEAM);
    int asked = ray.lists;
    fixture.watch.forget(client -> false);
    assertThat(fixture.watch.observe(TEAM).live()).isTrue();

    fixture.watch.forget(client -> true);

    fixture.ticker.pass(MINUTE);
    assertThat(ray.lists).isEqualTo(asked);
    assertThat(fixture.watch.observe(TEAM).live()).isFalse();
  }

  @Test
  void an_id_means_the_one_job_that_has_it() {
    fixture.cluster("team", "demo").put(MemoryRay.job("one", "RUNNING"));
    fixture.cluster("team", "blue").put(MemoryRay.job("two", "RUNNING"));
    fixture.cluster("other", "red").put(MemoryRay.job("one", "RUNNING"));
    fixture.put(fixture.wrapper("team", "ddp", "Running", "torchx.pytorch.org/app-name: ddp"));
    fixture.ensure(ALL);
    fixture.settle();

    assertThat(fixture.watch.address(TEAM, "one")).isEqualTo("demo/one");
    assertThat(fixture.watch.address(TEAM, "demo/one")).isEqualTo("demo/one");
    assertThat(fixture.watch.address(TEAM, "ddp")).isEqualTo("AppWrapper/ddp");
    assertThat(fixture.watch.address(TEAM, "appwrapper/ddp")).isEqualTo("AppWrapper/ddp");
    assertThat(fixture.watch.address(TEAM, "three")).isEqualTo("three");
    assertThatThrownBy(() -> fixture.watch.address(ALL, "one"))
        .isInstanceOf(Failure.class)
        .hasMessage("There are 2 jobs \"one\"; say which: demo/one -n team, red/one -n other.");
    fixture.rays.get("team/blue").put(MemoryRay.job("one", "RUNNING"));
    fixture.ticker.pass(Duration.ofSeconds(5));
    fixture.settle();
    assertThatThrownBy(() -> fixture.watch.address(TEAM, "one"))
        .hasMessage("There are 2 jobs \"one\"; say which: blue/one, demo/one.");
  }

  @Test
  void who_asks_tells_nobody_his_secrets() {
    assertThat(JobsFixture.ASKER).hasToString("Asker");
  }

  private Dashboard dashboard(String name) {
    Row cluster =
        fixture.cache.get(new Key(JobsFixture.IDENTITY, "raycluster", "team", name)).orElseThrow();
    return fixture.watch.dashboard(TEAM, JobsFixture.ASKER, cluster);
  }

  @Test
  void changes_of_single_clusters_do_not_make_it_unknown() {
    fixture.cluster("team", "demo");
    fixture.ensure(TEAM);
    List<Boolean> told = new ArrayList<>();
    fixture.put(fixture.cluster("team", "blue", "uid-blue", "False", false));
    told.add(fixture.watch.observe(TEAM).live());

    assertThat(told).containsExactly(true);
  }
}
