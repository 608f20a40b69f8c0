package dev.muster.daemon.sandbox.ray;

import static dev.muster.daemon.sandbox.ray.RayServer.json;
import static dev.muster.daemon.sandbox.ray.RayServer.recorded;
import static dev.muster.daemon.sandbox.ray.RayServer.timeless;
import static dev.muster.daemon.sandbox.ray.RayServer.zip;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The stand-in answers as Ray 2.60 was recorded to answer. */
final class RayDashboardTest {

  private static final String PACKAGE = "/api/packages/gcs/_ray_pkg_aa1c8a1e2159e287.zip";

  @TempDir private Path directory;
  private RayServer ray;

  @BeforeEach
  void start() {
    ray = RayServer.in(directory);
  }

  @AfterEach
  void stop() {
    ray.close();
  }

  private static void assertRecorded(HttpResponse<String> reply, String sample) {
    JsonNode recorded = recorded(sample);
    assertThat(reply.body()).isEqualTo(recorded.path("body").asText());
    assertThat(reply.statusCode()).isEqualTo(recorded.path("status").asInt());
    assertThat(reply.headers().firstValue("Content-Type").orElse(""))
        .isEqualTo(recorded.path("content_type").asText());
  }

  @Test
  void it_says_which_version_it_is() {
    JsonNode version = json(ray.get("/api/version").body());
    assertThat(version.path("ray_version").asText()).isEqualTo("2.60.0");
    assertThat(version.path("version").asText()).isEqualTo("4");
    assertThat(version.path("session_name").asText()).startsWith("session_20");
  }

  @Test
  void its_page_says_that_it_is_a_simulation() {
    assertThat(ray.get("/").body()).contains("A SIMULATION");
  }

  @ParameterizedTest
  @CsvSource({
    "GET,/api/jobs,404",
    "GET,/api/nothing,404",
    "GET,/api/jobs/one/nothing,404",
    "DELETE,/api/version,405",
    "DELETE,/api/jobs/,405",
    "PUT,/api/jobs/one,405",
    "GET,/api/jobs/one/stop,405",
    "DELETE,/api/packages/gcs/one.zip,405"
  })
  void only_what_ray_has_is_there(String method, String path, int status) {
    assertThat(ray.call(method, path).statusCode()).isEqualTo(status);
  }

  @Test
  void a_package_is_there_after_it_was_sent() {
    assertRecorded(ray.get(PACKAGE), "03-pkg-missing");
    HttpResponse<String> sent = ray.put(PACKAGE, zip(Map.of("a", "b")));
    assertThat(sent.statusCode()).isEqualTo(200);
    assertThat(sent.headers().firstValue("Content-Type")).isEmpty();
    assertThat(ray.get(PACKAGE).statusCode()).isEqualTo(200);
  }

  @Test
  void packages_go_to_the_gcs_only() {
    assertRecorded(
        ray.put(PACKAGE.replace("gcs", "zzz"), zip(Map.of("a", "b"))), "06-pkg-bad-protocol");
    assertThat(ray.put("/api/packages/gcs/..", new byte[0]).statusCode()).isEqualTo(404);
  }

  @Test
  void a_package_that_is_too_large_is_refused() {
    RayDashboardOptions options = RayDashboardOptions.in(directory.resolve("small"));
    try (RayServer small = new RayServer(options.withPackageLimit(1024 * 1024))) {
      HttpResponse<String> reply = small.put(PACKAGE, new byte[1024 * 1024]);
      assertThat(reply.statusCode()).isEqualTo(500);
      assertThat(reply.body())
          .contains("ValueError: Package size (1.00MiB) exceeds the maximum size of 1.00MiB.");
      assertThat(small.get(PACKAGE).statusCode()).isEqualTo(404);
    }
  }

  @Test
  void a_job_runs_in_its_package_with_its_variables() {
    ray.put(PACKAGE, zip(Map.of("main.py", "import os, sys\nprint(os.environ['A'], sys.argv)\n")));
    HttpResponse<String> reply =
        ray.submit(
            """
            {"entrypoint": "python main.py hello", "submission_id": "job-ok-1",
             "runtime_env": {"working_dir": "gcs://_ray_pkg_aa1c8a1e2159e287.zip",
                             "env_vars": {"A": "b"}},
             "metadata": {"owner": "me"}}
            """);
    assertThat(json(reply.body()))
        .isEqualTo(json("{\"job_id\": \"job-ok-1\", \"submission_id\": \"job-ok-1\"}"));
    JsonNode expected = timeless(recorded("08-get-ok").path("body"));
    JsonNode job = timeless(ray.ended("job-ok-1"));
    assertThat(job.toString()).isEqualTo(expected.toString().replace("02000000", "01000000"));
    assertThat(timeless(ray.logs("job-ok-1")))
        .isEqualTo(
            """
            TIME\tINFO job_manager.py:581 -- Runtime env is setting up.
            Running entrypoint for job job-ok-1: python main.py hello
            b ['main.py', 'hello']
            """);
    assertThat(ray.job("01000000").path("submission_id").asText()).isEqualTo("job-ok-1");
  }

  @Test
  void a_job_knows_where_it_is() {
    ray.run("one", "{\"entrypoint\": \"echo $RAY_JOB_SUBMISSION_ID\", \"submission_id\": \"one\"}");
    assertThat(ray.logs("one")).endsWith("\none\n");
  }

  @Test
  void a_log_of_any_length_is_sent_whole() {
    ray.run(
        "long",
        """
        {"entrypoint": "yes 'a \\"line\\" of many \u00fc' | head -n 100000", "submission_id": "long"}
        """);
    assertThat(ray.logs("long")).endsWith("\na \"line\" of many ü\n").hasLineCount(100_002);
  }

  @Test
  void who_leaves_in_the_middle_of_a_log_leaves_nothing_behind() throws IOException {
    ray.run("long", "{\"entrypoint\": \"yes | head -c 8000000\", \"submission_id\": \"long\"}");
    URI uri = ray.uri("http", "/");
    try (Socket client = new Socket("127.0.0.1", uri.getPort())) {
      client
          .getOutputStream()
          .write("GET /api/jobs/long/logs HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(UTF_8));
      assertThat(client.getInputStream().readNBytes(1000)).hasSize(1000);
    }
    assertThat(ray.logs("long")).hasSizeGreaterThan(8_000_000);
  }

  @Test
  void a_log_is_sent_to_a_client_that_keeps_no_connection() throws IOException {
    ray.run("one", "{\"entrypoint\": \"echo last\", \"submission_id\": \"one\"}");
    URI uri = ray.uri("http", "/");
    try (Socket client = new Socket("127.0.0.1", uri.getPort())) {
      client
          .getOutputStream()
          .write(
              "GET /api/jobs/one/logs HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
                  .getBytes(UTF_8));
      assertThat(new String(client.getInputStream().readAllBytes(), UTF_8)).contains("last\\n\"}");
    }
  }

  @Test
  void an_id_is_taken_once() {
    ray.submit("{\"entrypoint\": \"echo hi\", \"submission_id\": \"job-ok-1\"}");
    assertRecorded(
        ray.submit("{\"entrypoint\": \"echo hi\", \"submission_id\": \"job-ok-1\"}"),
        "10-submit-dup");
  }

  @Test
  void a_job_that_fails_tells_its_code_and_its_last_lines() {
    String id =
        json(ray.submit("{\"entrypoint\": \"echo hi; exit 3\"}").body())
            .path("submission_id")
            .asText();
    assertThat(id).matches("raysubmit_[A-Za-z1-9]{16}");
    String recorded = timeless(recorded("12-get-failed").path("body")).toString();
    assertThat(timeless(ray.ended(id)).toString())
        .isEqualTo(recorded.replace("raysubmit_5ae6WcBniJskstwz", id));
    String log = recorded("13-logs-failed").at("/body/logs").asText();
    assertThat(timeless(ray.logs(id)))
        .isEqualTo(timeless(log).replace("raysubmit_5ae6WcBniJskstwz", id));
  }

  @Test
  void a_request_with_an_unknown_field_is_refused() {
    assertRecorded(ray.submit("{\"x\": 1}"), "14-submit-badjson");
  }

  @Test
  void a_request_with_a_wrong_type_is_refused() {
    assertRecorded(ray.submit("{\"entrypoint\": 7}"), "15-submit-badtype");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|missing 1 required positional argument: 'entrypoint'",
        "{|json.decoder.JSONDecodeError: Expecting value",
        "[]|json.decoder.JSONDecodeError: Expecting value",
        "{'entrypoint': null}|entrypoint must be a string, got <class 'NoneType'>",
        "{'entrypoint': 'e', 'submission_id': []}|submission_id must be a string if provided, got"
            + " <class 'list'>",
        "{'entrypoint': 'e', 'runtime_env': 'x'}|runtime_env must be a dict, got <class 'str'>",
        "{'entrypoint': 'e', 'metadata': {'a': 1.5}}|metadata values must be strings, got <class"
            + " 'float'>",
        "{'entrypoint': 'e', 'entrypoint_num_gpus': {}}|entrypoint_num_gpus must be a number, got"
            + " <class 'dict'>",
        "{'entrypoint': 'e', 'entrypoint_resources': {'a': true}}|entrypoint_resources values must"
            + " be numbers, got <class 'bool'>",
      })
  void a_wrong_request_is_refused_with_a_traceback(String body, String last) {
    HttpResponse<String> reply = ray.submit(body.replace('\'', '"'));
    assertThat(reply.statusCode()).isEqualTo(400);
    assertThat(reply.body()).startsWith("Traceback (most recent call last):\n").contains(last);
  }

  @Test
  void a_job_that_asks_for_too_much_waits_for_ever() {
    ray.submit(
        """
        {"entrypoint": "echo r", "entrypoint_num_cpus": 99, "submission_id": "job-pending"}
        """);
    JsonNode expected = timeless(recorded("19-get-pending").path("body"));
    assertThat(timeless(ray.job("job-pending"))).isEqualTo(expected);
    assertThat(ray.logs("job-pending")).isEmpty();
    assertThat(ray.call("POST", "/api/jobs/job-pending/stop").body())
        .isEqualTo("{\"stopped\":true}");
    assertThat(timeless(ray.job("job-pending"))).isEqualTo(expected);
    assertThat(ray.call("DELETE", "/api/jobs/job-pending").body())
        .contains("it is in a non-terminal state PENDING.");
  }

  @Test
  void a_job_that_asks_for_what_is_there_runs() {
    String body =
        """
        {"entrypoint": "echo r", "entrypoint_num_cpus": 1, "entrypoint_memory": 1000000,
         "submission_id": "job-res"}
        """;
    assertThat(ray.run("job-res", body).path("status").asText()).isEqualTo("SUCCEEDED");
  }

  @Test
  void a_job_says_what_it_waits_for() {
    ray.submit(
        """
        {"entrypoint": "e", "submission_id": "all", "entrypoint_resources": {"tpu": 1},
         "runtime_env": {"env_vars": {}}}
        """);
    assertThat(ray.job("all").path("message").asText())
        .isEqualTo(
            "Job has not started yet. It may be waiting for resources (CPUs, GPUs, memory, custom"
                + " resources) to become available. It may be waiting for the runtime environment"
                + " to be set up.");
  }

  @ParameterizedTest
  @CsvSource({"GET,", "GET,/logs", "GET,/logs/tail", "POST,/stop", "DELETE,"})
  void an_unknown_job_does_not_exist(String method, String what) {
    assertRecorded(
        ray.call(method, "/api/jobs/nope" + (what == null ? "" : what)), "20-get-missing");
  }

  @Test
  void a_running_job_is_stopped_with_all_that_it_started() {
    ray.submit(
        """
        {"entrypoint": "bash -c 'for i in $(seq 100); do echo line $i; sleep 0.3; done'",
         "submission_id": "job-long"}
        """);
    JsonNode running = ray.has("job-long", "RUNNING");
    assertThat(running.path("message").asText()).isEqualTo("Job is currently running.");
    assertRecorded(ray.call("DELETE", "/api/jobs/job-long"), "25-delete-running");
    assertThat(ray.call("POST", "/api/jobs/job-long/stop").body()).isEqualTo("{\"stopped\":true}");
    assertThat(timeless(ray.ended("job-long")))
        .isEqualTo(timeless(recorded("27-get-stopped").path("body")));
    assertThat(ray.call("POST", "/api/jobs/job-long/stop").body()).isEqualTo("{\"stopped\":false}");
  }

  @Test
  void what_does_not_listen_is_killed() {
    ray.submit(
        """
        {"entrypoint": "trap '' TERM; (trap '' TERM; while :; do sleep 1; done) & echo pid $!; wait",
         "submission_id": "deaf"}
        """);
    org.awaitility.Awaitility.await().until(() -> ray.logs("deaf").contains("\npid "));
    long child = Long.parseLong(ray.logs("deaf").replaceFirst("(?s).*\npid ", "").strip());
    assertThat(ProcessHandle.of(child)).isPresent();
    ray.call("POST", "/api/jobs/deaf/stop");
    assertThat(ray.ended("deaf").path("status").asText()).isEqualTo("STOPPED");
    org.awaitility.Awaitility.await()
        .until(() -> ProcessHandle.of(child).filter(ProcessHandle::isAlive).isEmpty());
  }

  @Test
  void a_job_is_deleted_when_it_is_over() {
    ray.run("one", "{\"entrypoint\": \"true\", \"submission_id\": \"one\"}");
    ray.submit("{\"entrypoint\": \"sleep 60\", \"submission_id\": \"two\"}");
    assertThat(json(ray.get("/api/jobs/").body()).findValuesAsText("submission_id"))
        .isEqualTo(List.of("one", "two"));
    assertThat(ray.call("DELETE", "/api/jobs/one").body()).isEqualTo("{\"deleted\":true}");
    assertThat(ray.get("/api/jobs/one").statusCode()).isEqualTo(404);
  }

  @Test
  void a_job_without_its_package_fails_before_it_runs() {
    JsonNode job =
        ray.run(
            "job-badenv",
            """
            {"entrypoint": "echo r", "submission_id": "job-badenv",
             "runtime_env": {"working_dir": "gcs://_ray_pkg_0000000000000000.zip"}}
            """);
    assertThat(timeless(job)).isEqualTo(timeless(recorded("35-get-badenv").path("body")));
  }

  @ParameterizedTest
  @CsvSource({"gcs://evil.zip", "gcs://none.zip", "https://elsewhere/x.zip"})
  void a_package_that_cannot_be_unpacked_fails_too(String uri) {
    ray.put("/api/packages/gcs/none.zip", "no archive at all".getBytes(UTF_8));
    ray.put("/api/packages/gcs/evil.zip", zip(Map.of("../../evil", "x")));
    JsonNode job =
        ray.run(
            "evil",
            """
            {"entrypoint": "e", "submission_id": "evil", "runtime_env": {"working_dir": "%s"}}
            """
                .formatted(uri));
    assertThat(job.path("error_type").asText()).isEqualTo("RUNTIME_ENV_SETUP_FAILURE");
  }

  @Test
  void with_a_token_every_call_needs_it() {
    RayDashboardOptions options = RayDashboardOptions.in(directory.resolve("locked"));
    try (RayServer locked = new RayServer(options.withToken("secret"))) {
      HttpResponse<String> none = locked.get("/api/version");
      assertThat(none.statusCode()).isEqualTo(401);
      assertThat(none.body()).isEqualTo("Unauthorized: Missing authentication token");
      assertThat(version(locked, "Authorization", "Bearer wrong").statusCode()).isEqualTo(403);
      assertThat(version(locked, "Authorization", "Bearer secret").statusCode()).isEqualTo(200);
      assertThat(version(locked, "X-Ray-Authorization", "Bearer secret").statusCode())
          .isEqualTo(200);
      assertThat(locked.get("/").statusCode()).isEqualTo(200);
    }
    assertThat(options.withToken("secret").toString()).doesNotContain("secret");
  }

  private static HttpResponse<String> version(RayServer server, String header, String value) {
    return server.send(
        HttpRequest.newBuilder(server.uri("http", "/api/version")).header(header, value));
  }

  @Test
  void closing_ends_what_runs_and_leaves_nothing() {
    RayServer other = RayServer.in(directory.resolve("other"));
    other.submit("{\"entrypoint\": \"echo pid $$; sleep 60\", \"submission_id\": \"one\"}");
    org.awaitility.Awaitility.await().until(() -> other.logs("one").contains("\npid "));
    long pid = Long.parseLong(other.logs("one").replaceFirst("(?s).*\npid ", "").strip());
    other.close();
    assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
    assertThat(directory.resolve("other/ray")).doesNotExist();
  }
}
