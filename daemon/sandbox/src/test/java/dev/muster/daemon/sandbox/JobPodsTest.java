package dev.muster.daemon.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.sandbox.contract.Samples;
import dev.muster.daemon.sandbox.net.PodLog;
import dev.muster.daemon.sandbox.store.Json;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Pods of jobs, whose commands really run. */
final class JobPodsTest extends RunningSandbox {

  private static final String WRAPPERS =
      "/apis/workload.codeflare.dev/v1beta2/namespaces/default/appwrappers/";

  private static ObjectNode pod(String name, String script) {
    ObjectNode pod = Samples.pod(name);
    ObjectNode container = (ObjectNode) pod.at("/spec/containers/0");
    container.putArray("command").add("bash");
    container.putArray("args").add("-c").add(script);
    return pod;
  }

  private List<String> log(String pod, boolean follow) throws IOException, InterruptedException {
    List<String> texts = new ArrayList<>();
    try (PodLog.Lines lines = sandbox.logs().open("default", pod).orElseThrow().lines(follow)) {
      for (PodLog.Line line = lines.next(); line != null; line = lines.next()) {
        texts.add(line.text());
      }
    }
    return texts;
  }

  @Test
  void a_command_runs_to_its_end_with_its_variables() throws Exception {
    ObjectNode pod = pod("one", "echo $HOSTNAME $A; echo done >&2");
    ((ObjectNode) pod.get("spec")).put("hostname", "rank0");
    ((ObjectNode) pod.at("/spec/containers/0"))
        .putArray("env")
        .addObject()
        .put("name", "A")
        .put("value", "b");
    create(PODS, pod);
    JsonNode status = awaitField(PODS + "one", "/status/phase", "Succeeded").path("status");
    JsonNode ended = status.at("/containerStatuses/0/state/terminated");
    assertThat(ended.path("exitCode").asInt(-1)).isZero();
    assertThat(ended.path("reason").asText()).isEqualTo("Completed");
    assertThat(status.at("/containerStatuses/0/ready").asBoolean(true)).isFalse();
    assertThat(log("one", true)).containsExactly("rank0 b", "done");
  }

  @Test
  void a_command_that_fails_tells_its_exit_code() {
    create(PODS, pod("one", "exit 7"));
    JsonNode status = awaitField(PODS + "one", "/status/phase", "Failed").path("status");
    assertThat(status.at("/containerStatuses/0/state/terminated/exitCode").asInt()).isEqualTo(7);
    assertThat(status.at("/containerStatuses/0/state/terminated/reason").asText())
        .isEqualTo("Error");
  }

  @Test
  void a_missing_command_fails_as_in_a_container() {
    ObjectNode pod = Samples.pod("one");
    ((ObjectNode) pod.at("/spec/containers/0")).putArray("command").add("no-such-command");
    create(PODS, pod);
    JsonNode status = awaitField(PODS + "one", "/status/phase", "Failed").path("status");
    assertThat(status.at("/containerStatuses/0/state/terminated/exitCode").asInt()).isEqualTo(127);
  }

  @Test
  void a_deleted_pod_ends_its_command() throws Exception {
    create(PODS, pod("one", "echo $$; sleep 60"));
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                sandbox.logs().open("default", "one").isPresent() && !log("one", false).isEmpty());
    PodLog log = sandbox.logs().open("default", "one").orElseThrow();
    assertThat(log.running()).isTrue();
    long pid = Long.parseLong(log("one", false).getFirst());
    admin.delete(PODS + "one");
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> sandbox.logs().open("default", "one").isEmpty());
  }

  @Test
  void other_pods_only_seem_to_run() {
    ObjectNode serving = pod("serving", "exit 1");
    ((ObjectNode) serving.get("spec")).put("restartPolicy", "Always");
    create(PODS, serving);
    ObjectNode image = pod("image", "exit 1");
    ((ObjectNode) image.at("/spec/containers/0")).put("image", "no-such-image");
    create(PODS, image);
    create(PODS, Samples.pod("silent"));
    awaitField(PODS + "silent", "/status/phase", "Running");
    awaitField(PODS + "serving", "/status/phase", "Running");
    awaitField(
        PODS + "image", "/status/containerStatuses/0/state/waiting/reason", "ImagePullBackOff");
    assertThat(sandbox.logs().open("default", "image")).isEmpty();
    assertThat(sandbox.logs().open("default", "serving")).isEmpty();
  }

  private ObjectNode wrapper(String... scripts) {
    ObjectNode service = Json.object().put("apiVersion", "v1").put("kind", "Service");
    service.putObject("metadata").put("name", "job");
    service
        .putObject("spec")
        .put("clusterIP", "None")
        .putArray("ports")
        .addObject()
        .put("port", 29500);
    ObjectNode wrapper = Samples.wrapped(service, "");
    ArrayNode components = (ArrayNode) wrapper.at("/spec/components");
    for (int i = 0; i < scripts.length; i++) {
      components.addObject().set("template", pod("job-" + i, scripts[i]));
    }
    return wrapper;
  }

  @Test
  void an_appwrapper_of_two_pods_succeeds_with_them() throws Exception {
    create(WRAPPERS, wrapper("echo a", "echo b"));
    awaitField(WRAPPERS + "job", "/status/phase", "Succeeded");
    assertThat(log("job-1", true)).containsExactly("b");
  }

  @Test
  void an_appwrapper_fails_with_its_pods_after_its_retries() {
    ObjectNode wrapper = wrapper("exit 0", "exit 3");
    ((ObjectNode) wrapper.get("metadata"))
        .putObject("annotations")
        .put("workload.codeflare.dev.appwrapper/retryLimit", "1");
    create(WRAPPERS, wrapper);
    JsonNode failed = awaitField(WRAPPERS + "job", "/status/phase", "Failed");
    assertThat(failed.at("/status/resettingCount").asInt()).isEqualTo(1);
  }

  @Test
  void closing_the_sandbox_ends_all_commands_and_leaves_no_files() throws Exception {
    create(PODS, pod("one", "echo $$; sleep 60"));
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                sandbox.logs().open("default", "one").isPresent() && !log("one", false).isEmpty());
    long pid = Long.parseLong(log("one", false).getFirst());
    sandbox.close();
    assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
    assertThat(directory.toFile().list()).containsExactly("admin.kubeconfig");
  }
}
