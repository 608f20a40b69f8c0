package dev.muster.daemon.kubernetes.ddp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.daemon.core.Caller;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.kubernetes.Yaml;
import dev.muster.daemon.kubernetes.ddp.DdpRay.ClusterSize;
import dev.muster.daemon.kubernetes.ddp.DdpRay.Prepared;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DdpRayTest {
  private static final ClusterSize SIZE = new ClusterSize(3, 8, 2, 16_000_000_000L);

  @TempDir Path directory;

  @BeforeEach
  void aScript() throws IOException {
    Files.writeString(directory.resolve("train.py"), "");
  }

  private Prepared prepare(String fields, ClusterSize size) {
    Caller caller = new Caller(directory, Map.of(), false);
    String text = "script: train.py\n" + fields.replace(';', '\n');
    DdpDefinition definition = DdpDefinitions.load(caller, "", "a.job.yaml", text, Map.of());
    return DdpRay.prepare(caller, definition, size);
  }

  private String entrypoint(String fields) {
    return prepare(fields, SIZE).submission().entrypoint();
  }

  @Test
  void what_is_not_said_is_taken_from_the_cluster() {
    Prepared prepared = prepare("", SIZE);

    assertThat(prepared.submission().entrypoint())
        .isEqualTo(
            "python muster_ddp.py --name train --nodes 3 --procs 2 --cpus 8 --gpus 2 train.py");
    assertThat(prepared.submission().id()).isEqualTo("train");
    assertThat(prepared.submission().runtimeEnv()).isEmpty();
    assertThat(prepared.submission().metadata())
        .isEqualTo(Map.of("name", "train", "submitted_by", "muster"));
    assertThat(prepared.directory()).isEqualTo(directory);
    assertThat(prepared.warnings()).isEmpty();
    assertThat(new String(prepared.extras().get("muster_ddp.py"), StandardCharsets.UTF_8))
        .contains("def torchrun(");
    assertThat(prepare("", new ClusterSize(1, 0, 0, 0)).submission().entrypoint())
        .contains("--nodes 1 --procs 1 --cpus 1 --gpus 0 ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "j: 1:2x4;cpu: 3;gpu: 0 | --nodes 1:2 --procs 4 --cpus 3 --gpus 0 train.py",
        "j: 2 | --nodes 2 --procs 2 --cpus 8 --gpus 2 train.py",
        "memMB: 8192 | --gpus 2 --memory 8192000000 train.py",
        "memMB: 16000 | --gpus 2 train.py",
        "rdzv_port: 29500;rdzv_backend: static;max_retries: 2 | --gpus 2 --backend static --retries 2"
            + " train.py",
        "rdzv_port: 30000 | --gpus 2 --port 30000 train.py",
        "script_args: [-x, a b, '$(id)', --name] | --gpus 2 train.py -x 'a b' '$(id)' --name",
      })
  void the_driver_is_told_what_the_definition_says(String fields, String end) {
    assertThat(entrypoint(fields)).endsWith(" " + end);
  }

  @Test
  void a_module_is_called_as_one() {
    Caller caller = new Caller(directory, Map.of(), false);
    DdpDefinition definition = DdpDefinitions.load(caller, "", "", "m: package.train", Map.of());

    assertThat(DdpRay.prepare(caller, definition, SIZE).submission().entrypoint())
        .endsWith("--gpus 2 -m package.train");
  }

  @Test
  void variables_and_packages_are_the_runtime_environment() throws IOException {
    Files.writeString(directory.resolve("requirements.txt"), "# packages\n\n torch==2.5 \nnumpy\n");

    Prepared prepared =
        prepare("env: {A: '1'};scheduler_args: {requirements: requirements.txt}", SIZE);

    assertThat(Yaml.json(prepared.submission().runtimeEnv()))
        .isEqualTo("{\"env_vars\":{\"A\":\"1\"},\"pip\":[\"torch==2.5\",\"numpy\"]}");
    assertThatThrownBy(() -> prepare("scheduler_args: {requirements: none.txt}", SIZE))
        .isInstanceOf(Failure.class)
        .hasMessage("The requirements " + directory + "/none.txt cannot be read.");
  }

  @Test
  void what_a_cluster_cannot_do_is_said() {
    assertThat(prepare("j: 5x1", SIZE).warnings())
        .containsExactly("The job waits for 5 nodes, and the cluster has a head and 3 workers.");
    assertThat(prepare("j: 3x1", new ClusterSize(1, 1, 0, 0)).warnings())
        .containsExactly("The job waits for 3 nodes, and the cluster has a head and 1 worker.");
    assertThat(prepare("image: a", SIZE).warnings())
        .containsExactly("image changes nothing on a Ray cluster: its pods are there already.");
    assertThat(prepare("h: a;mounts: ['type=bind,src=/a,dst=/b']", SIZE).warnings())
        .containsExactly("mounts, h change nothing on a Ray cluster: its pods are there already.");
    assertThatThrownBy(() -> prepare("", new ClusterSize(0, 1, 0, 0)))
        .isInstanceOf(Failure.class)
        .hasMessage(
            "The cluster has no workers, so say how many nodes the job has: --j"
                + " NODESxPROCESSES.");
  }
}
