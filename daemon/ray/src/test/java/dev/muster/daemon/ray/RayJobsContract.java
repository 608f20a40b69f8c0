package dev.muster.daemon.ray;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.core.Cancellation;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.ray.workdir.WorkingPackage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What holds of every dashboard: of Ray's own, and of what stands in for it. */
@Timeout(120)
abstract class RayJobsContract {
  private static final Duration A_WHILE = Duration.ofSeconds(60);

  @TempDir Path directory;

  private final Set<String> submitted = new HashSet<>();
  private HttpClient http;
  private RayJobs jobs;

  /** Where the dashboard is: "http://127.0.0.1:8265". Asked once a test. */
  abstract URI dashboard() throws IOException;

  /** The test is over. */
  void close() {}

  @BeforeEach
  void connect() throws IOException {
    http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    jobs = new HttpRayJobs(new RayEndpoint(http, dashboard(), Map::of, "the test"));
  }

  @AfterEach
  void cleanUp() {
    for (String id : submitted) {
      RayJob job = jobs.get(id).orElse(null);
      if (job != null) {
        jobs.stop(id);
      }
      // Ray keeps what waits for resources waiting, stopped or not, and deletes nothing of it.
      if (job != null && !job.status().equals("PENDING")) {
        await().atMost(A_WHILE).until(() -> gone(id));
      }
    }
    http.close();
    close();
  }

  private boolean gone(String id) {
    try {
      return jobs.get(id).isEmpty() || jobs.delete(id);
    } catch (Failure e) {
      return false;
    }
  }

  private static ObjectNode noEnv() {
    return RuntimeEnv.none().json();
  }

  private RaySubmission job(String id, String entrypoint, ObjectNode runtimeEnv) {
    return new RaySubmission(
        id, entrypoint, runtimeEnv, Map.of("owner", "me"), null, null, null, Map.of());
  }

  RayJobs jobs() {
    return jobs;
  }

  String submit(String entrypoint) {
    return submit(entrypoint, noEnv());
  }

  String submit(String entrypoint, ObjectNode runtimeEnv) {
    String id = "contract-" + UUID.randomUUID();
    submitted.add(id);
    assertThat(jobs.submit(job(id, entrypoint, runtimeEnv))).isEqualTo(id);
    return id;
  }

  private RayJob over(String id) {
    return await().atMost(A_WHILE).until(() -> jobs.get(id).orElseThrow(), RayJob::over);
  }

  private String log(String id) throws IOException {
    Lines lines = new Lines();
    jobs.logs(id, LogPlace.BEGINNING, lines);
    return lines.text();
  }

  String follow(String id) throws IOException {
    Lines lines = new Lines();
    jobs.follow(id, LogPlace.BEGINNING, lines, new Cancellation());
    return lines.text();
  }

  @Test
  void its_version_is_told() {
    assertThat(jobs.version()).matches("\\d+\\.\\d+.*");
  }

  @Test
  void modes_of_files_are_kept() throws Exception {
    Path script = Files.writeString(directory.resolve("run.sh"), "#!/bin/sh\necho ran\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));

    String uri =
        jobs().upload(new WorkingDirectory(directory), (done, all) -> {}, new Cancellation());

    assertThat(follow(submit("./run.sh", RuntimeEnv.none().withWorkingDir(uri).json())))
        .contains("ran\n");
  }

  @Test
  void a_job_that_succeeds_is_told_of_whole() throws Exception {
    String id = submit("echo to be; exit 0");

    RayJob job = over(id);

    assertThat(job.status()).isEqualTo("SUCCEEDED");
    assertThat(job.type()).isEqualTo("SUBMISSION");
    assertThat(job.id()).isEqualTo(id);
    assertThat(job.entrypoint()).isEqualTo("echo to be; exit 0");
    assertThat(job.message()).isEqualTo("Job finished successfully.");
    assertThat(job.errorType()).isEmpty();
    assertThat(job.metadata()).containsEntry("owner", "me");
    assertThat(job.exitCode()).isZero();
    assertThat(job.started()).isBefore(job.ended());
    assertThat(jobs.list()).extracting(RayJob::id).contains(id);
    assertThat(log(id)).contains("Running entrypoint for job " + id).contains("to be\n");
  }

  @Test
  void a_job_that_fails_says_why() {
    String id = submit("echo oh no; exit 3");

    RayJob job = over(id);

    assertThat(job.status()).isEqualTo("FAILED");
    assertThat(job.errorType()).isEqualTo("JOB_ENTRYPOINT_COMMAND_ERROR");
    assertThat(job.exitCode()).isEqualTo(3);
    assertThat(job.message()).contains("exit code 3").contains("oh no");
  }

  @Test
  void an_id_is_made_where_none_is_given() {
    String id = jobs.submit(job("", "echo x", noEnv()));
    submitted.add(id);

    assertThat(id).startsWith("raysubmit_");
    assertThat(jobs.get(id)).isPresent();
  }

  @Test
  void an_id_can_be_used_once() {
    String id = submit("echo x");

    Failure failure =
        catchThrowableOfType(Failure.class, () -> jobs.submit(job(id, "echo y", noEnv())));

    assertThat(failure.kind()).isEqualTo(Failure.Kind.EXISTS);
    assertThat(failure).hasMessageContaining(id).hasMessageContaining("already exists");
    assertThat(failure.getMessage()).doesNotContain("Traceback").doesNotContain("\n");
    assertThat(failure.getCause()).isInstanceOf(RayError.class).hasMessageContaining("Traceback");
  }

  @Test
  void a_job_that_is_not_there_is_not_found() {
    assertThat(jobs.get("nope")).isEmpty();
    assertNotFound(() -> jobs.stop("nope"));
    assertNotFound(() -> jobs.delete("nope"));
    assertNotFound(() -> log("nope"));
    assertNotFound(() -> follow("nope"));
  }

  private static void assertNotFound(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    Failure failure = catchThrowableOfType(Failure.class, call);
    assertThat(failure.kind()).isEqualTo(Failure.Kind.NOT_FOUND);
    assertThat(failure).hasMessageContaining("nope");
  }

  @Test
  void a_running_job_is_stopped_and_then_deleted() {
    String id = submit("sleep 600");
    await().atMost(A_WHILE).until(() -> jobs.get(id).orElseThrow().status().equals("RUNNING"));

    Failure early = catchThrowableOfType(Failure.class, () -> jobs.delete(id));
    assertThat(early.kind()).isEqualTo(Failure.Kind.FAILED);
    assertThat(early).hasMessageContaining("non-terminal state").hasMessageContaining("Stop it");

    assertThat(jobs.stop(id)).isTrue();
    assertThat(over(id).status()).isEqualTo("STOPPED");
    assertThat(jobs.stop(id)).isFalse();
    assertThat(jobs.delete(id)).isTrue();
    assertThat(jobs.get(id)).isEmpty();
  }

  @Test
  void a_job_runs_in_the_directory_that_was_sent_with_its_environment() throws Exception {
    Path tree = Files.createDirectories(directory.resolve("tree"));
    Files.writeString(tree.resolve("run.sh"), "cat data/word\necho $GREETING\nls -A\n");
    Files.writeString(Files.createDirectories(tree.resolve("data")).resolve("word"), "grün\n");
    Files.createDirectories(tree.resolve("empty"));
    Files.writeString(tree.resolve("big.bin"), UUID.randomUUID().toString());
    Files.writeString(tree.resolve(".rayignore"), "*.bin\n");

    String uri = jobs.upload(new WorkingDirectory(tree), (done, all) -> {}, new Cancellation());
    String id =
        submit(
            "sh run.sh",
            RuntimeEnv.none()
                .withWorkingDir(uri)
                .withEnv(Map.of("GREETING", "good-morning"))
                .json());

    // Ray's own lines can come between.
    assertThat(follow(id).lines())
        .containsSubsequence("grün", "good-morning", ".rayignore", "data", "empty", "run.sh")
        .doesNotContain("big.bin");
    RayJob job = over(id);
    assertThat(job.status()).isEqualTo("SUCCEEDED");
    assertThat(job.runtimeEnv().path("working_dir").asText()).isEqualTo(uri);
    assertThat(job.raw().toString()).contains("GREETING").doesNotContain("good-morning");
  }

  @Test
  void a_job_imports_the_modules_that_were_sent() throws Exception {
    Path lib = Files.createDirectories(directory.resolve("parts/somelib"));
    Files.writeString(lib.resolve("__init__.py"), "WORD = 'from-a-directory'\n");
    Path one = Files.writeString(directory.resolve("single.py"), "WORD = 'from-a-file'\n");
    Path zip = directory.resolve("app.zip");
    Path app = Files.createDirectories(directory.resolve("app"));
    Files.writeString(
        app.resolve("main.py"), "import somelib, single\nprint(somelib.WORD, single.WORD)\n");
    WorkingPackage.of(app, List.of(), () -> false).write(zip);
    List<String> modules = new ArrayList<>();
    for (LocalFiles module :
        List.of(new LocalModule(lib, List.of()), new LocalModule(one, List.of()))) {
      modules.add(jobs.upload(module, (done, all) -> {}, new Cancellation()));
    }
    String work = jobs.upload(new LocalArchive(zip), (done, all) -> {}, new Cancellation());

    String id =
        submit(
            "python3 main.py",
            RuntimeEnv.parse("py_modules: [a, b]", "text")
                .withModules(modules)
                .withWorkingDir(work)
                .json());

    assertThat(follow(id)).contains("from-a-directory from-a-file");
    assertThat(over(id).status()).isEqualTo("SUCCEEDED");
  }

  @Test
  void a_package_is_sent_once() throws Exception {
    Path tree = Files.createDirectories(directory.resolve("once"));
    Files.writeString(tree.resolve("file"), UUID.randomUUID().toString());
    WorkingDirectory working = new WorkingDirectory(tree);
    Progressed first = new Progressed();
    Progressed second = new Progressed();

    String uri = jobs.upload(working, first, new Cancellation());

    assertThat(jobs.upload(working, second, new Cancellation())).isEqualTo(uri);
    assertThat(first.done).isPositive().isEqualTo(first.all);
    assertThat(second.done).isZero();
  }

  @Test
  void a_log_is_followed_to_its_last_byte() throws Exception {
    String id = submit("for i in 1 2 3 4 5; do echo täglich $i; sleep 0.4; done; printf end");

    String followed = follow(id);

    assertThat(jobs.get(id).orElseThrow().over()).isTrue();
    assertThat(followed).isEqualTo(log(id)).endsWith("täglich 4\ntäglich 5\nend");
  }

  @Test
  void a_long_log_is_followed_without_loss() throws Exception {
    String id = submit("seq 1 20000; sleep 2; seq 20001 30000");

    List<String> lines = follow(id).lines().filter(line -> line.matches("\\d+")).toList();

    assertThat(lines).hasSize(30_000).last().isEqualTo("30000");
    assertThat(new HashSet<>(lines)).hasSize(30_000);
  }

  @Test
  void a_log_of_a_job_that_is_over_ends_at_once() throws Exception {
    String id = submit("echo done");
    over(id);

    assertThat(follow(id)).isEqualTo(log(id)).contains("done\n");
  }

  @Test
  void following_ends_when_it_is_cancelled() throws Exception {
    String id = submit("echo begun; sleep 600");
    Lines lines = new Lines();
    Cancellation cancellation = new Cancellation();
    Thread follower =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    jobs.follow(id, LogPlace.BEGINNING, lines, cancellation);
                  } catch (IOException e) {
                    throw new AssertionError(e);
                  }
                });
    await().atMost(A_WHILE).until(() -> lines.text().contains("begun\n"));

    cancellation.cancel();

    assertThat(follower.join(Duration.ofSeconds(10))).isTrue();
  }

  @Test
  void a_job_that_waits_for_resources_has_no_log_yet() throws Exception {
    String id = "contract-" + UUID.randomUUID();
    submitted.add(id);
    jobs.submit(
        new RaySubmission(
            id,
            "echo x",
            noEnv(),
            Map.of(),
            0.5,
            0.0,
            1_000_000L,
            Map.of("nothing-has-this", 1.0)));

    assertThat(jobs.get(id).orElseThrow().status()).isEqualTo("PENDING");
    assertThat(log(id)).isEmpty();
  }

  /** Keeps what a log handed over. */
  static final class Lines implements RayJobs.LogSink {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final StringBuilder notes = new StringBuilder();

    @Override
    public synchronized void write(ByteBuffer next) {
      byte[] copy = new byte[next.remaining()];
      next.get(copy);
      bytes.writeBytes(copy);
    }

    @Override
    public synchronized void note(String sentence) {
      notes.append(sentence).append('\n');
    }

    synchronized String text() {
      return bytes.toString(UTF_8);
    }

    synchronized String notes() {
      return notes.toString();
    }
  }

  private static final class Progressed implements RayJobs.Progress {
    private long done;
    private long all;

    @Override
    public void at(long sent, long total) {
      done = sent;
      all = total;
    }
  }
}
