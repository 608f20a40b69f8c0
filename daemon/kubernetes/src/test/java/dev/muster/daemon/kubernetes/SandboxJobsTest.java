package dev.muster.daemon.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.daemon.core.Caller;
import dev.muster.daemon.core.Cancellation;
import dev.muster.daemon.core.Explanation;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.core.Jobs;
import dev.muster.daemon.core.Jobs.LogQuery;
import dev.muster.daemon.core.Jobs.Submission;
import dev.muster.daemon.core.Jobs.Submitted;
import dev.muster.daemon.core.Observation;
import dev.muster.daemon.core.Registration;
import dev.muster.daemon.core.Row;
import dev.muster.daemon.core.Scope;
import dev.muster.daemon.core.State;
import dev.muster.daemon.core.Target;
import dev.muster.daemon.sandbox.Sandbox;
import dev.muster.daemon.sandbox.SandboxOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs from submission to deletion, on clusters and as pods, where entrypoints really run. */
class SandboxJobsTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir static Path files;

  /** Where jobs are submitted from: apart from the cache, which changes while it is packed. */
  @TempDir Path directory;

  @TempDir Path place;

  private static Sandbox sandbox;

  private Rig rig;
  private Caller admin;
  private String namespace;
  private Target here;
  private Jobs jobs;

  @BeforeAll
  static void start() {
    sandbox = Sandbox.start(SandboxOptions.fast(files));
  }

  @AfterAll
  static void stop() {
    sandbox.close();
  }

  @BeforeEach
  void open() {
    rig = new Rig(place);
    admin = new Caller(directory, rig.caller(sandbox.kubeconfig("admin")).environment(), false);
    namespace = "jobs-" + UUID.randomUUID().toString().substring(0, 8);
    sandbox.createNamespace(namespace);
    here = Rig.in(namespace);
    jobs = rig.source.jobs().orElseThrow();
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private void cluster(String name) {
    String yaml =
        rig.source
            .define(
                admin, here, "raycluster", name, Rig.bare(Map.of("num-workers", List.of("1"))), "")
            .yaml();
    rig.source.create(admin, here, "raycluster", yaml, "a test", false);
    rig.watched(admin, here);
    await().atMost(LONG).until(() -> rig.row(admin, namespace, name).map(Row::ready).orElse(false));
  }

  private static Map<String, List<String>> settings(String... pairs) {
    Map<String, List<String>> settings = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      settings.computeIfAbsent(pairs[i], any -> new ArrayList<>()).add(pairs[i + 1]);
    }
    return settings;
  }

  private Submitted submit(String name, Map<String, List<String>> settings, String... command) {
    return jobs.submit(
        admin,
        here,
        new Submission("job", name, settings, List.of(command), "", "", false),
        (phase, done, total) -> {},
        new Cancellation());
  }

  private Row job(String name) {
    String address = rig.source.address(admin, here, "job", name);
    return rig.row(admin, "job", namespace, address).orElseThrow();
  }

  private Observation look() {
    return rig.source.ensureWatched(admin, here, "job", Rig.PATIENCE);
  }

  private Row until(String name, State state) {
    look();
    Scope scope = rig.source.resolve(admin, here);
    try (Registration waiting = rig.source.attend(scope, "job", "")) {
      await().atMost(LONG).until(() -> job(name).state() == state);
      waiting.close();
    }
    return job(name);
  }

  /** What a log gave: its text, and notes. */
  private static final class Printed implements Jobs.LogSink {
    final StringBuilder text = new StringBuilder();
    final List<String> notes = new ArrayList<>();

    @Override
    public synchronized void write(ByteBuffer bytes) {
      text.append(StandardCharsets.UTF_8.decode(bytes));
    }

    @Override
    public synchronized void note(String sentence) {
      notes.add(sentence);
    }

    List<String> lines() {
      return text.toString().lines().toList();
    }
  }

  private Printed logs(String name, boolean follow, int tail, int rank) throws IOException {
    Printed printed = new Printed();
    jobs.logs(
        admin,
        here,
        new LogQuery("job", name, follow, null, tail, rank, ""),
        printed,
        new Cancellation());
    return printed;
  }

  private static Failure failing(Runnable operation) {
    return org.assertj.core.api.Assertions.catchThrowableOfType(Failure.class, operation::run);
  }

  @Test
  void a_command_runs_on_a_cluster_and_is_seen_from_submission_to_deletion() throws IOException {
    cluster("demo");
    look();
    Path work = Files.createDirectories(directory.resolve("work"));
    Files.writeString(work.resolve("words.txt"), "from the directory\n");

    Submitted submitted =
        submit(
            "train",
            settings(
                "cluster-name", "demo",
                "working-dir", "work",
                "env", "GREETING=hello=you",
                "metadata", "owner=me",
                "entrypoint-num-cpus", "1"),
            "echo $GREETING; cat words.txt");

    Row row = submitted.row();
    assertThat(row.key().name()).isEqualTo("demo/train");
    assertThat(job("train").uid()).isEqualTo(row.uid());
    assertThat(job("train").cells().split("\t")[5]).isEqualTo("1 CPU");
    assertThat(job("train").labels()).contains("owner=me");
    assertThat(logs("train", true, -1, -1).lines()).contains("hello=you", "from the directory");
    Row over = until("train", State.SUCCEEDED);
    assertThat(over.nativeState()).isEqualTo("SUCCEEDED");
    assertThat(over.cells().split("\t")[5]).isEqualTo("1 CPU");
    assertThat(over.object()).doesNotContain("hello=you");
    assertThat(logs("train", false, 1, -1).lines()).containsExactly("from the directory");
    assertThat(logs("train", true, 1, -1).lines()).containsExactly("from the directory");
    assertThat(rig.source.getLive(admin, here, "job", "train").state()).isEqualTo(State.SUCCEEDED);

    assertThat(rig.source.delete(admin, here, "job", "train", false).key().name())
        .isEqualTo("demo/train");

    look();
    assertThat(rig.names(admin, "job", namespace)).isEmpty();
    assertThat(failing(() -> rig.source.getLive(admin, here, "job", "train")))
        .hasMessage(
            "There is no job train in the namespace "
                + namespace
                + ". Try `muster list job --all`.")
        .extracting(Failure::kind)
        .isEqualTo(Failure.Kind.NOT_FOUND);
  }

  @Test
  void a_running_job_can_be_stopped_and_run_again_and_deleted_at_once() {
    cluster("demo");
    look();
    submit("long", settings("cluster-name", "demo"), "sleep", "60");
    until("long", State.RUNNING);
    assertThat(failing(() -> jobs.resubmit(admin, here, "job", "long")))
        .hasMessageContaining("is RUNNING");

    jobs.stop(admin, here, "job", "long");
    until("long", State.STOPPED);
    assertThat(jobs.stop(admin, here, "job", "long").state()).isEqualTo(State.STOPPED);

    Row again = jobs.resubmit(admin, here, "job", "demo/long");
    assertThat(again.key().name()).isEqualTo("demo/long-2");
    until("long-2", State.RUNNING);
    assertThat(rig.source.delete(admin, here, "job", "long-2", true).state())
        .isEqualTo(State.RUNNING);
    assertThat(rig.source.delete(admin, here, "job", "long-2", false).state())
        .isEqualTo(State.STOPPED);
    assertThat(rig.names(admin, "job", namespace)).containsExactly("demo/long");
  }

  @Test
  void what_went_wrong_is_explained() {
    cluster("demo");
    look();
    submit("bad", settings("cluster-name", "demo"), "echo boom; exit 3");

    Row failed = until("bad", State.FAILED);

    assertThat(failed.reason()).isEqualTo("exit code 3: boom");
    Explanation why = rig.source.explain(admin, here, "job", "bad");
    assertThat(why.sentence()).isEqualTo("Job demo/bad is FAILED: exit code 3: boom.");
    assertThat(why.causes()).contains("boom");
    assertThat(why.advice())
        .isEqualTo("Look at what it printed: muster logs job demo/bad -n " + namespace + ".");
    submit("much", settings("cluster-name", "demo", "entrypoint-num-cpus", "999"), "true");
    Row queued = until("much", State.QUEUED);
    assertThat(queued.reason()).contains("waiting for resources");
    assertThat(rig.source.explain(admin, here, "job", "much").advice())
        .contains("muster scale raycluster demo");
    assertThat(failing(() -> rig.source.manifest(admin, here, "job", "much")))
        .hasMessageContaining("has no manifest");
  }

  @Test
  void an_id_on_two_clusters_has_to_be_told_apart() {
    cluster("demo");
    cluster("blue");
    submit("train", settings("cluster-name", "demo"), "true");
    submit("train", settings("cluster-name", "blue"), "true");

    assertThat(failing(() -> rig.source.getLive(admin, here, "job", "train")))
        .hasMessage("There are 2 jobs \"train\"; say which: blue/train, demo/train.");
    look();
    assertThat(failing(() -> rig.source.address(admin, here, "job", "train")))
        .hasMessage("There are 2 jobs \"train\"; say which: blue/train, demo/train.");
    assertThat(rig.source.listLive(admin, here, "job"))
        .extracting(row -> row.key().name())
        .containsExactly("blue/train", "demo/train");
    assertThat(
            failing(() -> submit("train", settings("cluster-name", "demo"), "true")).getMessage())
        .startsWith("There is a job train on the cluster demo already (");
  }

  @Test
  void what_cannot_be_submitted_says_why() {
    assertThat(failing(() -> submit("x", settings("cluster-name", "nope"), "true")))
        .hasMessage("Cluster nope not found in " + namespace + " namespace.")
        .extracting(Failure::kind)
        .isEqualTo(Failure.Kind.NOT_FOUND);
    assertThat(failing(() -> submit("x", settings())))
        .hasMessage(
            "There is no definition x.job.yaml here; define it first: muster define job x.");
    assertThat(failing(() -> submit("", settings())).kind()).isEqualTo(Failure.Kind.USAGE);
    assertThat(failing(() -> submit("x", settings(), "true")))
        .hasMessageStartingWith("Say which Ray cluster runs it");
    assertThat(failing(() -> submit("x", settings("address", "http://a"), "true")))
        .hasMessageContaining("--cluster-name");
    assertThat(failing(() -> submit("x", settings("scheduler", "slurm"), "true")))
        .hasMessageContaining("none of ray and kubernetes");
    assertThat(failing(() -> submit("x", settings("cluster-name", "demo", "image", "img"), "true")))
        .hasMessage("--image does not go with a job on a Ray cluster.");
    assertThat(failing(() -> jobs.stop(admin, Rig.everywhere(), "job", "x")).kind())
        .isEqualTo(Failure.Kind.USAGE);
    assertThat(failing(() -> jobs.stop(admin, here, "workload", "x")))
        .hasMessage("A workload is no job.");
  }

  @Test
  void a_cluster_is_asked_where_it_is_said_to_be() throws IOException {
    cluster("demo");
    assertThat(failing(() -> get(new Target.Dashboard("demo", "http://127.0.0.1:9", "", ""))))
        .hasMessageContaining("Ray's dashboard at http://127.0.0.1:9 cannot be reached");
    assertThat(failing(() -> get(new Target.Dashboard("", "http://127.0.0.1:9", "", ""))))
        .hasMessageStartingWith("--address is about one Ray cluster");
    Target.Dashboard canary = new Target.Dashboard("demo", "", "{\"A\": \"canary\"}", "");
    assertThat(failing(() -> get(canary)))
        .hasMessageStartingWith("--headers is about the requests to --address")
        .hasMessageNotContaining("canary");
    assertThat(canary.toString()).doesNotContain("canary");
  }

  private Row get(Target.Dashboard dashboard) {
    Target target = new Target("", "", namespace, false, "", dashboard);
    return rig.source.getLive(admin, target, "job", "demo/x");
  }

  @Test
  void a_distributed_definition_goes_to_the_cluster_that_it_names() throws IOException {
    cluster("demo");
    Files.writeString(directory.resolve("train.py"), "print('hi')\n");
    Files.writeString(
        directory.resolve("ddp.job.yaml"), "script: train.py\nname: ddp\ncluster_name: demo\n");

    Submitted submitted = submit("ddp", settings());

    assertThat(submitted.row().key().name()).isEqualTo("demo/ddp");
    JsonNode details = Yaml.fromJson(submitted.row().details());
    assertThat(details.path("entrypoint").asText()).startsWith("python muster_ddp.py");
    assertThat(details.path("workingDir").asText()).startsWith("gcs://_ray_pkg_");
    assertThat(failing(() -> submit("ddp", settings())).kind()).isEqualTo(Failure.Kind.EXISTS);
  }

  @Test
  void a_command_runs_as_a_pod_of_its_own() throws IOException {
    look();
    Submitted submitted =
        submit(
            "lone",
            settings("scheduler", "kubernetes", "image", "img", "cpu", "1"),
            "bash",
            "-c",
            "echo one; echo two");

    assertThat(submitted.row().key().name()).isEqualTo("AppWrapper/lone");
    until("lone", State.SUCCEEDED);
    assertThat(rig.names(admin, "job", namespace)).containsExactly("AppWrapper/lone");
    assertThat(logs("lone", false, -1, -1).lines()).containsExactly("one", "two");
    assertThat(logs("lone", true, 1, 0).lines()).containsExactly("two");
    assertThat(failing(() -> throwing(() -> logs("lone", false, -1, 7))))
        .hasMessage("The job lone has no rank 7; it has 0.");
    assertThat(rig.source.getLive(admin, here, "job", "lone").state()).isEqualTo(State.SUCCEEDED);
    assertThat(rig.source.listLive(admin, here, "job"))
        .extracting(row -> row.key().name())
        .containsExactly("AppWrapper/lone");
    assertThat(rig.source.manifest(admin, here, "job", "lone")).contains("kind: AppWrapper");
    assertThat(rig.source.explain(admin, here, "job", "lone").sentence())
        .startsWith("Job lone is SUCCEEDED");
    assertThat(jobs.stop(admin, here, "job", "lone").state()).isEqualTo(State.SUCCEEDED);

    rig.source.delete(admin, here, "job", "lone", false);
    look();
    await()
        .atMost(LONG)
        .untilAsserted(() -> assertThat(rig.names(admin, "job", namespace)).isEmpty());
  }

  private interface Throwing {
    void run() throws IOException;
  }

  private static void throwing(Throwing operation) {
    try {
      operation.run();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void a_pod_of_its_own_can_be_stopped_and_let_go_on() throws Exception {
    look();
    submit(
        "lone",
        settings("image", "img"),
        "bash",
        "-c",
        "for i in 1 2 3; do echo line $i; done; sleep 60");
    until("lone", State.RUNNING);
    Cancellation cancellation = new Cancellation();
    Printed printed = new Printed();
    Thread reader =
        Thread.ofVirtual()
            .start(
                () ->
                    throwing(
                        () ->
                            jobs.logs(
                                admin,
                                here,
                                new LogQuery("job", "lone", true, null, -1, -1, ""),
                                printed,
                                cancellation)));
    await().atMost(LONG).until(() -> printed.lines().contains("line 3"));
    cancellation.cancel();
    reader.join(LONG);
    assertThat(printed.lines()).containsExactly("line 1", "line 2", "line 3");

    jobs.stop(admin, here, "job", "lone");
    until("lone", State.SUSPENDED);
    jobs.resubmit(admin, here, "job", "lone");
    until("lone", State.RUNNING);
  }

  private String manifest(String name, Map<String, List<String>> settings, String... command) {
    return jobs.submit(
            admin,
            here,
            new Submission("job", name, settings, List.of(command), "", "", true),
            (phase, done, total) -> {},
            new Cancellation())
        .manifest();
  }

  @Test
  void what_would_be_sent_can_be_seen_before() throws IOException {
    Files.writeString(directory.resolve("env.yaml"), "pip: [torch]\n");
    Files.writeString(directory.resolve("more.txt"), "numpy\n");

    assertThat(
            manifest(
                "train",
                settings(
                    "cluster-name", "demo",
                    "runtime-env", "env.yaml",
                    "pip", "more.txt",
                    "pip", "scipy",
                    "metadata-json", "{\"b\": \"2\"}",
                    "metadata", "a=1",
                    "entrypoint-num-cpus", "500m",
                    "entrypoint-num-gpus", "2",
                    "entrypoint-memory", "1Gi",
                    "entrypoint-resources", "{\"TPU\": 4}"),
                "python",
                "a b.py"))
        .isEqualTo(
            """
            entrypoint: "python 'a b.py'"
            submission_id: train
            runtime_env:
              pip:
                - torch
                - numpy
                - scipy
            metadata:
              a: "1"
              b: "2"
            entrypoint_num_cpus: 0.5
            entrypoint_num_gpus: 2
            entrypoint_memory: 1073741824
            entrypoint_resources:
              TPU: 4
            """);
    assertThat(manifest("", settings("cluster-name", "demo"), "true"))
        .isEqualTo("entrypoint: \"true\"\n");
    assertThat(manifest("lone", settings("image", "img"), "true")).contains("kind: AppWrapper");
    assertThat(
            failing(
                () ->
                    manifest(
                        "x",
                        settings(
                            "cluster-name", "demo",
                            "runtime-env", "env.yaml",
                            "runtime-env-json", "{}"),
                        "true")))
        .hasMessageStartingWith("The runtime environment is given twice");
    assertThat(failing(() -> manifest("", settings("image", "img"), "true")))
        .hasMessage("A job that is a pod of its own needs a name.");
    assertThat(failing(() -> manifest("a/b", settings("cluster-name", "demo"), "true")))
        .hasMessageContaining("cannot be a job's id");
  }

  @Test
  void a_definition_goes_where_it_or_the_command_line_says() throws IOException {
    Files.writeString(directory.resolve("train.py"), "print('hi')\n");
    Files.writeString(
        directory.resolve("ddp.job.yaml"),
        "script: train.py\ncpu: 1\ngpu: 0\nmemMB: 100\nj: 1x1\nimage: img\n");
    Path code = Files.createDirectory(directory.resolve("code"));
    Files.copy(directory.resolve("train.py"), code.resolve("train.py"));
    cluster("demo");

    assertThat(manifest("ddp", settings())).contains("kind: AppWrapper");
    assertThat(manifest("ddp", settings("working-dir", "code"))).contains("kind: AppWrapper");
    assertThat(manifest("ddp", settings("cluster-name", "demo")))
        .startsWith("entrypoint: \"python muster_ddp.py --name ddp");
    assertThat(failing(() -> manifest("ddp", settings("scheduler", "ray"))))
        .hasMessage("The job ddp is for Ray, and no cluster is named: add --cluster-name CLUSTER.");
    assertThat(failing(() -> manifest("ddp", settings("cluster-name", "none"))))
        .hasMessage("Cluster none not found in " + namespace + " namespace.");
  }

  @Test
  void a_cluster_that_is_not_up_yet_can_be_waited_for() {
    Map<String, List<String>> many = Rig.bare(Map.of("num-workers", List.of("1")));
    String yaml = rig.source.define(admin, here, "raycluster", "demo", many, "").yaml();
    rig.source.create(
        admin,
        here,
        "raycluster",
        yaml.replaceFirst("(?m)^spec:\n", "spec:\n  suspend: true\n"),
        "a test",
        false);

    assertThat(failing(() -> submit("x", settings("cluster-name", "demo"), "true")).getMessage())
        .startsWith("RayCluster demo (" + namespace + ") is ")
        .endsWith(
            "Wait for it first: muster wait raycluster demo -n "
                + namespace
                + " (or add --wait-cluster).");
    List<String> phases = new ArrayList<>();
    Submitted submitted =
        jobs.submit(
            admin,
            here,
            new Submission(
                "job",
                "x",
                settings("cluster-name", "demo", "wait-cluster", "true"),
                List.of("true"),
                "",
                "",
                false),
            (phase, done, total) -> {
              if (phases.isEmpty()) {
                rig.source.suspend(admin, here, "raycluster", "demo", false, false);
              }
              phases.add(phase);
            },
            new Cancellation());

    assertThat(phases.getFirst()).isEqualTo("waiting for the RayCluster demo");
    assertThat(submitted.row().key().name()).isEqualTo("demo/x");
  }

  @Test
  void who_may_not_see_appwrappers_has_jobs_on_clusters_all_the_same() {
    cluster("demo");
    sandbox.forbid("alice", "list", "appwrappers");
    try (Rig other = new Rig(place.resolve("other"))) {
      Caller caller = other.caller(sandbox.kubeconfig("alice"));
      submit("x", settings("cluster-name", "demo"), "true");

      assertThat(other.source.ensureWatched(caller, here, "job", Rig.PATIENCE))
          .matches(Observation::live);
      assertThat(other.names(caller, "job", namespace)).containsExactly("demo/x");
      assertThat(other.source.listLive(caller, here, "job")).hasSize(1);
    }
  }

  @Test
  void a_pod_of_its_own_that_is_over_can_run_once_more() throws IOException {
    look();
    submit("again", settings("image", "img"), "bash", "-c", "echo boom; exit 3");
    until("again", State.FAILED);
    assertThat(rig.source.explain(admin, here, "job", "again").advice())
        .isEqualTo("Look at what it printed: muster logs job again -n " + namespace + ".");
    String uid = job("again").uid();

    jobs.resubmit(admin, here, "job", "again");

    assertThat(job("again").uid()).isNotEqualTo(uid);
    submit("other", settings("image", "img"), "sleep", "60");
    until("other", State.RUNNING);
    assertThat(failing(() -> jobs.resubmit(admin, here, "job", "other")))
        .hasMessageContaining("is RUNNING; stop it first");
    assertThat(failing(() -> rig.source.getLive(admin, here, "job", "AppWrapper/none")))
        .hasMessageStartingWith("There is no job ");
  }
}
