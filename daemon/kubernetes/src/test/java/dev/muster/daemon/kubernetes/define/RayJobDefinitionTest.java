package dev.muster.daemon.kubernetes.define;

import static dev.muster.daemon.kubernetes.define.OptionPairs.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.core.Caller;
import dev.muster.daemon.core.Changing.Definition;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.core.Target;
import dev.muster.daemon.kubernetes.Samples;
import dev.muster.daemon.kubernetes.Yaml;
import dev.muster.daemon.ray.RayAddress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RayJobDefinitionTest {
  private static final List<String> TRAIN = List.of("python", "train.py");
  private static final LocalQueues QUEUES =
      namespace -> Optional.of(List.of(new LocalQueue("main", true), new LocalQueue("b", false)));

  @TempDir Path directory;

  private Caller caller;

  @BeforeEach
  void home() {
    caller = new Caller(directory, Map.of("HOME", directory.toString()), false);
  }

  private Definition define(List<String> command, String... pairs) {
    return RayJobDefinition.define(
        caller, Target.DEFAULT, "demo", options(pairs), command, "", null);
  }

  private static JsonNode parse(String yaml) {
    return Yaml.parse(yaml.getBytes(StandardCharsets.UTF_8), "definition");
  }

  private JsonNode spec(String... pairs) {
    return parse(define(TRAIN, pairs).yaml()).path("spec");
  }

  private String complaint(String... pairs) {
    return complaint(TRAIN, pairs);
  }

  private String complaint(List<String> command, String... pairs) {
    Failure failure = catchThrowableOfType(Failure.class, () -> define(command, pairs));
    assertThat(failure.kind()).isEqualTo(Failure.Kind.USAGE);
    return failure.getMessage();
  }

  private RayJobPlan plan(ObjectNode manifest, String... pairs) {
    return RayJobDefinition.plan(
        caller, Target.DEFAULT, "", options(pairs), List.of(), manifest, null, QUEUES);
  }

  @Test
  void a_command_alone_is_a_job_on_a_cluster_of_its_own() {
    Definition definition = define(TRAIN);
    JsonNode tree = parse(definition.yaml());
    ObjectNode spec = (ObjectNode) tree.path("spec");

    assertThat(definition.fileName()).isEqualTo("demo.yaml");
    assertThat(definition.warnings()).isEmpty();
    assertThat(spec.remove("rayClusterSpec"))
        .isEqualTo(
            parse(
                    RayClusterDefinition.define(
                            caller,
                            Target.DEFAULT,
                            "demo",
                            Map.of("appwrapper", List.of("false")),
                            "")
                        .yaml())
                .path("spec"));
    assertThat(tree)
        .isEqualTo(
            Samples.yaml(
                """
                apiVersion: ray.io/v1
                kind: RayJob
                metadata: {name: demo}
                spec:
                  submissionMode: K8sJobMode
                  backoffLimit: 0
                  shutdownAfterJobFinishes: true
                  ttlSecondsAfterFinished: 60
                  entrypoint: python train.py
                """));
  }

  @Test
  void what_a_real_one_says_can_be_said_by_options() throws IOException {
    Files.writeString(
        directory.resolve("small.yaml"),
        """
        apiVersion: ray.io/v1
        kind: RayCluster
        metadata: {name: small}
        spec:
          rayVersion: 2.47.1
          headGroupSpec:
            rayStartParams: {dashboard-host: 0.0.0.0}
            template: {spec: {containers: [{name: ray-head, image: "quay.io/modh/ray:2.47.1-py311-cu121",
              env: [{name: RAY_USAGE_STATS_ENABLED, value: "0"}],
              resources: {requests: {cpu: "1", memory: 2Gi}, limits: {cpu: "1", memory: 2Gi}}}]}}
          workerGroupSpecs:
          - groupName: small-group
            replicas: 1
            minReplicas: 1
            maxReplicas: 1
            rayStartParams: {}
            template: {spec: {containers: [{name: machine-learning, image: "quay.io/modh/ray:2.47.1-py311-cu121",
              env: [{name: RAY_USAGE_STATS_ENABLED, value: "0"}],
              resources: {requests: {cpu: "1", memory: 2Gi}, limits: {cpu: "1", memory: 2Gi}}}]}}
        """);
    Definition definition =
        RayJobDefinition.define(
            caller,
            new Target("", "", "demo", false),
            "job-http",
            options("ttl-seconds-after-finished", "5", "submission-mode", "httpmode"),
            List.of("python", "main.py"),
            "./small.yaml",
            null);
    ObjectNode real = Samples.sample("rayjob-job-ok.yaml");
    JsonNode spec = parse(definition.yaml()).path("spec");

    assertThat(parse(definition.yaml()).path("metadata").path("namespace").asText())
        .isEqualTo("demo");
    assertThat(spec.path("submissionMode").asText()).isEqualTo("HTTPMode");
    for (String field :
        List.of(
            "entrypoint", "shutdownAfterJobFinishes", "ttlSecondsAfterFinished", "backoffLimit")) {
      assertThat(spec.path(field)).as(field).isEqualTo(real.path("spec").path(field));
    }
    assertThat(spec.at("/rayClusterSpec/headGroupSpec/rayStartParams"))
        .isEqualTo(real.at("/spec/rayClusterSpec/headGroupSpec/rayStartParams"));
    assertThat(spec.at("/rayClusterSpec/workerGroupSpecs/0/template/spec/containers/0/resources"))
        .isEqualTo(
            real.at(
                "/spec/rayClusterSpec/workerGroupSpecs/0/template/spec/containers/0/resources"));
  }

  @Test
  void the_same_options_give_the_same_bytes() {
    String[] same = {"env", "B=2,A=1", "labels", "x=y,a=b", "worker-gpus", "1"};

    assertThat(define(TRAIN, same).yaml()).isEqualTo(define(TRAIN, same).yaml());
  }

  @Test
  void a_cluster_that_is_there_is_selected() {
    JsonNode spec = spec("cluster-name", "big", "submission-id", "mine", "backoff-limit", "2");

    assertThat(spec)
        .isEqualTo(
            Samples.yaml(
                """
                submissionMode: K8sJobMode
                backoffLimit: 2
                clusterSelector: {ray.io/cluster: big}
                entrypoint: python train.py
                jobId: mine
                """));
  }

  @Test
  void every_option_of_the_job_has_its_place() {
    JsonNode tree =
        parse(
            define(
                    TRAIN,
                    "active-deadline-seconds",
                    "3600",
                    "entrypoint-num-cpus",
                    "0.5",
                    "entrypoint-num-gpus",
                    "1",
                    "entrypoint-resources",
                    "{\"special\": 2}",
                    "metadata-json",
                    "{\"team\": \"a\"}",
                    "labels",
                    "team=a",
                    "annotations",
                    "example.org/a=b",
                    "suspend",
                    "true",
                    "priority-class",
                    "high",
                    "local-queue",
                    "q",
                    "env",
                    "A=b",
                    "pip",
                    "torch>=2,<3",
                    "verify",
                    "true")
                .yaml());
    JsonNode spec = tree.path("spec");

    assertThat(tree.path("metadata"))
        .isEqualTo(
            Samples.yaml(
                "{name: demo, labels: {team: a, kueue.x-k8s.io/priority-class: high,"
                    + " kueue.x-k8s.io/queue-name: q}, annotations: {example.org/a: b}}"));
    assertThat(spec.path("activeDeadlineSeconds").asInt()).isEqualTo(3600);
    assertThat(spec.path("entrypointNumCpus").asDouble()).isEqualTo(0.5);
    assertThat(spec.path("entrypointNumGpus").asDouble()).isEqualTo(1);
    assertThat(spec.path("entrypointResources").asText()).isEqualTo("{\"special\":2}");
    assertThat(spec.path("metadata")).isEqualTo(Samples.yaml("{team: a}"));
    assertThat(spec.path("suspend").asBoolean()).isTrue();
    assertThat(parse(spec.path("runtimeEnvYAML").asText()))
        .isEqualTo(Samples.yaml("{env_vars: {A: b}, pip: ['torch>=2,<3']}"));
  }

  @Test
  void the_options_of_a_cluster_describe_the_jobs_own() {
    JsonNode cluster =
        spec("image", "quay.io/x/ray:2.50.0", "num-workers", "3", "annotations", "example.org/a=b")
            .path("rayClusterSpec");

    assertThat(cluster.path("rayVersion").asText()).isEqualTo("2.50.0");
    assertThat(cluster.at("/workerGroupSpecs/0/replicas").asInt()).isEqualTo(3);
    assertThat(cluster.at("/workerGroupSpecs/0/groupName").asText()).isEqualTo("small-group-demo");
    assertThat(cluster.at("/headGroupSpec/template/metadata/annotations"))
        .isEqualTo(Samples.yaml("{example.org/a: b}"));
  }

  @Test
  void an_image_of_another_ray_is_warned_of() {
    assertThat(
            define(TRAIN, "image", "quay.io/x/ray:2.50.0-gpu", "ray-version", "2.47.1").warnings())
        .containsExactly(
            "The image quay.io/x/ray:2.50.0-gpu holds Ray 2.50.0 by its tag, but the job says 2.47.1 (--ray-version).");
  }

  @Test
  void the_namespaces_default_queue_is_taken_and_another_must_be_there() {
    Definition definition =
        RayJobDefinition.define(caller, Target.DEFAULT, "demo", Map.of(), TRAIN, "", QUEUES);
    assertThat(parse(definition.yaml()).at("/metadata/labels"))
        .isEqualTo(Samples.yaml("{kueue.x-k8s.io/queue-name: main}"));

    Failure failure =
        catchThrowableOfType(
            Failure.class,
            () ->
                RayJobDefinition.define(
                    caller,
                    Target.DEFAULT,
                    "demo",
                    options("local-queue", "mian"),
                    TRAIN,
                    "",
                    QUEUES));
    assertThat(failure)
        .hasMessage(
            "--local-queue: there is no LocalQueue \"mian\" in the context's namespace; did you mean main?");
  }

  @Test
  void what_a_submitters_shell_would_change_goes_to_the_dashboard_as_it_is() {
    JsonNode spec = parse(define(List.of("python", "-c", "print('a b')")).yaml()).path("spec");

    assertThat(spec.path("entrypoint").asText()).isEqualTo("python -c 'print('\"'\"'a b'\"'\"')'");
    assertThat(spec.path("submissionMode").asText()).isEqualTo("HTTPMode");
    assertThat(
            spec("cluster-name", "big", "metadata-json", "{\"a\": \"b\"}")
                .path("submissionMode")
                .asText())
        .isEqualTo("HTTPMode");
    assertThat(spec("metadata", "a=b", "metadata-json", "{\"c\": \"d\"}").path("metadata"))
        .isEqualTo(Samples.yaml("{a: b, c: d}"));
    assertThat(spec("metadata-json", "{\"a\": \"b\"}").path("submissionMode").asText())
        .isEqualTo("K8sJobMode");
  }

  @Test
  void files_that_are_sent_to_the_jobs_own_cluster_make_it_wait_for_them() throws IOException {
    Files.createDirectory(directory.resolve("src"));
    Files.writeString(directory.resolve("src/train.py"), "");
    Definition definition =
        define(TRAIN, "working-dir", "src", "env", "A=b", "entrypoint-memory", "1Gi");

    JsonNode spec = parse(definition.yaml()).path("spec");
    assertThat(spec.path("submissionMode").asText()).isEqualTo("InteractiveMode");
    assertThat(parse(spec.path("runtimeEnvYAML").asText()))
        .isEqualTo(Samples.yaml("{env_vars: {A: b}}"));
    assertThat(definition.warnings())
        .containsExactly(
            "The manifest holds no files: "
                + directory.resolve("src")
                + " is sent when the job is submitted by muster submit rayjob.");
  }

  @Test
  void a_script_must_be_where_the_command_runs() throws IOException {
    Files.createDirectories(directory.resolve("src/lib"));
    Files.writeString(directory.resolve("src/train.py"), "");
    Path src = directory.resolve("src");

    assertThat(complaint(List.of("python", "src/train.py"), "working-dir", "src"))
        .isEqualTo(
            "The command says src/train.py, but it runs in the working directory, "
                + src
                + ": say train.py.");
    assertThat(complaint(List.of("python3", "-u", "tarin.py"), "working-dir", "src"))
        .isEqualTo(
            "There is no file tarin.py in the working directory "
                + src
                + ", which the command runs in.");
    assertThat(complaint(List.of("python", "src/none.py"), "working-dir", "src"))
        .startsWith("There is no file src/none.py");
    for (List<String> fine :
        List.of(
            List.of("python", "/opt/x.py"),
            List.of("python", "-m", "none.py"),
            List.of("python"),
            List.of("bash", "none.py"),
            List.of("python", "./train.py"))) {
      assertThat(define(fine, "working-dir", "src").name()).isEqualTo("demo");
    }
  }

  @Test
  void a_runtime_env_is_read_from_a_file_and_completed() throws IOException {
    Files.writeString(directory.resolve("more.txt"), "# why\n\nnumpy\n");
    Files.writeString(directory.resolve("req.txt"), "torch\n");
    Files.writeString(
        directory.resolve("env.yaml"),
        "{pip: req.txt, env_vars: {A: a, B: b}, working_dir: 's3://x/y.zip', py_modules: ['s3://m.zip']}");
    JsonNode env =
        parse(
            spec("runtime-env", "env.yaml", "env", "B=c", "pip", "more.txt")
                .path("runtimeEnvYAML")
                .asText());

    assertThat(env)
        .isEqualTo(
            Samples.yaml(
                "{env_vars: {A: a, B: c}, working_dir: 's3://x/y.zip', py_modules: ['s3://m.zip'], pip: [torch, numpy]}"));
    assertThat(
            parse(
                spec("runtime-env-json", "{\"pip\": {\"packages\": [\"a\"]}}", "pip", "b")
                    .path("runtimeEnvYAML")
                    .asText()))
        .isEqualTo(Samples.yaml("{pip: {packages: [a, b]}}"));
    assertThat(spec("working-dir", "s3://x/y.zip").path("runtimeEnvYAML").asText())
        .isEqualTo("working_dir: s3://x/y.zip\n");
    assertThat(spec("runtime-env-json", " ").has("runtimeEnvYAML")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          env.yaml | `a: [` | DIR/env.yaml, line 1: this is neither YAML nor JSON.
          env.yaml | `py_modules: [env.yaml]` | py_modules names DIR/env.yaml, which is no directory, .py, .whl or .zip file.
          env.yaml | `py_modules: [.]` | py_modules names what is on this machine, and the pod that submits a RayJob has no way to it: put it into the working directory, or use muster submit job.
          env.yaml | `working_dir: no.zip` | --working-dir: DIR/no.zip does not exist.
          env.yaml | `pip: none.txt` | there is no requirements file DIR/none.txt
          env.yaml | `working_dir: none` | --working-dir: DIR/none does not exist.
          env.yaml | `working_dir: env.yaml` | --working-dir: DIR/env.yaml is not a directory.
          other | `` | there is no runtime environment DIR/env.yaml
          """)
  void an_unreadable_runtime_env_is_named(String file, String text, String sentence)
      throws IOException {
    Files.writeString(directory.resolve(file), text);

    assertThat(complaint("runtime-env", "env.yaml"))
        .startsWith(sentence.replace("DIR", directory.toString()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          name | other | Two names are given, demo and --name other; drop one of them.
          name | A | --name: "A" is not a name: use lower-case letters, digits and "-", beginning with a letter and ending with a letter or digit (RFC 1123).
          name | aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa | --name: "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" has 48 characters; the name of a RayJob may have 47, since KubeRay makes its cluster's name of it.
          entrypoint | ls | The job's command is given twice, by --entrypoint and behind "--"; drop one of them.
          active-deadline-seconds | 0 | --active-deadline-seconds: "0" must be more than 0.
          active-deadline-seconds | soon | --active-deadline-seconds: "soon" is not a whole number from 0 to 999999999.
          submission-mode | Fast | --submission-mode: "Fast" is none of K8sJobMode, HTTPMode, SidecarMode, InteractiveMode.
          submission-id | a b | --submission-id: "a b" is not an id of a submission: use letters, digits, "_", "-" and ".".
          entrypoint-num-cpus | many | --entrypoint-num-cpus: "many" is not a number such as 1 or 0.5.
          entrypoint-memory | lots | --entrypoint-memory: "lots" is not a number of bytes, or a quantity such as 2Gi.
          entrypoint-memory | 2Gi | --entrypoint-memory: a RayJob has no field for it; with --submission-mode InteractiveMode muster tells Ray itself.
          entrypoint-resources | [1] | --entrypoint-resources is not a JSON object such as {"special": 1}.
          entrypoint-resources | {a: b} | --entrypoint-resources: "a" has no amount: it must be a number.
          metadata-json | {a: 1} | --metadata-json: "a" has a value that is no text in quotation marks.
          head-cpu-limits | fast | --head-cpu-limits: "fast" is not a Kubernetes quantity such as 500m, 2 or 1.5.
          appwrapper | true | --appwrapper is of a RayCluster by itself; KubeRay makes that of a RayJob.
          tll-seconds-after-finished | 1 | --tll-seconds-after-finished is not an option of a RayJob; did you mean --ttl-seconds-after-finished?
          xyzzy | 1 | --xyzzy is not an option of a RayJob; the options are --active-deadline-seconds, --additional-worker-groups
          suspend | maybe | --suspend: "maybe" is neither true nor false.
          """)
  void a_bad_option_is_named_with_the_rule(String option, String value, String sentence) {
    assertThat(complaint(option, value)).startsWith(sentence);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          cluster-name=big;ttl-seconds-after-finished=5 | --ttl-seconds-after-finished is about a cluster of the job's own, but the job is for the cluster big, which is there already; drop one of the two.
          cluster-name=big;head-cpu-limits=2 | --head-cpu-limits is about a cluster of the job's own, but
          cluster-name=big;priority-class=p | --priority-class is about a cluster of the job's own, but
          cluster-name=big;labels=kueue.x-k8s.io/queue-name:q | Kueue's labels are for a job with a cluster of its own: the cluster big was given its quota already.
          cluster-name=big;submission-mode=SidecarMode | SidecarMode puts the submitter into the head pod of the job's own cluster; for the cluster big say HTTPMode or K8sJobMode.
          shutdown-after-job-finishes=false;ttl-seconds-after-finished=5 | --ttl-seconds-after-finished says when the cluster goes, and --shutdown-after-job-finishes=false that it stays; drop one of them.
          shutdown-after-job-finishes=false;suspend=true | --suspend and --shutdown-after-job-finishes=false do not go together: KubeRay suspends a job by deleting its cluster.
          shutdown-after-job-finishes=false;local-queue=q | A job in the local queue q must give its quota back when it is over: drop --shutdown-after-job-finishes=false, or say --local-queue "" for no queue.
          submission-mode=InteractiveMode;backoff-limit=1 | --backoff-limit: KubeRay tries no job again that is submitted by somebody else (InteractiveMode).
          submission-mode=InteractiveMode;suspend=true | --suspend: a job that waits for its files to be sent (InteractiveMode) cannot begin suspended.
          submission-mode=HTTPMode;working-dir=. | Files are sent to the job's own cluster when it is there, so the job must wait for them: drop --submission-mode, or say InteractiveMode.
          runtime-env=a;runtime-env-json={} | --runtime-env and --runtime-env-json do not go together.
          runtime-env-json={working_dir: a};working-dir=b | --working-dir and the runtime environment's working_dir do not go together.
          """)
  void options_that_do_not_go_together_are_refused(String given, String sentence)
      throws IOException {
    Files.writeString(directory.resolve("train.py"), "");
    List<String> pairs =
        List.of(given.split(";")).stream()
            .flatMap(
                pair ->
                    List.of(pair.split("=", 2)).stream()
                        .map(
                            part ->
                                part.equals("kueue.x-k8s.io/queue-name:q")
                                    ? "kueue.x-k8s.io/queue-name=q"
                                    : part))
            .toList();

    assertThat(complaint(pairs.toArray(String[]::new))).startsWith(sentence);
  }

  @Test
  void there_must_be_something_to_run() {
    assertThat(complaint(List.of()))
        .isEqualTo(
            "There is nothing to run: type the command behind \"--\", such as -- python train.py.");
    assertThat(
            parse(define(List.of(), "entrypoint", " python x.py ").yaml()).at("/spec/entrypoint"))
        .isEqualTo(Yaml.JSON.getNodeFactory().textNode("python x.py"));
  }

  @Test
  void headers_and_trust_are_for_what_is_sent_to_ray() {
    String[] address = {"address", "https://ray", "headers", "{\"X-A\": \"b\"}", "verify", "false"};
    assertThat(complaint(address))
        .isEqualTo(
            "--headers is about requests to Ray's dashboard, and nothing is sent there for this job: KubeRay submits it.");
    assertThat(complaint("address", "https://ray", "verify", "false"))
        .startsWith("--verify is about requests to Ray's dashboard");
    assertThat(complaint("headers", "{\"A\": \"b\"}"))
        .startsWith("--headers is about the requests to --address");
    List<String> sent = new ArrayList<>(List.of(address));
    sent.addAll(List.of("submission-mode", "InteractiveMode"));
    assertThat(define(TRAIN, sent.toArray(String[]::new)).yaml()).doesNotContain("X-A");
  }

  @Test
  void a_manifest_stays_as_it_is_but_for_what_options_say() {
    ObjectNode real =
        Samples.yaml(
            """
            apiVersion: ray.io/v1
            kind: RayJob
            metadata: {name: j, namespace: n}
            spec: {entrypoint: "a; b", shutdownAfterJobFinishes: true, rayClusterSpec: {headGroupSpec: {template: {spec: {containers: [{name: h, image: "x:2.1.0"}]}}}}}
            """);

    assertThat(plan(real).tree()).isEqualTo(real);
    assertThat(plan(real).name()).isEqualTo("j");
    RayJobPlan changed = plan(real, "env", "A=b", "head-cpu-limits", "3", "local-queue", "b");
    assertThat(changed.tree().at("/spec/runtimeEnvYAML").asText()).isEqualTo("env_vars:\n  A: b\n");
    assertThat(
            changed
                .tree()
                .at("/spec/rayClusterSpec/headGroupSpec/template/spec/containers/0/resources"))
        .isEqualTo(Samples.yaml("{requests: {}, limits: {cpu: '3'}}"));
    assertThat(changed.tree().at("/metadata/labels"))
        .isEqualTo(Samples.yaml("{kueue.x-k8s.io/queue-name: b}"));
  }

  @Test
  void a_manifest_without_or_with_two_clusters_is_refused() {
    String spec =
        "{kind: RayJob, apiVersion: ray.io/v1, metadata: {name: j}, spec: {entrypoint: a%s}}";
    ObjectNode none = Samples.yaml(spec.formatted(""));
    ObjectNode own = Samples.yaml(spec.formatted(", rayClusterSpec: {}"));

    assertThat(catchThrowableOfType(Failure.class, () -> plan(none)))
        .hasMessageStartingWith("The RayJob has neither a spec.rayClusterSpec nor");
    assertThat(plan(none, "cluster-name", "c").cluster()).isEqualTo("c");
    assertThat(catchThrowableOfType(Failure.class, () -> plan(own, "cluster-name", "c")))
        .hasMessage(
            "The RayJob has a cluster of its own, in spec.rayClusterSpec, and is for the cluster c as well; drop one of the two.");
    ObjectNode queued = own.deepCopy();
    queued
        .withObjectProperty("metadata")
        .withObjectProperty("labels")
        .put("kueue.x-k8s.io/queue-name", "q");
    assertThat(catchThrowableOfType(Failure.class, () -> plan(queued)))
        .hasMessageStartingWith("A job in the local queue q must give its quota back");
  }

  @Test
  void a_plan_knows_what_is_beside_the_manifest() {
    RayJobPlan plan =
        RayJobDefinition.plan(
            caller,
            Target.DEFAULT,
            "demo",
            options(
                "submission-mode",
                "InteractiveMode",
                "entrypoint-memory",
                "2Gi",
                "address",
                "http://x:8265",
                "priority-class",
                "p",
                "env",
                "A=b"),
            TRAIN,
            "",
            null);

    assertThat(plan.interactive()).isTrue();
    assertThat(plan.memoryBytes()).isEqualTo(2L << 30);
    assertThat(plan.address()).isEqualTo(RayAddress.at("http://x:8265"));
    assertThat(plan.priorityClass()).isEqualTo("p");
    assertThat(parse(plan.with("gcs://p.zip").at("/spec/runtimeEnvYAML").asText()))
        .isEqualTo(Samples.yaml("{env_vars: {A: b}, working_dir: 'gcs://p.zip'}"));
  }

  @Test
  void a_template_is_a_job_or_the_cluster_of_one() throws IOException {
    Files.createDirectories(directory.resolve(".config/muster/templates"));
    Path own = directory.resolve(".config/muster/templates/rayjob.yaml");
    Path cluster = directory.resolve(".config/muster/templates/raycluster.yaml");

    assertThat(template("kubectl-ray").at("/spec/rayClusterSpec/rayVersion").asText())
        .isEqualTo("2.52.0");
    Files.writeString(
        own,
        "{kind: RayJob, apiVersion: ray.io/v1, spec: {ttlSecondsAfterFinished: 9, shutdownAfterJobFinishes: true}}");
    assertThat(template("").at("/spec/ttlSecondsAfterFinished").asInt()).isEqualTo(9);
    assertThat(template("").at("/spec/rayClusterSpec/rayVersion").asText()).isEqualTo("2.47.1");
    Files.writeString(
        cluster,
        "{kind: AppWrapper, apiVersion: workload.codeflare.dev/v1beta2, metadata: {name: a}, spec: {components: [{template: {kind: RayCluster, apiVersion: ray.io/v1, metadata: {name: a}, spec: {}}}]}}");
    assertThat(catchThrowableOfType(Failure.class, () -> template("")))
        .hasMessageStartingWith("Your own template raycluster is an AppWrapper");
    Files.writeString(own, "{kind: RayCluster, apiVersion: ray.io/v1, spec: {}}");
    assertThat(catchThrowableOfType(Failure.class, () -> template("kubectl-ray")))
        .hasMessageStartingWith("Your own template rayjob is a RayCluster");
    Files.writeString(own, "{kind: Job, apiVersion: batch/v1}");
    assertThat(catchThrowableOfType(Failure.class, () -> template("")))
        .hasMessage(
            "The template " + own + " is neither a RayJob nor a RayCluster (ray.io), but a Job.");
    Files.writeString(own, "[]");
    assertThat(catchThrowableOfType(Failure.class, () -> template("")))
        .hasMessage("The template " + own + " is neither a RayJob nor a RayCluster (ray.io).");
  }

  private JsonNode template(String template) {
    return parse(
        RayJobDefinition.define(caller, Target.DEFAULT, "demo", Map.of(), TRAIN, template, null)
            .yaml());
  }
}
