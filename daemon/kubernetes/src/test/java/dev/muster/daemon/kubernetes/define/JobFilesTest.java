package dev.muster.daemon.kubernetes.define;

import static dev.muster.daemon.kubernetes.define.OptionPairs.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.core.Caller;
import dev.muster.daemon.core.Changing.Definition;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.core.Target;
import dev.muster.daemon.kubernetes.Samples;
import dev.muster.daemon.kubernetes.Yaml;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobFilesTest {
  private static final List<String> TRAIN = List.of("python", "train.py");

  @TempDir Path directory;

  private Caller caller;

  @BeforeEach
  void files() throws IOException {
    caller = new Caller(directory, Map.of("HOME", directory.toString()), false);
    Files.createDirectory(directory.resolve("src"));
    Files.writeString(directory.resolve("src/train.py"), "print(1)");
    Files.writeString(directory.resolve("src/data.txt"), "x");
  }

  private Definition define(List<String> command, String... pairs) {
    return RayJobDefinition.define(
        caller, Target.DEFAULT, "demo", options(pairs), command, "", null);
  }

  private List<JsonNode> documents(String... pairs) {
    return documents(define(TRAIN, pairs));
  }

  private static List<JsonNode> documents(Definition definition) {
    return Yaml.documents(definition.yaml().getBytes(StandardCharsets.UTF_8), "definition");
  }

  private static TreeSet<String> packed(JsonNode secret) throws IOException {
    TreeSet<String> names = new TreeSet<>();
    byte[] zip = Base64.getDecoder().decode(secret.at("/data/working_dir.zip").asText());
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        names.add(entry.getName());
      }
    }
    return names;
  }

  private void large() throws IOException {
    byte[] noise = new byte[JobFiles.MOST + 1];
    new Random(1).nextBytes(noise);
    Files.write(directory.resolve("src/noise"), noise);
  }

  @Test
  void the_pod_that_submits_unpacks_the_secret_in_front_of_it() throws IOException {
    Definition definition =
        define(TRAIN, "working-dir", "src", "image", "ray:2.51.0", "namespace", "n");
    List<JsonNode> documents = documents(definition);
    JsonNode spec = documents.getFirst().path("spec");
    JsonNode pod = spec.at("/submitterPodTemplate/spec");

    assertThat(definition.warnings()).isEmpty();
    assertThat(spec.path("submissionMode").asText()).isEqualTo("K8sJobMode");
    assertThat(spec.path("runtimeEnvYAML").asText())
        .isEqualTo("working_dir: \"/tmp/rayjob-working-dir\"\n");
    String resources = "{requests: {cpu: 500m, memory: 200Mi}, limits: {cpu: '1', memory: 1Gi}}";
    assertThat(pod.path("containers").path(0))
        .isEqualTo(
            Samples.yaml(
                "{name: ray-job-submitter, image: 'ray:2.51.0', resources: "
                    + resources
                    + ", volumeMounts: [{name: unzipped-working-dir, mountPath: /tmp/rayjob-working-dir}]}"));
    ObjectNode unpacks = (ObjectNode) pod.path("initContainers").path(0);
    assertThat(unpacks.remove("command").get(4).asText()).isEqualTo("/tmp/rayjob-working-dir");
    assertThat(unpacks)
        .isEqualTo(
            Samples.yaml(
                "{name: unzip-working-dir, image: 'ray:2.51.0', resources: "
                    + resources
                    + ", volumeMounts: [{name: ray-job-files, mountPath: /home/ray/files}, {name: unzipped-working-dir, mountPath: /tmp/rayjob-working-dir}]}"));
    assertThat(pod.path("volumes").path(0).at("/secret/secretName").asText())
        .isEqualTo("demo-files");
    ObjectNode secret = (ObjectNode) documents.get(1);
    assertThat(packed(secret)).containsExactly("data.txt", "train.py");
    secret.remove("data");
    assertThat(secret)
        .isEqualTo(
            Samples.yaml(
                "{apiVersion: v1, kind: Secret, metadata: {name: demo-files, namespace: n, labels:"
                    + " {ray.io/job-name: demo, app.kubernetes.io/managed-by: muster, app.kubernetes.io/component: rayjob-files}}, type: Opaque}"));
  }

  @Test
  void a_script_of_this_directory_goes_along_alone() throws IOException {
    Files.writeString(directory.resolve("train.py"), "");
    Files.writeString(directory.resolve("other.py"), "");
    Definition definition = define(List.of("python", "./train.py"));

    assertThat(definition.warnings())
        .containsExactly(
            "train.py is sent along with the job, and no other file of this directory; -w . sends all.");
    assertThat(packed(documents(definition).get(1))).containsExactly("train.py");
    for (List<String> none :
        List.of(List.of("python", "none.py"), List.of("python", "../x.py"), List.of("ls"))) {
      assertThat(documents(define(none))).hasSize(1);
    }
    assertThat(documents("working-dir", "s3://x/y.zip")).hasSize(1);
    assertThat(documents("submission-mode", "HTTPMode")).hasSize(1);
  }

  @Test
  void a_zip_file_is_in_the_secret_as_it_is() throws IOException {
    Path zip = directory.resolve("app.zip");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      out.putNextEntry(new ZipEntry("train.py"));
    }
    List<JsonNode> documents = documents("working-dir", "app.zip");

    assertThat(Base64.getDecoder().decode(documents.get(1).at("/data/working_dir.zip").asText()))
        .isEqualTo(Files.readAllBytes(zip));
    Files.write(zip, new byte[JobFiles.MOST + 1], StandardOpenOption.APPEND);
    Definition large = define(TRAIN, "working-dir", "app.zip");
    assertThat(documents(large)).hasSize(1);
    assertThat(large.warnings().getFirst()).contains("app.zip are more than the 1 MiB");
    Files.writeString(zip, "text");
    assertThatThrownBy(() -> define(TRAIN, "working-dir", "app.zip"))
        .hasMessage(zip + " is no zip file.");
  }

  @Test
  void where_no_pod_submits_the_job_there_is_no_secret() {
    assertThat(documents("working-dir", "src", "submission-mode", "InteractiveMode")).hasSize(1);
    assertThat(documents("working-dir", "src", "entrypoint-memory", "1Gi")).hasSize(1);
    List<JsonNode> quoted =
        documents(define(List.of("python", "train.py", "a b"), "working-dir", "src"));
    assertThat(quoted).hasSize(1);
    assertThat(quoted.getFirst().at("/spec/submissionMode").asText()).isEqualTo("InteractiveMode");
    assertThat(
            documents("working-dir", "src", "backoff-limit", "2", "submission-mode", "k8sjobmode"))
        .hasSize(2);
  }

  @Test
  void more_than_a_secret_holds_is_sent_to_ray() throws IOException {
    large();
    Definition definition = define(TRAIN, "working-dir", "src");

    assertThat(documents(definition).getFirst().at("/spec/submissionMode").asText())
        .isEqualTo("InteractiveMode");
    assertThat(definition.warnings())
        .contains(
            "The files of "
                + directory.resolve("src")
                + " are more than the 1 MiB that a Secret holds, so they are sent to the cluster's own package store, for this one run: muster resubmit cannot send them again.");
    assertThat(
            catchThrowableOfType(
                Failure.class,
                () -> define(TRAIN, "working-dir", "src", "submission-mode", "K8sJobMode")))
        .hasMessage(
            "The files of "
                + directory.resolve("src")
                + " are more than the 1 MiB that a Secret holds: drop --submission-mode, so that they are sent to the cluster's own package store.");
  }

  @Test
  void the_definition_for_a_cluster_that_is_there_says_which_image_it_supposes() {
    Definition definition = define(TRAIN, "working-dir", "src", "cluster-name", "big");
    String image =
        documents(definition)
            .getFirst()
            .at("/spec/submitterPodTemplate/spec/containers/0/image")
            .asText();

    assertThat(image).contains("ray");
    assertThat(definition.warnings())
        .containsExactly(
            "The pod that submits the job runs "
                + image
                + ", whose Ray must be that of the cluster big; muster submit rayjob without a manifest takes the cluster's own image.");
  }

  private RayJobPlan again(List<JsonNode> documents, String... pairs) {
    return RayJobDefinition.plan(
        caller,
        Target.DEFAULT,
        "",
        options(pairs),
        List.of(),
        (ObjectNode) documents.getFirst(),
        documents.size() == 1 ? null : (ObjectNode) documents.get(1),
        null);
  }

  @Test
  void a_manifest_keeps_its_files_or_gets_others() throws IOException {
    List<JsonNode> documents = documents("working-dir", "src");
    assertThat(again(documents).yaml()).isEqualTo(define(TRAIN, "working-dir", "src").yaml());
    assertThat(again(documents.subList(0, 1)).secret()).isNull();

    Files.createDirectory(directory.resolve("more"));
    Files.writeString(directory.resolve("more/train.py"), "");
    RayJobPlan other = again(documents, "working-dir", "more");
    assertThat(packed(other.secret())).containsExactly("train.py");
    assertThat(other.tree()).isEqualTo(documents.getFirst());
  }

  @Test
  void a_submitter_of_ones_own_is_left_as_it_is() {
    ObjectNode manifest = (ObjectNode) documents().getFirst();
    manifest
        .withObject("/spec/submitterPodTemplate/spec")
        .putArray("containers")
        .addObject()
        .put("name", "mine");
    RayJobPlan plan = again(List.of(manifest), "working-dir", "src");

    assertThat(plan.secret()).isNull();
    assertThat(plan.directory()).isNotNull();
  }
}
