package dev.muster.daemon.kubernetes.ddp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.core.Caller;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.kubernetes.Yaml;
import dev.muster.daemon.kubernetes.define.Wrapper.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DdpPodsTest {
  private static final Archive NO_FILES = Archive.NONE;

  @TempDir Path directory;

  private final List<String> warnings = new ArrayList<>();

  private static DdpDefinition definition(String text) {
    Caller caller = new Caller(Path.of("/"), Map.of(), false);
    return DdpDefinitions.load(caller, "", "a.job.yaml", text, Map.of());
  }

  /** A job of two nodes, and more fields. */
  private static PodsJob job(String... more) {
    return PodsJob.of(
        definition(
            """
            script: /opt/train.py
            script_args: [--name, it's]
            cpu: 4
            gpu: 1
            memMB: 8192
            j: 2x1
            image: pytorch:2
            """
                + String.join("\n", more)),
        NO_FILES);
  }

  private ObjectNode manifest(PodsJob job, Shape shape, String queue) {
    return DdpPods.manifest(job, "team", shape, Optional.ofNullable(queue), warnings);
  }

  private ObjectNode manifest(PodsJob job) {
    return manifest(job, Shape.V1BETA2, null);
  }

  private static JsonNode expected(String name) throws IOException {
    try (InputStream stream = DdpPodsTest.class.getResourceAsStream("/ddp/" + name)) {
      return Yaml.parse(stream.readAllBytes(), name);
    }
  }

  private static JsonNode part(ObjectNode wrapper, int i) {
    return wrapper.path("spec").path("components").path(i).path("template");
  }

  private static String line(JsonNode pod) {
    return pod.path("spec").path("containers").path(0).path("command").path(2).asText();
  }

  private static String complaint(Runnable what) {
    Failure failure = catchThrowableOfType(Failure.class, what::run);
    assertThat(failure.kind()).isEqualTo(Failure.Kind.USAGE);
    return failure.getMessage();
  }

  @Test
  void two_nodes_are_two_pods_and_a_service_in_an_app_wrapper() throws IOException {
    PodsJob job = job("env: {SEED: '7'}", "max_retries: 2");

    assertThat(Yaml.write(manifest(job, Shape.V1BETA2, "team-queue")))
        .isEqualTo(Yaml.write(expected("two-nodes.yaml")));
    assertThat(warnings).isEmpty();
    assertThat(job).hasToString("PodsJob[train]");
  }

  @Test
  void an_older_server_gets_generic_items() throws IOException {
    PodsJob job = job("max_retries: 3", "scheduler_args: {priority: 5}");

    assertThat(Yaml.write(manifest(job, Shape.V1BETA1, null)))
        .isEqualTo(Yaml.write(expected("two-nodes-v1beta1.yaml")));
    assertThat(warnings).isEmpty();
    ObjectNode oldest = manifest(job(), Shape.MCAD, "q");
    assertThat(oldest.path("apiVersion").asText()).isEqualTo("mcad.ibm.com/v1beta1");
    assertThat(Yaml.json(oldest)).contains("\"appwrapper.mcad.ibm.com\":\"train\"");
    assertThat(warnings)
        .containsExactly(
            "The local queue q changes nothing: MCAD queues an AppWrapper of mcad.ibm.com/v1beta1,"
                + " and not Kueue.");
  }

  @Test
  void one_node_needs_no_service_and_no_port() {
    PodsJob alone =
        PodsJob.of(
            definition("m: train\ncpu: 1\ngpu: 0\nmemMB: 512\nj: 1x2\nimage: i\n"), NO_FILES);

    ObjectNode wrapper = manifest(alone);

    assertThat(wrapper.path("spec").path("components")).hasSize(1);
    assertThat(part(wrapper, 0).path("kind").asText()).isEqualTo("Pod");
    assertThat(Yaml.json(wrapper)).doesNotContain("RANK0_HOST", "containerPort");
  }

  @Test
  void the_scheduler_is_told_what_torchx_would_tell_it() throws IOException {
    ObjectNode wrapper =
        manifest(
            job(
                "h: aws_p3.8xlarge",
                "mounts: ['type=bind,src=/data,dst=/data,readonly', 'type=volume,src=c,dst=/out']",
                "scheduler_args: {service_account: sa, priority_class_name: high, priority: 3,"
                    + " image_secret: pull, coscheduler_name: co, network: fast}"));

    assertThat(Yaml.write(part(wrapper, 1))).isEqualTo(Yaml.write(expected("pod-group.yaml")));
    assertThat(Yaml.write(part(wrapper, 2))).isEqualTo(Yaml.write(expected("scheduled-pod.yaml")));
    assertThat(warnings)
        .containsExactly(
            "scheduler_args priority changes nothing: an AppWrapper of"
                + " workload.codeflare.dev/v1beta2 has none (priority_class_name names a class of"
                + " its pods').");
  }

  @Test
  void more_nodes_than_kueue_has_pod_sets_for_are_an_indexed_job() throws IOException {
    PodsJob many =
        PodsJob.of(
            definition("m: train\ncpu: 1\ngpu: 0\nmemMB: 512\nj: 9x1\nimage: i\n"), NO_FILES);

    ObjectNode wrapper = manifest(many);

    assertThat(wrapper.path("spec").path("components")).hasSize(2);
    assertThat(Yaml.write(wrapper.path("spec").path("components").path(1)))
        .isEqualTo(Yaml.write(expected("indexed.yaml")));
    assertThat(
            manifest(many, Shape.V1BETA1, null).path("spec").path("resources").path("GenericItems"))
        .hasSize(10);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "j: 1x4 | torchrun --rdzv_backend c10d --rdzv_endpoint localhost:0 --rdzv_id train --nnodes 1"
            + " --nproc_per_node 4 --tee 3 --role '' /opt/train.py",
        "j: 1:3 | torchrun --rdzv_backend c10d --rdzv_endpoint \"$MUSTER_RANK0_HOST:29500\" --rdzv_id"
            + " train --nnodes 1:3 --nproc_per_node 2 --tee 3 --role '' /opt/train.py",
        "j: 2x1;rdzv_port: 999;rdzv_backend: static | torchrun --rdzv_backend static --rdzv_endpoint"
            + " \"$MUSTER_RANK0_HOST:999\" --rdzv_id train --nnodes 2 --nproc_per_node 1 --node_rank"
            + " \"$MUSTER_RANK\" --tee 3 --role '' /opt/train.py",
        "j: 1x1;rdzv_backend: static;script_args: ['$(HOME)', \"a'b\"] | torchrun --rdzv_backend static"
            + " --rdzv_endpoint localhost:0 --rdzv_id train --nnodes 1 --nproc_per_node 1 --node_rank 0"
            + " --tee 3 --role '' /opt/train.py '$$(HOME)' 'a'\"'\"'b'",
      })
  void torchrun_is_called_as_torchx_calls_it(String fields, String line) {
    PodsJob job =
        PodsJob.of(
            definition(
                "script: /opt/train.py\ncpu: 1\ngpu: 2\nmemMB: 2048\nimage: i\n"
                    + fields.replace(';', '\n')),
            NO_FILES);
    ObjectNode wrapper = manifest(job);

    assertThat(line(part(wrapper, job.port() > 0 ? 1 : 0))).isEqualTo(line);
  }

  @Test
  void what_pods_need_and_nobody_said_is_listed() {
    assertThat(complaint(() -> PodsJob.of(definition("m: train\ngpu: 0"), NO_FILES)))
        .isEqualTo(
            "Job definition missing arg: cpu, memMB, j, image; pods need it (a job on a Ray"
                + " cluster, --cluster-name, takes it from there).");
  }

  @Test
  void a_command_line_is_one_pod() throws IOException {
    Map<String, List<String>> settings = new LinkedHashMap<>();
    settings.put("image", List.of("busybox"));
    settings.put("cpu", List.of("1"));
    settings.put("name", List.of("ignored"));
    PodsJob job = PodsJob.of("hello", List.of("echo", "$(HOME)"), settings, NO_FILES);

    assertThat(Yaml.write(manifest(job))).isEqualTo(Yaml.write(expected("command.yaml")));
    assertThat(complaint(() -> PodsJob.of("a", List.of("echo"), Map.of(), NO_FILES)))
        .isEqualTo("A command that runs as pods needs --image.");
    assertThat(complaint(() -> PodsJob.of("A", List.of("echo"), settings, NO_FILES)))
        .startsWith("--name: \"A\" is not a name");
  }

  @Test
  void files_unpack_where_the_command_runs() throws Exception {
    Files.createDirectory(directory.resolve("tmp"));
    // Stands in for Python, which the machine may not have, by the JDK's own tool.
    Path python = Files.createDirectory(directory.resolve("bin")).resolve("python3");
    Path jar = Path.of(System.getProperty("java.home"), "bin", "jar");
    Files.writeString(python, "#!/bin/sh\n[ \"$2\" = zipfile ] && exec '" + jar + "' -xf \"$4\"\n");
    assertThat(python.toFile().setExecutable(true)).isTrue();
    byte[] big = new byte[200_000];
    new Random(1).nextBytes(big);
    Archive archive =
        Archive.of(Map.of("src/a b.txt", "hi".getBytes(StandardCharsets.UTF_8), "big", big));
    PodsJob job =
        PodsJob.of(
            "hello",
            List.of(
                "sh", "-c", "cat 'src/a b.txt'; wc -c < big; ls -A; env | grep -c MUSTER_FILES"),
            Map.of("image", List.of("i")),
            archive);
    JsonNode container = part(manifest(job), 0).path("spec").path("containers").path(0);

    List<String> command = new ArrayList<>();
    container.path("command").forEach(word -> command.add(word.asText()));
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    container
        .path("env")
        .forEach(
            one ->
                builder.environment().put(one.path("name").asText(), one.path("value").asText()));
    builder.environment().merge("PATH", python.getParent() + ":", (old, bin) -> bin + old);
    builder.environment().put("TMPDIR", directory.resolve("tmp").toString());
    Path out = directory.resolve("out");
    Process process = builder.redirectErrorStream(true).redirectOutput(out.toFile()).start();

    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(Files.readString(out).replaceAll(" +", "")).isEqualTo("hi200000\nbig\nsrc\n0\n");
  }

  @Test
  void files_that_no_object_can_hold_are_refused() {
    Archive large = Archive.zip(new byte[500_000]);
    PodsJob two =
        PodsJob.of(definition("m: train\ncpu: 1\ngpu: 0\nmemMB: 512\nj: 2x1\nimage: i\n"), large);
    PodsJob one =
        PodsJob.of(
            "a", List.of("b"), Map.of("image", List.of("i")), Archive.zip(new byte[900_000]));

    assertThat(complaint(() -> manifest(two)))
        .isEqualTo(
            "The job's files have 489 KiB when packed, and 384 KiB can go with the pods of 2 nodes;"
                + " put them into the image, or name a smaller --workspace.");
    assertThat(complaint(() -> manifest(one)))
        .contains("have 879 KiB when packed, and 768 KiB can go with one pod;");
  }
}
