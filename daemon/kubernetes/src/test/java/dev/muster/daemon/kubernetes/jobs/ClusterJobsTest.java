package dev.muster.daemon.kubernetes.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.core.Caller;
import dev.muster.daemon.core.Cancellation;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.core.Jobs.LogQuery;
import dev.muster.daemon.core.Jobs.LogSink;
import dev.muster.daemon.core.Row;
import dev.muster.daemon.core.State;
import dev.muster.daemon.core.Target;
import dev.muster.daemon.kubernetes.Pause;
import dev.muster.daemon.kubernetes.Yaml;
import dev.muster.daemon.ray.RayAddress;
import dev.muster.daemon.ray.RayJob;
import dev.muster.daemon.ray.RaySubmission;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What no healthy Ray does, and what only Ray's state decides. */
class ClusterJobsTest {
  @TempDir Path directory;

  private JobsFixture fixture;
  private MemoryRay ray;
  private JobsRunner runner;
  private Site site;

  @BeforeEach
  void open() {
    fixture = new JobsFixture(directory.resolve("cache"));
    ray = fixture.cluster("team", "demo");
    runner = new JobsRunner(fixture.watch, fixture.rays(), fixture.ticker::pass);
    site = site(fixture.clock);
    fixture.ensure(JobsFixture.TEAM);
  }

  private Site site(Clock clock) {
    return new Site(
        new Caller(directory, Map.of(), false),
        new Target("", "", "team", false),
        JobsFixture.TEAM,
        () -> null,
        null,
        fixture.ways,
        fixture.cache,
        fixture.noticed,
        clock);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private void has(RayJob job) {
    ray.put(job);
    fixture.ticker.pass(Duration.ofSeconds(6));
    fixture.settle();
  }

  @Test
  void a_job_that_ray_cannot_end_is_not_deleted() {
    ray.stopped = "RUNNING";
    has(MemoryRay.job("one", "RUNNING"));

    assertThatThrownBy(() -> runner.delete(site, "one", false))
        .hasMessage(
            "The job one was told to stop and is still RUNNING after 30 s. Delete it when it is"
                + " over.");
    ray.stopped = "PENDING";
    assertThatThrownBy(() -> runner.delete(site, "demo/one", false))
        .hasMessageContaining("is still PENDING: Ray cannot end what it has not started.");
    assertThat(fixture.job("team", "demo/one").state()).isEqualTo(State.STARTING);
  }

  @ParameterizedTest
  @CsvSource({"0, 3000", "1000, 2000", "3000, 0", "-60000, 3000"})
  void a_job_is_not_deleted_while_ray_would_bring_it_back(long sinceItsEnd, long waited) {
    has(MemoryRay.job("one", "SUCCEEDED"));
    Instant ended = ray.get("one").orElseThrow().ended();
    List<Duration> pauses = new ArrayList<>();
    runner = new JobsRunner(fixture.watch, fixture.rays(), pauses::add);

    runner.delete(site(Clock.fixed(ended.plusMillis(sinceItsEnd), ZoneOffset.UTC)), "one", false);

    assertThat(pauses.stream().mapToLong(Duration::toMillis).sum()).isEqualTo(waited);
    assertThat(ray.get("one")).isEmpty();
  }

  @Test
  void what_ray_does_not_delete_is_told() {
    has(MemoryRay.job("one", "SUCCEEDED"));
    ray.keeps = true;

    assertThatThrownBy(() -> runner.delete(site, "one", false))
        .hasMessage("Ray did not delete the job one of the cluster demo.");
  }

  @Test
  void what_it_takes_and_forgets_is_told() {
    ray.forgets = true;
    Row cluster =
        fixture
            .cache
            .get(new dev.muster.daemon.core.Key(JobsFixture.IDENTITY, "raycluster", "team", "demo"))
            .orElseThrow();
    Places places = new Places(fixture.watch, fixture.rays());
    RaySubmission submission =
        new RaySubmission(
            "x", "e", Yaml.JSON.createObjectNode(), Map.of(), null, null, null, Map.of());

    assertThatThrownBy(
            () ->
                new ClusterJobs(places, time -> {})
                    .submit(places.at(site, cluster, RayAddress.NONE), submission))
        .hasMessage("The cluster demo took the job x and does not know it any more.");
  }

  @Test
  void a_program_that_connected_by_itself_is_only_looked_at() throws IOException {
    has(
        new RayJob(
            "DRIVER",
            "02000000",
            "",
            "RUNNING",
            "",
            "",
            "",
            MemoryRay.START,
            null,
            Map.of(),
            MissingNode.getInstance(),
            null,
            MissingNode.getInstance()));

    assertThat(runner.get(site, "02000000").state()).isEqualTo(State.RUNNING);
    for (Runnable change :
        List.<Runnable>of(
            () -> runner.stop(site, "02000000"),
            () -> runner.delete(site, "02000000", false),
            () -> runner.resubmit(site, "02000000"))) {
      assertThatThrownBy(change::run)
          .isInstanceOf(Failure.class)
          .hasMessageStartingWith("The job 02000000 was not submitted");
    }
  }

  @Test
  void it_is_run_again_as_it_was_submitted_under_the_next_name_that_is_free() {
    ObjectNode environment = Yaml.JSON.createObjectNode();
    environment.put("working_dir", "gcs://x.zip");
    RayJob job = MemoryRay.job("one-2", "FAILED", "", 1, Map.of("a", "b"));
    has(
        new RayJob(
            job.type(),
            "",
            "one-2",
            "FAILED",
            "python x.py",
            "",
            "",
            job.started(),
            job.ended(),
            job.metadata(),
            environment,
            1,
            job.raw()));
    has(MemoryRay.job("one-3", "RUNNING"));
    Dashboard dashboard =
        fixture.watch.dashboard(
            JobsFixture.TEAM,
            JobsFixture.ASKER,
            fixture
                .cache
                .get(
                    new dev.muster.daemon.core.Key(
                        JobsFixture.IDENTITY, "raycluster", "team", "demo"))
                .orElseThrow());
    dashboard.wrote(
        ray.jobs.get("one-2"), SubmissionRow.requested(1.5, 2.0, 4096L, Map.of("x", 1.0)));

    assertThat(runner.resubmit(site, "one-2").key().name()).isEqualTo("demo/one-4");

    assertThat(ray.submitted)
        .containsExactly(
            new RaySubmission(
                "one-4",
                "python x.py",
                environment,
                Map.of("a", "b"),
                1.5,
                2.0,
                4096L,
                Map.of("x", 1.0)));
    assertThat(fixture.job("team", "demo/one-4").cells()).contains("1.5 CPU, 2 GPU, 4Ki, 1 x");
  }

  @Test
  void what_had_variables_must_be_submitted_anew_with_them() {
    ObjectNode environment = Yaml.JSON.createObjectNode();
    environment.putObject("env_vars").put("A", "***");
    RayJob job = MemoryRay.job("one", "SUCCEEDED");
    has(
        new RayJob(
            job.type(),
            "",
            "one",
            "SUCCEEDED",
            "e",
            "",
            "",
            job.started(),
            job.ended(),
            Map.of(),
            environment,
            0,
            job.raw()));

    assertThatThrownBy(() -> runner.resubmit(site, "one"))
        .hasMessageContaining("whose values muster does not keep");
  }

  @Test
  void rays_logs_have_neither_times_nor_ranks() {
    has(MemoryRay.job("one", "RUNNING"));

    assertThatThrownBy(() -> logs(Duration.ofSeconds(1), -1, false, -1, ""))
        .hasMessageContaining("leave out --since");
    assertThatThrownBy(() -> logs(null, -1, false, 0, "")).hasMessageContaining("--rank");
    assertThatThrownBy(() -> logs(null, -1, false, -1, "p")).hasMessageContaining("--pod");
  }

  @Test
  void the_last_lines_can_be_followed_without_repeating_one() throws IOException {
    has(MemoryRay.job("one", "RUNNING"));
    ray.printed.put("one", "a\nb\nc\n");
    ray.later.put("one", "d\n");

    assertThat(logs(null, -1, false, -1, "")).isEqualTo("a\nb\nc\n");
    assertThat(logs(null, 2, true, -1, "")).isEqualTo("b\nc\nd\n(noted)");
    bookmarks = Map.of("", "2");
    assertThat(logs(null, 1, false, -1, "")).isEqualTo("b\nc\nd\n");
    assertThat(fixture.job("team", "demo/one").state()).isEqualTo(State.SUCCEEDED);
  }

  private Map<String, String> bookmarks = Map.of();

  private String logs(Duration since, int tail, boolean follow, int rank, String pod)
      throws IOException {
    StringBuilder text = new StringBuilder();
    LogSink sink =
        new LogSink() {
          @Override
          public void write(ByteBuffer bytes) {
            text.append(StandardCharsets.UTF_8.decode(bytes));
          }

          @Override
          public void note(String sentence) {
            text.append('(').append(sentence).append(')');
          }
        };
    runner.logs(
        site,
        new LogQuery("job", "one", follow, since, tail, rank, pod, bookmarks),
        sink,
        new Cancellation());
    return text.toString();
  }

  @Test
  void a_job_that_is_gone_is_not_found_by_its_full_name() {
    assertThatThrownBy(() -> runner.get(site, "demo/none"))
        .hasMessage(
            "There is no job demo/none in the namespace team. Try `muster list job --all`.");
  }

  @Test
  void what_has_no_reason_is_explained_by_its_state() {
    has(MemoryRay.job("one", "SUCCEEDED"));
    has(MemoryRay.job("two", "RUNNING"));

    assertThat(runner.explain(site, "one").sentence()).isEqualTo("Job demo/one is SUCCEEDED.");
    assertThat(runner.explain(site, "two").sentence())
        .isEqualTo("Job demo/two is RUNNING, as it should be.");
  }

  @Test
  void a_pause_that_is_interrupted_is_the_daemons_end() {
    Pause pause =
        time -> {
          throw new InterruptedException();
        };

    assertThatThrownBy(() -> pause.between(Duration.ofSeconds(1))).hasMessage("The daemon stops.");
    assertThat(Thread.interrupted()).isTrue();
  }
}
