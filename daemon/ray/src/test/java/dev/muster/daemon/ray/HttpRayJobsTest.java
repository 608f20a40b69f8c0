package dev.muster.daemon.ray;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.muster.daemon.core.Cancellation;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.core.Failure.Kind;
import dev.muster.daemon.ray.RayJobsContract.Lines;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class HttpRayJobsTest {
  private static final String TOKEN = "secret-token-canary";

  /** Short where a test waits for it to pass. */
  static final Timing TIMING =
      new Timing(
          Duration.ofSeconds(10),
          Duration.ofSeconds(10),
          Duration.ofMillis(5),
          Duration.ofSeconds(10),
          Duration.ofMillis(2),
          Duration.ofMillis(10));

  @TempDir Path directory;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final List<RayEndpoint> lost = new ArrayList<>();
  private TestDashboard dashboard;

  @BeforeEach
  void start() throws IOException {
    dashboard = new TestDashboard();
  }

  @AfterEach
  void stop() throws IOException {
    dashboard.close();
    http.close();
  }

  private RayJobs jobs() {
    return jobs(dashboard.address(), TIMING);
  }

  private RayJobs jobs(URI base, Timing timing) {
    RayEndpoint endpoint =
        new RayEndpoint(
            http, base, () -> Map.of("Authorization", "Bearer " + TOKEN), "a port-forward");
    return new HttpRayJobs(() -> endpoint, lost::add, timing);
  }

  private static RaySubmission submission(RuntimeEnv env) {
    return new RaySubmission(
        "me", "python x.py", env.json(), Map.of("a", "b"), 0.5, 1.0, 1024L, Map.of("TPU", 4.0));
  }

  private Failure failure(String what, int status, String text) {
    dashboard.on(what, status, text);
    return catchThrowableOfType(Failure.class, () -> jobs().version());
  }

  @Test
  void jobs_are_read_as_ray_tells_of_them() {
    dashboard.on("GET /api/jobs/", 200, Samples.body("31-list"));

    List<RayJob> jobs = jobs().list();

    RayJob first = jobs.getFirst();
    assertThat(first.type()).isEqualTo("SUBMISSION");
    assertThat(first.jobId()).isEqualTo("02000000");
    assertThat(first.id()).isEqualTo("job-ok-1");
    assertThat(first.started()).isEqualTo(Instant.ofEpochMilli(1795257479788L));
    assertThat(first.ended()).isEqualTo(Instant.ofEpochMilli(1795257482717L));
    assertThat(first.metadata()).isEqualTo(Map.of("owner", "me"));
    assertThat(first.exitCode()).isZero();
    assertThat(first.runtimeEnv().path("env_vars").path("A").asText()).isEqualTo("***");
    assertThat(first.raw().path("runtime_env").path("env_vars").path("A").asText())
        .isEqualTo("***");
    assertThat(jobs)
        .extracting(RayJob::status)
        .containsExactly("SUCCEEDED", "STOPPED", "SUCCEEDED", "PENDING", "FAILED");
    RayJob pending = jobs.get(3);
    assertThat(pending.jobId()).isEmpty();
    assertThat(pending.errorType()).isEmpty();
    assertThat(pending.ended()).isNull();
    assertThat(pending.exitCode()).isNull();
    assertThat(pending.metadata()).isEmpty();
    assertThat(pending.runtimeEnv().isMissingNode()).isTrue();
    assertThat(pending.over()).isFalse();
    assertThat(jobs.get(4).errorType()).isEqualTo("JOB_ENTRYPOINT_COMMAND_ERROR");
  }

  @Test
  void a_driver_is_called_by_its_job_id() {
    dashboard.on("GET /api/jobs/", 200, "[{\"type\":\"DRIVER\",\"job_id\":\"03000000\"}]");

    assertThat(jobs().list().getFirst().id()).isEqualTo("03000000");
  }

  @Test
  void a_submission_sends_what_is_set_and_every_request_its_headers() throws Exception {
    dashboard.on("POST /api/jobs/", 200, "{\"job_id\":\"me\",\"submission_id\":\"me\"}");

    String id = jobs().submit(submission(RuntimeEnv.none().withEnv(Map.of("A", "b"))));

    TestDashboard.Exchange asked = dashboard.exchanges().getFirst();
    assertThat(id).isEqualTo("me");
    assertThat(asked.headers)
        .containsEntry("Authorization", "Bearer " + TOKEN)
        .containsEntry("Content-Type", "application/json");
    assertThat(JobReader.JSON.readTree(asked.body))
        .isEqualTo(
            JobReader.JSON.readTree(
                """
                {"entrypoint": "python x.py", "submission_id": "me",
                 "runtime_env": {"env_vars": {"A": "b"}}, "metadata": {"a": "b"},
                 "entrypoint_num_cpus": 0.5, "entrypoint_num_gpus": 1.0,
                 "entrypoint_memory": 1024, "entrypoint_resources": {"TPU": 4.0}}
                """));
  }

  @Test
  void what_is_not_set_is_not_sent() {
    dashboard.on("POST /api/jobs/", 200, "{\"job_id\":\"raysubmit_1\"}");

    String id =
        jobs()
            .submit(
                new RaySubmission(
                    "", "x", RuntimeEnv.none().json(), Map.of(), null, null, null, Map.of()));

    assertThat(id).isEqualTo("raysubmit_1");
    assertThat(new String(dashboard.exchanges().getFirst().body, UTF_8))
        .isEqualTo("{\"entrypoint\":\"x\"}");
  }

  @Test
  void a_base_with_a_path_and_ids_with_any_character_work() {
    dashboard.on("GET /a/proxy/api/jobs/x%2Fy%20z", 200, Samples.body("08-get-ok"));

    assertThat(jobs(URI.create(dashboard.address() + "/a/proxy"), TIMING).get("x/y z")).isPresent();
  }

  @Test
  void a_duplicate_is_said_by_the_last_line_of_the_traceback() {
    dashboard.on("POST /api/jobs/", Samples.status("10-submit-dup"), Samples.body("10-submit-dup"));

    Failure failure =
        catchThrowableOfType(Failure.class, () -> jobs().submit(submission(RuntimeEnv.none())));

    assertThat(failure.kind()).isEqualTo(Kind.EXISTS);
    assertThat(failure)
        .hasMessage(
            "Ray refused: Job with submission_id job-ok-1 already exists. Please use a different"
                + " submission_id.");
    assertThat(failure.getCause())
        .isInstanceOf(RayError.class)
        .hasMessage(Samples.body("10-submit-dup"));
    assertThat(((RayError) failure.getCause()).status()).isEqualTo(500);
  }

  @Test
  void a_refusal_repeats_no_value_of_the_environment() {
    dashboard.on("POST /api/jobs/", 500, "ValueError: bad env {'A': 'canary-value'}");

    Failure failure =
        catchThrowableOfType(
            Failure.class,
            () ->
                jobs().submit(submission(RuntimeEnv.none().withEnv(Map.of("A", "canary-value")))));

    assertThat(failure).hasMessage("Ray refused: bad env {'A': '***'}.");
    assertThat(failure.getCause()).hasMessageNotContaining("canary");
  }

  @Test
  void a_bad_request_is_usage() {
    Failure failure = failure("GET /api/version", 400, Samples.body("14-submit-badjson"));

    assertThat(failure.kind()).isEqualTo(Kind.USAGE);
    assertThat(failure)
        .hasMessage(
            "Ray refused: JobSubmitRequest.__init__() got an unexpected keyword argument 'x'.");
  }

  @Test
  void only_what_is_over_is_deleted() {
    dashboard.on("DELETE /api/jobs/job-long", 500, Samples.body("25-delete-running"));

    Failure failure = catchThrowableOfType(Failure.class, () -> jobs().delete("job-long"));

    assertThat(failure.kind()).isEqualTo(Kind.FAILED);
    assertThat(failure)
        .hasMessage(
            "Ray deletes only what is over: Attempted to delete job 'job-long', but it is in a"
                + " non-terminal state RUNNING. Stop it first.");
  }

  @Test
  void a_missing_token_says_what_to_do() {
    Failure failure =
        failure("GET /api/version", 401, "Unauthorized: Missing authentication token");

    assertThat(failure.kind()).isEqualTo(Kind.NOT_LOGGED_IN);
    assertThat(failure).hasMessageContaining("got none").hasMessageContaining("RAY_AUTH_TOKEN");
  }

  @Test
  void a_wrong_token_says_what_to_do_and_is_not_repeated() {
    Failure failure = failure("GET /api/version", 403, "Forbidden: Invalid authentication token");

    assertThat(failure.kind()).isEqualTo(Kind.NOT_LOGGED_IN);
    assertThat(failure)
        .hasMessageContaining("refused the token")
        .hasMessageContaining("RAY_AUTH_TOKEN")
        .hasMessageNotContaining(TOKEN);
  }

  @Test
  void another_refusal_is_forbidden() {
    assertThat(failure("GET /api/version", 403, "no").kind()).isEqualTo(Kind.FORBIDDEN);
  }

  @Test
  void a_login_page_in_front_of_it_is_named() {
    Failure failure = failure("GET /api/version", 302, "");

    assertThat(failure.kind()).isEqualTo(Kind.NOT_LOGGED_IN);
    assertThat(failure).hasMessageContaining("login page");
  }

  @Test
  void the_api_servers_refusals_are_its_own() {
    String status = "{\"kind\":\"Status\",\"message\":\"services \\\"x\\\" is forbidden\"}";

    Failure forbidden = failure("GET /api/version", 403, status);
    Failure expired = failure("GET /api/version", 401, status);
    Failure missing = failure("GET /api/version", 404, status);

    assertThat(forbidden.kind()).isEqualTo(Kind.FORBIDDEN);
    assertThat(forbidden).hasMessageContaining("by a port-forward: services \"x\" is forbidden.");
    assertThat(expired.kind()).isEqualTo(Kind.NOT_LOGGED_IN);
    assertThat(missing.kind()).isEqualTo(Kind.NO_ANSWER);
  }

  @Test
  void a_gateway_without_a_dashboard_is_no_answer_and_the_way_is_lost() {
    Failure failure = failure("GET /api/version", 503, "");

    assertThat(failure.kind()).isEqualTo(Kind.NO_ANSWER);
    assertThat(failure).hasMessageContaining("status 503");
    assertThat(lost).hasSize(1);
  }

  @Test
  void a_server_that_is_no_dashboard_is_said_to_be_none() {
    assertThat(failure("GET /api/other", 200, "")).hasMessageContaining("is it a Ray dashboard?");
    assertThat(failure("GET /api/version", 200, "<html>")).hasMessageContaining("without JSON");
    assertThat(failure("GET /api/version", 200, "{}")).hasMessageContaining("no version");
    assertThat(failure("GET /api/version", 500, "{oops").kind()).isEqualTo(Kind.FAILED);
    assertThat(failure("GET /api/version", 500, "{\"a\":1}")).hasMessageContaining("{\"a\":1}");
  }

  @Test
  void answers_that_are_json_but_nothing_else_are_refused() {
    dashboard
        .on("GET /api/jobs/", 200, "{}")
        .on("GET /api/jobs/x", 200, "[]")
        .on("POST /api/jobs/", 200, "{}")
        .on("GET /api/jobs/x/logs", 200, "[]");

    assertThatThrownBy(() -> jobs().list()).hasMessageContaining("without a list of jobs");
    assertThatThrownBy(() -> jobs().get("x")).hasMessageContaining("without a job");
    assertThatThrownBy(() -> jobs().submit(submission(RuntimeEnv.none())))
        .hasMessageContaining("does not tell the job's id");
    assertThatThrownBy(() -> jobs().logs("x", LogPlace.BEGINNING, new Lines()))
        .hasMessageContaining("without a log");
  }

  @Test
  void a_server_that_is_not_there_is_no_answer() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    RayJobs jobs = jobs(URI.create("http://me:canary@127.0.0.1:" + port), TIMING);

    Failure failure = catchThrowableOfType(Failure.class, jobs::version);

    assertThat(failure.kind()).isEqualTo(Kind.NO_ANSWER);
    assertThat(failure)
        .hasMessage(
            "Ray's dashboard at http://127.0.0.1:"
                + port
                + " does not answer by a port-forward: connection refused.");
    assertThat(lost).singleElement().asString().doesNotContain("canary");
  }

  @Test
  void a_server_that_says_nothing_is_no_answer() {
    dashboard.on("GET /api/version", TestDashboard.Exchange::hold);
    Timing impatient =
        new Timing(
            Duration.ofMillis(50),
            Duration.ofMillis(50),
            TIMING.poll(),
            TIMING.quiet(),
            TIMING.pause(),
            TIMING.longestPause());

    assertThatThrownBy(() -> jobs(dashboard.address(), impatient).version())
        .hasMessageContaining("no answer for 50 ms");
  }

  @Test
  void a_server_that_stops_in_the_middle_of_a_log_is_no_answer() {
    dashboard.on(
        "GET /api/jobs/x/logs",
        exchange -> {
          exchange.head(200, "Content-Length: 100");
          exchange.raw("{\"logs\": \"abc".getBytes(UTF_8));
          exchange.hold();
        });
    dashboard.on(
        "GET /api/jobs/y/logs",
        exchange -> {
          exchange.head(200, "Content-Length: 100");
          exchange.raw("{\"logs\": \"abc".getBytes(UTF_8));
        });
    Timing impatient =
        new Timing(
            Duration.ofMillis(200),
            Duration.ofMillis(50),
            TIMING.poll(),
            TIMING.quiet(),
            TIMING.pause(),
            TIMING.longestPause());
    RayJobs jobs = jobs(dashboard.address(), impatient);
    Lines lines = new Lines();

    Failure failure =
        catchThrowableOfType(Failure.class, () -> jobs.logs("x", LogPlace.BEGINNING, lines));
    Failure cut =
        catchThrowableOfType(Failure.class, () -> jobs.logs("y", LogPlace.BEGINNING, lines));

    assertThat(failure.kind()).isEqualTo(Kind.NO_ANSWER);
    assertThat(failure).hasMessageContaining("nothing came for 200 ms");
    assertThat(cut.kind()).isEqualTo(Kind.NO_ANSWER);
    assertThat(lines.text()).isEqualTo("abcabc");
  }

  @Test
  void an_interrupted_request_is_cancelled() {
    dashboard.on("GET /api/version", TestDashboard.Exchange::hold);
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> jobs().version()).isInstanceOf(CancellationException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void stop_and_delete_tell_what_happened() {
    dashboard
        .on("POST /api/jobs/x/stop", 200, "{\"stopped\": true}")
        .on("DELETE /api/jobs/x", 200, "{\"deleted\": true}");

    assertThat(jobs().stop("x")).isTrue();
    assertThat(jobs().delete("x")).isTrue();
  }

  @Test
  void a_package_that_is_there_is_not_sent() throws Exception {
    Path tree = Files.createDirectories(directory.resolve("tree"));
    Files.writeString(tree.resolve("a"), "a");
    String uri = upload(tree, 404, "Package gcs://x does not exist", 200, "");

    assertThat(dashboard.exchanges())
        .extracting(exchange -> exchange.what)
        .containsExactly(
            "GET /api/packages/gcs/" + uri.substring("gcs://".length()),
            "PUT /api/packages/gcs/" + uri.substring("gcs://".length()));
    assertThat(new String(dashboard.exchanges().getLast().body, 0, 2, UTF_8)).isEqualTo("PK");

    assertThat(upload(tree, 200, "", 200, "")).isEqualTo(uri);
    assertThat(dashboard.exchanges()).hasSize(3);
  }

  private String upload(Path tree, int there, String thereText, int put, String putText) {
    String name =
        dev.muster.daemon.ray.workdir.WorkingPackage.of(tree, List.of(), () -> false).name();
    dashboard
        .on("GET /api/packages/gcs/" + name, there, thereText)
        .on("PUT /api/packages/gcs/" + name, put, putText);
    return jobs().upload(new WorkingDirectory(tree), (done, all) -> {}, new Cancellation());
  }

  @Test
  void a_package_that_is_too_large_is_said_in_the_servers_words() throws Exception {
    String said =
        "Traceback (most recent call last):\n  File \"x.py\", line 1, in upload\n    raise\n"
            + "ValueError: Package size (600.00MiB) exceeds the maximum size of 512.00MiB. To"
            + " exclude large files, ...\n";
    Files.writeString(directory.resolve("a"), "a");

    assertThatThrownBy(() -> upload(directory, 404, "Package x does not exist", 500, said))
        .isInstanceOf(Failure.class)
        .hasMessageStartingWith(
            "Ray does not take the package of "
                + directory
                + " (0.0 MiB): Package size (600.00MiB) exceeds the maximum size of 512.00MiB.")
        .hasMessageEndingWith(
            "Name what the job does not need in " + directory.resolve(".rayignore") + ".");
    assertThatThrownBy(() -> upload(directory, 404, "Package x does not exist", 413, "no"))
        .hasMessageContaining("does not take the package");
  }

  @Test
  void a_server_without_packages_is_refused() throws Exception {
    Files.writeString(directory.resolve("a"), "a");

    assertThatThrownBy(() -> upload(directory, 404, "404: Not Found", 200, ""))
        .isInstanceOf(Failure.class);
    assertThatThrownBy(() -> upload(directory, 404, "Package x does not exist", 500, "KeyError: x"))
        .hasMessage("Ray refused: x.");
  }

  @Test
  void an_upload_can_be_cancelled() throws Exception {
    Files.writeString(directory.resolve("a"), "a");
    Cancellation cancelled = new Cancellation();
    cancelled.cancel();

    assertThatThrownBy(
            () -> jobs().upload(new WorkingDirectory(directory), (done, all) -> {}, cancelled))
        .isInstanceOf(CancellationException.class);
    assertThat(dashboard.exchanges()).isEmpty();
  }

  @Test
  void a_traceback_without_frames_is_its_last_line_that_says_anything() {
    assertThat(Traceback.lastLine("Job nope does not exist")).isEqualTo("Job nope does not exist");
    assertThat(Traceback.lastLine("a\nValueError: b\n.\n\n")).isEqualTo("b");
    assertThat(Traceback.lastLine(" \n")).isEmpty();
    assertThat(Traceback.lastLine(Samples.body("06-pkg-bad-protocol")))
        .startsWith("Invalid protocol for runtime_env URI");
    assertThat(Traceback.lastLine("x".repeat(5000))).hasSizeLessThan(1000).endsWith("…");
  }
}
