package dev.muster.daemon.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.sandbox.contract.Samples;
import dev.muster.daemon.sandbox.contract.WatchProbe;
import dev.muster.daemon.sandbox.store.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RayJobs, as KubeRay's operator takes them from state to state. */
final class RayJobsTest extends RunningSandbox {

  private static final String PHASE = "/status/jobDeploymentStatus";

  private static ObjectNode job(String name, String entrypoint) {
    ObjectNode job = Json.object().put("apiVersion", "ray.io/v1").put("kind", "RayJob");
    job.putObject("metadata").put("name", name);
    ObjectNode spec = job.putObject("spec").put("entrypoint", entrypoint);
    ObjectNode cluster = (ObjectNode) Samples.demo(name).get("spec");
    cluster.remove("workerGroupSpecs");
    spec.set("rayClusterSpec", cluster);
    return job;
  }

  private static ObjectNode spec(ObjectNode job) {
    return (ObjectNode) job.get("spec");
  }

  private static ObjectNode on(String cluster, String name, String entrypoint) {
    ObjectNode job = job(name, entrypoint);
    spec(job).remove("rayClusterSpec");
    spec(job).putObject("clusterSelector").put("ray.io/cluster", cluster);
    return job;
  }

  private JsonNode awaitPhase(String job, String phase) {
    return awaitField(JOBS + job, PHASE, phase).path("status");
  }

  private static HttpRequest.Builder request() {
    return HttpRequest.newBuilder();
  }

  @Test
  void a_job_runs_on_a_cluster_of_its_own() {
    create(JOBS, job("job-ok", "echo hi"));
    JsonNode status = awaitPhase("job-ok", "Complete");
    String cluster = status.path("rayClusterName").asText();
    assertThat(cluster).matches("job-ok-[a-z0-9]{5}");
    assertThat(status.path("jobId").asText()).matches("job-ok-[a-z0-9]{5}");
    assertThat(status.path("dashboardURL").asText())
        .isEqualTo(cluster + "-head-svc.default.svc.cluster.local:8265");
    assertThat(status.path("jobStatus").asText()).isEqualTo("SUCCEEDED");
    assertThat(status.path("message").asText()).isEqualTo("Job finished successfully.");
    assertThat(status.path("succeeded").asInt()).isEqualTo(1);
    assertThat(status.path("failed").asInt(-1)).isZero();
    assertThat(status.path("startTime").asText()).endsWith("Z");
    assertThat(status.path("endTime").asText()).endsWith("Z");
    assertThat(status.at("/rayClusterStatus/state").asText()).isEqualTo("ready");
    assertThat(status.at("/rayJobInfo/endTime").asText()).endsWith("Z");
    assertThat(status.has("reason")).isFalse();
    JsonNode made = admin.get(CLUSTERS + cluster).body();
    assertThat(made.at("/metadata/ownerReferences/0/name").asText()).isEqualTo("job-ok");
    assertThat(made.at("/metadata/ownerReferences/0/controller").asBoolean()).isTrue();
    assertThat(ray(head(cluster), request(), "/api/jobs/").body()).contains("echo hi");
    assertThat(admin.get(JOBS + "job-ok").body().at("/metadata/finalizers/0").asText())
        .isEqualTo("ray.io/rayjob-finalizer");
  }

  private static ObjectNode secret(String name, byte[] zip) {
    ObjectNode secret = Json.object().put("apiVersion", "v1").put("kind", "Secret");
    secret.putObject("metadata").put("name", name);
    secret.putObject("data").put("working_dir.zip", zip);
    return secret;
  }

  private static byte[] zip(String name, String content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry(name));
      zip.write(content.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  /** As muster and codeflare-sdk make it: an init container unpacks a Secret's file. */
  private static void unpacks(ObjectNode job, String secret) {
    spec(job).put("runtimeEnvYAML", "working_dir: /unpacked");
    ObjectNode pod = spec(job).putObject("submitterPodTemplate").putObject("spec");
    ObjectNode init = pod.putArray("initContainers").addObject().put("name", "unzip");
    ArrayNode mounts = init.put("image", "any").putArray("volumeMounts");
    mounts.addObject().put("name", "to").put("mountPath", "/unpacked");
    mounts.addObject().put("name", "from").put("mountPath", "/packed");
    ObjectNode submits = pod.putArray("containers").addObject().put("name", "submitter");
    submits
        .put("image", "any")
        .putArray("volumeMounts")
        .addObject()
        .put("name", "to")
        .put("mountPath", "/unpacked");
    ArrayNode volumes = pod.putArray("volumes");
    volumes.addObject().put("name", "to").putObject("emptyDir");
    volumes.addObject().put("name", "from").putObject("secret").put("secretName", secret);
  }

  @Test
  void a_job_waits_for_the_secret_with_its_files_and_runs_among_them() throws Exception {
    ObjectNode job = job("files", "cat data.txt");
    unpacks(job, "files-files");
    create(JOBS, job);
    String cluster = awaitPhase("files", "Running").path("rayClusterName").asText();
    assertThat(ray(head(cluster), request(), "/api/jobs/").body()).isEqualTo("[]");

    create("/api/v1/namespaces/default/secrets/", secret("files-files", zip("data.txt", "seven")));
    String id = awaitPhase("files", "Complete").path("jobId").asText();
    assertThat(ray(head(cluster), request(), "/api/jobs/" + id + "/logs").body()).contains("seven");
  }

  @Test
  void its_states_come_in_the_recorded_order() throws Exception {
    try (WatchProbe watch = admin.watch(JOBS.substring(0, JOBS.length() - 1))) {
      create(JOBS, job("job-ok", "sleep 1"));
      awaitPhase("job-ok", "Complete");
      watch.await(event -> event.at("/object" + PHASE).asText().equals("Complete"));
      assertThat(watch.values("/object" + PHASE))
          .containsSubsequence("", "Initializing", "Running", "Complete");
      // The operator looks now and then: what does not last may pass unseen.
      assertThat(List.of("", "PENDING", "RUNNING", "SUCCEEDED"))
          .containsSubsequence(watch.values("/object/status/jobStatus"));
      assertThat(watch.values("/object/status/jobStatus")).contains("RUNNING", "SUCCEEDED");
    }
  }

  @Test
  void a_job_that_fails_says_so() {
    create(JOBS, job("job-fail", "echo no; exit 1"));
    JsonNode status = awaitPhase("job-fail", "Failed");
    assertThat(status.path("jobStatus").asText()).isEqualTo("FAILED");
    assertThat(status.path("reason").asText()).isEqualTo("AppFailed");
    assertThat(status.path("message").asText())
        .startsWith("Job entrypoint command failed with exit code 1")
        .endsWith("\nno\n");
    assertThat(status.path("failed").asInt()).isEqualTo(1);
    assertThat(status.path("succeeded").asInt(-1)).isZero();
  }

  @Test
  void a_job_is_tried_again_on_another_cluster() {
    ObjectNode job = job("again", "exit 1");
    spec(job).put("backoffLimit", 1);
    create(JOBS, job);
    JsonNode first = awaitPhase("again", "Running");
    JsonNode last = awaitPhase("again", "Failed");
    assertThat(last.path("failed").asInt()).isEqualTo(2);
    assertThat(last.path("rayClusterName").asText())
        .isNotEqualTo(first.path("rayClusterName").asText());
    awaitGone(CLUSTERS + first.path("rayClusterName").asText());
  }

  @Test
  void a_job_submits_what_its_spec_says() {
    create(CLUSTERS, Samples.demo("shared"));
    String head = head("shared");
    ObjectNode job = on("shared", "one", "echo $A");
    spec(job)
        .put("submissionMode", "HTTPMode")
        .put("jobId", "mine")
        .put("runtimeEnvYAML", "env_vars: {A: b}\n")
        .put("entrypointNumCpus", 1);
    spec(job).putObject("metadata").put("owner", "me");
    create(JOBS, job);
    assertThat(awaitPhase("one", "Complete").path("rayClusterName").asText()).isEqualTo("shared");
    assertThat(ray(head, request(), "/api/jobs/mine").body())
        .contains("\"metadata\":{\"owner\":\"me\"}", "\"env_vars\":{\"A\":\"b\"}");
    assertThat(ray(head, request(), "/api/jobs/mine/logs").body()).contains("\\nb\\n");
    admin.delete(JOBS + "one");
    awaitGone(JOBS + "one");
    assertThat(admin.get(CLUSTERS + "shared").code()).isEqualTo(200);
  }

  @Test
  void an_existing_submission_is_followed() {
    create(CLUSTERS, Samples.demo("shared"));
    String head = head("shared");
    String body = "{\"entrypoint\": \"exit 4\", \"submission_id\": \"mine\"}";
    ray(head, request().POST(BodyPublishers.ofString(body)), "/api/jobs/");
    ObjectNode job = on("shared", "one", "echo never");
    spec(job).put("jobId", "mine");
    create(JOBS, job);
    assertThat(awaitPhase("one", "Failed").path("message").asText()).contains("exit code 4");
  }

  @Test
  void a_refused_submission_fails_the_job() {
    create(CLUSTERS, Samples.demo("shared"));
    ObjectNode job = on("shared", "one", "echo hi");
    spec(job).put("entrypointResources", "{\"a");
    create(JOBS, job);
    JsonNode status = awaitPhase("one", "Failed");
    assertThat(status.path("reason").asText()).isEqualTo("SubmissionFailed");
    assertThat(status.path("message").asText())
        .isEqualTo("TypeError: entrypoint_resources must be a dict, got <class 'str'>");
  }

  @Test
  void an_interactive_job_waits_for_its_submission() {
    ObjectNode job = job("hand", "");
    spec(job).put("submissionMode", "InteractiveMode");
    create(JOBS, job);
    JsonNode waiting = awaitPhase("hand", "Waiting");
    assertThat(waiting.has("jobId")).isFalse();
    admin.merge(JOBS + "hand", "{\"spec\": {\"jobId\": \"by-hand\"}}");
    awaitPhase("hand", "Running");
    String head = head(waiting.path("rayClusterName").asText());
    String body = "{\"entrypoint\": \"echo hi\", \"submission_id\": \"by-hand\"}";
    ray(head, request().POST(BodyPublishers.ofString(body)), "/api/jobs/");
    assertThat(awaitPhase("hand", "Complete").path("jobId").asText()).isEqualTo("by-hand");
  }

  @Test
  void a_suspended_job_has_no_cluster_and_runs_again() {
    ObjectNode job = job("pause", "sleep 60");
    spec(job).put("shutdownAfterJobFinishes", true);
    create(JOBS, job);
    JsonNode running = awaitField(JOBS + "pause", "/status/jobStatus", "RUNNING").path("status");
    admin.merge(JOBS + "pause", "{\"spec\": {\"suspend\": true}}");
    JsonNode suspended = awaitPhase("pause", "Suspended");
    assertThat(suspended.has("rayClusterName")).isFalse();
    assertThat(suspended.has("jobId")).isFalse();
    assertThat(admin.get(CLUSTERS + running.path("rayClusterName").asText()).code()).isEqualTo(404);
    admin.merge(JOBS + "pause", "{\"spec\": {\"suspend\": false}}");
    awaitField(JOBS + "pause", "/status/jobStatus", "RUNNING");
  }

  @Test
  void a_finished_job_shuts_its_cluster_down_after_a_while() {
    ObjectNode job = job("tidy", "true");
    spec(job).put("shutdownAfterJobFinishes", true).put("ttlSecondsAfterFinished", 5);
    create(JOBS, job);
    String cluster = awaitPhase("tidy", "Complete").path("rayClusterName").asText();
    awaitGone(CLUSTERS + cluster);
    assertThat(admin.get(JOBS + "tidy").body().at(PHASE).asText()).isEqualTo("Complete");
  }

  @Test
  void a_job_has_a_deadline() {
    ObjectNode job = job("late", "sleep 60");
    spec(job).put("activeDeadlineSeconds", 20);
    create(JOBS, job);
    JsonNode status = awaitPhase("late", "Failed");
    assertThat(status.path("reason").asText()).isEqualTo("DeadlineExceeded");
    assertThat(status.path("message").asText())
        .startsWith("The RayJob has passed the activeDeadlineSeconds. StartTime: ");
  }

  @Test
  void a_deleted_job_ends_what_it_has_submitted() {
    create(CLUSTERS, Samples.demo("shared"));
    String head = head("shared");
    create(JOBS, on("shared", "one", "sleep 60"));
    String id =
        awaitField(JOBS + "one", "/status/jobStatus", "RUNNING").at("/status/jobId").asText();
    admin.delete(JOBS + "one");
    awaitGone(JOBS + "one");
    org.awaitility.Awaitility.await()
        .until(() -> ray(head, request(), "/api/jobs/" + id).body().contains("STOPPED"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'spec': {'clusterSelector': {'ray.io/cluster': 'c'}}}|cannot both be set",
        "{'spec': {'rayClusterSpec': null}}|one of RayClusterSpec or ClusterSelector must be set",
        "{'spec': {'rayClusterSpec': null, 'clusterSelector': {'ray.io/cluster': 'c'}, 'suspend':"
            + " true}}|the ClusterSelector mode doesn't support the suspend operation",
        "{'spec': {'rayClusterSpec': null, 'clusterSelector': {'ray.io/cluster': 'c'},"
            + " 'submissionMode': 'SidecarMode'}}|not supported in SidecarMode",
        "{'spec': {'suspend': true}}|is not allowed to be suspended",
        "{'spec': {'ttlSecondsAfterFinished': -1}}|must be a non-negative integer",
        "{'spec': {'ttlSecondsAfterFinished': 1}}|cannot have TTLSecondsAfterFinished",
        "{'spec': {'activeDeadlineSeconds': 0}}|activeDeadlineSeconds must be a positive",
        "{'spec': {'backoffLimit': -1}}|backoffLimit must be a positive integer",
        "{'spec': {'runtimeEnvYAML': 'a: b: c'}}|failed to unmarshal RuntimeEnvYAML",
        "{'spec': {'runtimeEnvYAML': '[a]'}}|failed to unmarshal RuntimeEnvYAML",
        "{'metadata': {'name': 'a-name-that-is-much-longer-than-any-name-of-a-job-may-be'}}|no more"
            + " than 47 characters",
      })
  void a_wrong_job_is_not_run(String change, String problem) throws Exception {
    ObjectNode job = job("wrong", "echo hi");
    JsonNode patch = Json.MAPPER.readTree(change.replace('\'', '"').replace("doesn\"t", "doesn't"));
    ObjectNode wrong = Json.MAPPER.updateValue(job, patch);
    wrong.withObject("spec").properties().removeIf(field -> field.getValue().isNull());
    String name = wrong.at("/metadata/name").asText();
    create(JOBS, wrong);
    JsonNode status = awaitPhase(name, "ValidationFailed");
    assertThat(status.path("reason").asText()).isEqualTo("ValidationFailed");
    assertThat(status.path("message").asText()).contains(problem);
  }

  @Test
  void a_cluster_that_the_api_refuses_keeps_the_job_waiting() {
    ObjectNode job = job("one", "echo hi");
    create(JOBS, job);
    awaitPhase("one", "Complete");
    sandbox.createNamespace("going");
    admin.post("/apis/ray.io/v1/namespaces/going/rayjobs", job);
    admin.delete("/api/v1/namespaces/going");
    awaitGone("/api/v1/namespaces/going");
  }

  @Test
  void a_job_in_a_queue_runs_when_it_is_admitted() {
    ObjectNode job = job("queued", "echo hi");
    ((ObjectNode) job.get("metadata"))
        .putObject("labels")
        .put("kueue.x-k8s.io/queue-name", "team-a");
    spec(job).put("shutdownAfterJobFinishes", true);
    assertThat(create(JOBS, job).at("/spec/suspend").asBoolean()).isTrue();
    awaitPhase("queued", "Complete");
    await(
        "/apis/kueue.x-k8s.io/v1beta1/namespaces/default/workloads",
        reply -> reply.text().contains("\"type\":\"Finished\""));
  }
}
