package dev.muster.daemon.kubernetes.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.core.Row;
import dev.muster.daemon.core.State;
import dev.muster.daemon.kubernetes.Yaml;
import dev.muster.daemon.ray.RayJob;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobRowsTest {
  private static final Cluster DEMO = new Cluster("team", "demo", "u1");

  private static Row row(RayJob job) {
    return SubmissionRow.of("me", DEMO, job, null, JobsFixture.NOON);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          PENDING | Job has not started yet. | STARTING | false | Job has not started yet.
          PENDING | Job has not started yet. It may be waiting for resources (CPUs). | QUEUED | false | Job has not started yet. It may be waiting for resources (CPUs).
          RUNNING | Job is currently running. | RUNNING | true | ''
          SUCCEEDED | Job finished successfully. | SUCCEEDED | false | ''
          STOPPED | Job was intentionally stopped. | STOPPED | false | Job was intentionally stopped.
          FAILED | runtime_env setup failed: Failed.\\nOSError: gone.\\n | FAILED | false | OSError: gone.
          PAUSED | By a newer Ray. | UNKNOWN | false | By a newer Ray.
          """)
  void rays_word_is_kept_beside_ours(
      String status, String message, State state, boolean ready, String reason) {
    Row row = row(MemoryRay.job("one", status, message.replace("\\n", "\n"), null, Map.of()));

    assertThat(row.state()).isEqualTo(state);
    assertThat(row.nativeState()).isEqualTo(status);
    assertThat(row.ready()).isEqualTo(ready);
    assertThat(row.reason()).isEqualTo(reason);
    assertThat(row.cells().split("\t", -1)[6]).isEqualTo(status);
  }

  @Test
  void a_failed_job_says_how_it_ended_and_with_which_last_words() {
    String message = "Job entrypoint command failed with exit code 3, last logs:\nhi\nboom\n\n";
    assertThat(row(MemoryRay.job("one", "FAILED", message, 3, Map.of())).reason())
        .isEqualTo("exit code 3: boom");
    assertThat(row(MemoryRay.job("one", "FAILED", "It failed.", 1, Map.of())).reason())
        .isEqualTo("exit code 1");
  }

  @Test
  void it_is_dated_by_rays_clock() {
    Row running = row(MemoryRay.job("one", "RUNNING"));
    assertThat(running.created()).isEqualTo(MemoryRay.START);
    assertThat(running.changed()).isNull();
    assertThat(row(MemoryRay.job("one", "PENDING")).changed()).isEqualTo(MemoryRay.START);
    assertThat(row(MemoryRay.job("one", "STOPPED")).changed())
        .isEqualTo(MemoryRay.START.plusSeconds(60));
  }

  @Test
  void its_metadata_are_labels_and_long_messages_are_cut() {
    String message = "x".repeat(10_000) + "end";
    Row row =
        row(
            MemoryRay.job(
                "one", "FAILED", message, null, Map.of("team", "a", "owner", "me", "n", "a\nb")));

    assertThat(row.labels()).isEqualTo("owner=me\nteam=a");
    JsonNode details = Yaml.fromJson(row.details());
    assertThat(details.path("message").asText()).hasSize(4_000).endsWith("end");
    assertThat(details.path("metadata").path("owner").asText()).isEqualTo("me");
    assertThat(row.object().length()).isLessThan(5_000);
  }

  @Test
  void what_an_entrypoint_asked_for_is_shown_as_far_as_it_is_known() {
    RayJob job = MemoryRay.job("one", "RUNNING");
    assertThat(row(job).cells())
        .isEqualTo("one\tone\t-\tdemo\tteam\t-\tRUNNING\tray\tpython main.py\t");

    ObjectNode asked = SubmissionRow.requested(2.0, 0.5, 1L << 30, Map.of("TPU", 4.0));
    Row row = SubmissionRow.of("me", DEMO, job, asked, JobsFixture.NOON);
    assertThat(row.cells().split("\t")[5]).isEqualTo("2 CPU, 0.5 GPU, 1Gi, 4 TPU");

    ((ObjectNode) job.raw()).put("entrypoint_num_cpus", 3).put("entrypoint_memory", 1000);
    ((ObjectNode) job.raw()).putObject("entrypoint_resources").put("x", 1);
    assertThat(row(job).cells().split("\t")[5]).isEqualTo("3 CPU, 1k, 1 x");
    assertThat(SubmissionRow.requested(null, null, null, Map.of()).isEmpty()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          python muster_ddp.py --name a --nodes 1:3 --procs 1 --cpus 2 --gpus 1 --memory 1000000 t.py --cpus 9 --nodes 9 x | 6 CPU, 3 GPU, 3M
          python muster_ddp.py --nodes 2 --procs 1 --cpus 1 --gpus 0 -m mod | 2 CPU
          python other.py --nodes 2 --cpus 1 x | -
          """)
  void a_distributed_job_shows_what_its_nodes_ask_for(String entrypoint, String resources) {
    RayJob job = MemoryRay.job("one", "RUNNING");
    Row row =
        row(
            new RayJob(
                job.type(),
                "",
                "one",
                "RUNNING",
                entrypoint,
                "",
                "",
                job.started(),
                null,
                Map.of(),
                job.runtimeEnv(),
                null,
                job.raw()));

    assertThat(row.cells().split("\t")[5]).isEqualTo(resources);
    assertThat(Yaml.fromJson(row.details()).path("resources").asText()).isEqualTo(resources);
    assertThat(Yaml.fromJson(row.details()).path("requested").isEmpty()).isTrue();
  }

  @Test
  void a_program_that_connected_by_itself_is_marked() {
    Row row =
        row(
            new RayJob(
                "DRIVER",
                "02000000",
                "",
                "RUNNING",
                "",
                "",
                "",
                null,
                null,
                Map.of(),
                MissingNode.getInstance(),
                null,
                MissingNode.getInstance()));

    assertThat(row.cells())
        .isEqualTo("02000000\t-\t02000000\tdemo\tteam\t-\tRUNNING\tray driver\t\t");
    assertThat(row.uid()).isEqualTo("u1/02000000/");
    assertThat(row.created()).isEqualTo(Instant.EPOCH);
    assertThat(row.object()).isEqualTo("{}");
  }

  @Test
  void of_environment_variables_only_the_names_are_kept() {
    ObjectNode env = Yaml.JSON.createObjectNode();
    env.putObject("env_vars").putNull("TOKEN");
    env.put("working_dir", "gcs://x.zip");
    RayJob job = MemoryRay.job("one", "RUNNING");
    Row row =
        row(
            new RayJob(
                job.type(),
                "",
                "one",
                "RUNNING",
                "e",
                "",
                "",
                job.started(),
                null,
                Map.of(),
                env,
                null,
                job.raw()));

    JsonNode details = Yaml.fromJson(row.details());
    assertThat(details.path("envVars").toString()).isEqualTo("[\"TOKEN\"]");
    assertThat(details.path("workingDir").asText()).isEqualTo("gcs://x.zip");
  }

  @Test
  void what_is_told_of_an_appwrapper_is_told_in_the_words_of_jobs() {
    assertThat(WrappedJobRow.words("AppWrapper ddp is SUSPENDED: x; muster resume lets it go on."))
        .isEqualTo("Job ddp is SUSPENDED: x; muster resubmit lets it go on.");
    assertThat(WrappedJobRow.words("of its AppWrapper ddp")).isEqualTo("of its AppWrapper ddp");
  }

  @Test
  void an_appwrapper_shows_what_its_pods_run_and_ask_for(@TempDir Path directory) {
    try (JobsFixture fixture = new JobsFixture(directory)) {
      Row row =
          WrappedJobRow.of(
              fixture.wrapper("team", "ddp", "Succeeded", "torchx.pytorch.org/app-name: ddp"));

      assertThat(row.cells())
          .isEqualTo(
              "ddp\t-\t-\t-\tteam\t1 CPU, 2 GPU, 4Gi\tSUCCEEDED\tkubernetes\tbash -c torchrun"
                  + " x.py\t");
      JsonNode details = Yaml.fromJson(row.details());
      assertThat(details.path("scheduler").asText()).isEqualTo("kubernetes");
      assertThat(details.path("pods").asInt()).isEqualTo(2);
      assertThat(details.path("image").asText()).isEqualTo("img");
      assertThat(details.path("ended").asText()).isEqualTo("2026-11-21T11:10:00Z");
      assertThat(row.owner()).isEqualTo("AppWrapper/ddp");
      assertThat(row.object()).doesNotContain("canary");
    }
  }
}
