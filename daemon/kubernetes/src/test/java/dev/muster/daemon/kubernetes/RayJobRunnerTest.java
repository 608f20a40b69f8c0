package dev.muster.daemon.kubernetes;

import static dev.muster.daemon.kubernetes.define.OptionPairs.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.core.Cache;
import dev.muster.daemon.core.Caller;
import dev.muster.daemon.core.Cancellation;
import dev.muster.daemon.core.ChangeFeed;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.core.Jobs.LogQuery;
import dev.muster.daemon.core.Jobs.LogSink;
import dev.muster.daemon.core.Jobs.Submission;
import dev.muster.daemon.core.Jobs.Submitted;
import dev.muster.daemon.core.QueuedWriter;
import dev.muster.daemon.core.Row;
import dev.muster.daemon.core.State;
import dev.muster.daemon.core.Target;
import dev.muster.daemon.kubernetes.contexts.Contexts;
import dev.muster.daemon.kubernetes.contexts.InCluster;
import dev.muster.daemon.kubernetes.jobs.Site;
import dev.muster.daemon.kubernetes.submission.RayJobRunner;
import dev.muster.daemon.ray.RaySubmission;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RayJobRunnerTest {
  private static final List<String> TRAIN = List.of("python", "train.py");
  private static final String READY =
      "{state: ready, desiredWorkerReplicas: 0, availableWorkerReplicas: 0}";

  @TempDir Path directory;

  private final TinyApi api = new TinyApi();
  private final TinyRay ray = new TinyRay();
  private final Cancellation cancellation = new Cancellation();
  private final List<String> phases = new ArrayList<>();
  private final List<Duration> looks = new ArrayList<>();
  private final Printed printed = new Printed();
  private Cache cache;
  private QueuedWriter writer;
  private Connections connections;
  private RayJobRunner runner;
  private Instant now = Instant.parse("2026-11-28T12:00:00Z");

  private static final class Printed implements LogSink {
    final StringBuilder text = new StringBuilder();
    final List<String> notes = new ArrayList<>();

    @Override
    public void write(ByteBuffer bytes) {
      text.append(StandardCharsets.UTF_8.decode(bytes));
    }

    @Override
    public void note(String sentence) {
      notes.add(sentence);
    }
  }

  @BeforeEach
  void open() {
    cache = Cache.open(directory.resolve("cache"), "test", Clock.systemUTC());
    writer = new QueuedWriter(cache, new ChangeFeed(), Clock.systemUTC());
    connections = new Connections(writer, cache, Clock.systemUTC(), time -> looks.add(time));
    runner = new RayJobRunner(endpoint -> ray, site -> null, Duration.ofMillis(1));
  }

  @AfterEach
  void close() {
    connections.close();
    writer.close();
    cache.close();
    api.close();
  }

  private Site site(Target target) throws IOException {
    Caller caller =
        new Caller(
            directory,
            Map.of(
                "KUBECONFIG", api.kubeconfig(directory).toString(), "HOME", directory.toString()),
            false);
    Contexts contexts =
        new Contexts(directory.resolve("none"), new InCluster(directory.resolve("none"), Map.of()));
    Aim aim = new Aim(contexts, caller, target);
    // A minute passes with each look at the clock.
    Clock clock =
        new Clock() {
          @Override
          public java.time.ZoneId getZone() {
            return ZoneOffset.UTC;
          }

          @Override
          public Clock withZone(java.time.ZoneId zone) {
            return this;
          }

          @Override
          public Instant instant() {
            now = now.plusSeconds(60);
            return now;
          }
        };
    return new Site(
        caller,
        target,
        aim.scope(),
        () -> connections.client(aim.access()),
        connections.operations(aim.access()),
        ray,
        cache,
        writer,
        clock);
  }

  private static Submission submission(List<String> command, String... pairs) {
    return new Submission("rayjob", "demo", options(pairs), command, "", "", false);
  }

  private Submitted submit(Submission what) throws IOException {
    return runner.submit(
        site(Target.DEFAULT), what, (phase, done, total) -> phases.add(phase), cancellation);
  }

  private Failure refused(Submission what) {
    return catchThrowableOfType(Failure.class, () -> submit(what));
  }

  private ObjectNode job() {
    return api.objects.get(TinyApi.job("demo"));
  }

  private void cluster(String status) {
    api.put(
        TinyApi.cluster("big"),
        Samples.yaml(
            "{apiVersion: ray.io/v1, kind: RayCluster, metadata: {name: big, namespace: n}, spec: {headGroupSpec: {}}, status: "
                + status
                + "}"));
  }

  private void job(String spec, String status) {
    api.put(
        TinyApi.job("demo"),
        Samples.yaml(
            "{apiVersion: ray.io/v1, kind: RayJob, metadata: {name: demo, namespace: n}, spec: "
                + spec
                + ", status: "
                + status
                + "}"));
  }

  private Path src() throws IOException {
    Path src = Files.createDirectories(directory.resolve("src"));
    Files.writeString(src.resolve("train.py"), "");
    return src;
  }

  @Test
  void options_make_a_job_and_the_row_is_known_at_once() throws IOException {
    Submitted submitted = submit(submission(TRAIN));

    assertThat(submitted.row().state()).isEqualTo(State.STARTING);
    assertThat(submitted.dashboard()).isEqualTo("muster dashboard rayjob demo -n n");
    assertThat(submitted.warnings()).isEmpty();
    assertThat(cache.get(submitted.row().key())).isPresent();
    assertThat(job().at("/spec/entrypoint").asText()).isEqualTo("python train.py");
    assertThat(refused(submission(TRAIN)))
        .hasMessage("There is a RayJob demo in the namespace n already.")
        .extracting(Failure::kind)
        .isEqualTo(Failure.Kind.EXISTS);
  }

  @Test
  void a_dry_run_is_checked_by_the_server_and_shown() throws IOException {
    src();
    Submitted submitted =
        submit(
            new Submission(
                "rayjob",
                "demo",
                options("working-dir", "src", "template", "kubectl-ray"),
                TRAIN,
                "",
                "",
                true));

    assertThat(submitted.row()).isNull();
    assertThat(submitted.manifest())
        .contains("rayproject/ray:2.52.0", "---\napiVersion: v1\nkind: Secret");
    assertThat(submitted.warnings()).isEmpty();
    assertThat(
            submit(
                    new Submission(
                        "rayjob",
                        "demo",
                        options("working-dir", "src", "submission-mode", "InteractiveMode"),
                        TRAIN,
                        "",
                        "",
                        true))
                .warnings())
        .containsExactly(
            "The working directory " + directory.resolve("src") + " is not sent in a dry run.");
    assertThat(job()).isNull();
    assertThat(api.requests).contains("POST /apis/ray.io/v1/namespaces/n/rayjobs");
  }

  @Test
  void a_dry_run_needs_no_server_that_answers() throws IOException {
    Submission dry = new Submission("rayjob", "demo", Map.of(), TRAIN, "", "", true);
    api.refused.put("POST /apis/ray.io/v1/namespaces/n/rayjobs", 429);

    assertThat(submit(dry).warnings())
        .singleElement()
        .asString()
        .startsWith("The server has not checked it: ");
    api.refused.put("POST /apis/ray.io/v1/namespaces/n/rayjobs", 403);
    assertThat(refused(dry).kind()).isEqualTo(Failure.Kind.FORBIDDEN);
  }

  @Test
  void a_manifest_comes_from_a_file_by_name_a_named_file_or_a_text() throws IOException {
    String yaml =
        "{apiVersion: ray.io/v1, kind: RayJob, metadata: {name: NAME}, spec: {entrypoint: x, clusterSelector: {ray.io/cluster: big}}}";
    cluster(READY);
    Files.writeString(directory.resolve("demo.yaml"), yaml.replace("NAME", "a"));
    Files.writeString(directory.resolve("f.yaml"), yaml.replace("NAME", "b"));

    assertThat(submit(submission(List.of())).row().key().name()).isEqualTo("a");
    assertThat(
            submit(new Submission("rayjob", "", Map.of(), List.of(), "f.yaml", "", false))
                .row()
                .key()
                .name())
        .isEqualTo("b");
    assertThat(
            submit(
                    new Submission(
                        "rayjob",
                        "c",
                        options("env", "A=b"),
                        List.of("ls"),
                        "",
                        yaml.replace("NAME", "x"),
                        false))
                .row()
                .key()
                .name())
        .isEqualTo("c");
    assertThat(api.objects.get(TinyApi.job("c")).path("spec"))
        .isEqualTo(
            Samples.yaml(
                "{entrypoint: ls, clusterSelector: {ray.io/cluster: big}, runtimeEnvYAML: \"env_vars:\\n  A: b\\n\"}"));
  }

  @Test
  void what_is_no_manifest_of_a_job_is_refused() throws IOException {
    assertThat(refused(submission(List.of())))
        .hasMessage(
            "There is no file "
                + directory.resolve("demo.yaml")
                + "; type the job's command behind \"--\", or name a manifest with -f.");
    assertThat(refused(new Submission("rayjob", "", Map.of(), List.of(), "f", "", false)))
        .hasMessage("There is no file " + directory.resolve("f") + ".");
    assertThat(refused(new Submission("rayjob", "", Map.of(), List.of(), ".", "", false)))
        .hasMessage("The file " + directory + " cannot be read.");
    assertThat(refused(new Submission("rayjob", "", Map.of(), List.of(), "", "", false)))
        .hasMessageStartingWith("There is nothing to submit: ");
    assertThat(refused(text("[1]"))).hasMessage("standard input holds no Kubernetes object.");
    assertThat(refused(text("{a: 1}")))
        .hasMessage("standard input holds no RayJob (ray.io): it has no kind.");
    assertThat(refused(text("{kind: Job, apiVersion: batch/v1}")))
        .hasMessage("standard input holds the kind Job (batch/v1), not a RayJob (ray.io).");
    assertThat(refused(text("{kind: RayJob, apiVersion: ray.io/v1}")))
        .hasMessage("standard input: the RayJob has no metadata or no spec.");
    assertThat(
            refused(
                new Submission("rayjob", "", options("template", "t"), List.of(), "f", "", false)))
        .hasMessageStartingWith("--template is for a job that options describe");
  }

  private static Submission text(String yaml) {
    return new Submission("rayjob", "", Map.of(), List.of(), "", yaml, false);
  }

  @Test
  void a_job_is_in_one_namespace() throws IOException {
    Site everywhere = site(new Target("", "", "", true));

    assertThat(
            catchThrowableOfType(
                Failure.class,
                () -> runner.submit(everywhere, submission(TRAIN), (a, b, c) -> {}, cancellation)))
        .hasMessage("One resource is in one namespace: name it with --namespace.");
    assertThat(
            runner
                .submit(
                    site(new Target("", "", "m", false)),
                    submission(TRAIN),
                    (a, b, c) -> {},
                    cancellation)
                .row()
                .key()
                .namespace())
        .isEqualTo("m");
  }

  @Test
  void the_priority_class_must_be_there() throws IOException {
    String path = "/apis/kueue.x-k8s.io/v1beta1/workloadpriorityclasses/high";
    Submission what = submission(TRAIN, "priority-class", "high");

    assertThat(refused(what))
        .hasMessage(
            "--priority-class: there is no WorkloadPriorityClass \"high\" (muster list workloadpriorityclass shows those that there are).");
    api.refused.put("GET " + path, 429);
    assertThat(refused(what).kind()).isEqualTo(Failure.Kind.NO_ANSWER);
    api.refused.put("GET " + path, 403);
    assertThat(submit(what).warnings())
        .singleElement()
        .asString()
        .startsWith("Whether there is a WorkloadPriorityClass high is not known: ");
  }

  @Test
  void the_cluster_must_be_there_and_should_be_ready() throws IOException {
    Submission what = submission(TRAIN, "cluster-name", "big");
    assertThat(refused(what))
        .hasMessage(
            "There is no RayCluster big in the namespace n. muster list raycluster shows those that there are.")
        .extracting(Failure::kind)
        .isEqualTo(Failure.Kind.NOT_FOUND);
    api.refused.put("GET " + TinyApi.cluster("big"), 403);
    assertThat(refused(what).kind()).isEqualTo(Failure.Kind.FORBIDDEN);
    api.refused.clear();
    cluster("{}");

    assertThat(submit(what).warnings())
        .singleElement()
        .asString()
        .startsWith("The RayCluster big is STARTING")
        .endsWith(": the job begins when it is ready; --wait waits for that.");
  }

  @Test
  void files_for_a_cluster_that_is_there_are_sent_before_the_job_is_made() throws IOException {
    Path src = src();
    cluster(READY);
    String[] options = {
      "cluster-name", "big", "working-dir", "src", "address", "@x", "headers", "{\"X-A\": \"b\"}"
    };
    submit(submission(TRAIN, options));

    assertThat(ray.sent).containsExactly(src.toString());
    assertThat(ray.asked).containsExactly("n/big@x");
    assertThat(ray.headers).containsExactly(Map.of("X-A", "b"));
    assertThat(phases).containsExactly("sending " + src);
    assertThat(job().path("spec"))
        .isEqualTo(
            Samples.yaml(
                "{submissionMode: K8sJobMode, backoffLimit: 0, clusterSelector: {ray.io/cluster: big},"
                    + " entrypoint: python train.py, runtimeEnvYAML: \"working_dir: gcs://p.zip\\n\"}"));
    assertThat(refused(submission(TRAIN, options)).kind()).isEqualTo(Failure.Kind.EXISTS);
    assertThat(ray.sent).hasSize(1);
  }

  @Test
  void where_a_dashboard_is_exposed_the_jobs_can_be_looked_at() throws IOException {
    cluster(READY);
    api.put(
        "/apis/route.openshift.io/v1beta1/namespaces/n/routes/ray-dashboard-big",
        Samples.yaml("{metadata: {name: ray-dashboard-big}, spec: {host: ray.example.org}}"));

    assertThat(submit(submission(TRAIN, "cluster-name", "big")).dashboard())
        .isEqualTo("http://ray.example.org/#/jobs");
  }

  @Test
  void nothing_is_sent_to_a_cluster_that_is_not_ready() throws IOException {
    src();
    cluster("{state: suspended}");

    assertThat(
            refused(
                submission(
                    TRAIN,
                    "cluster-name",
                    "big",
                    "working-dir",
                    "src",
                    "submission-mode",
                    "HTTPMode")))
        .hasMessageStartingWith("The RayCluster big is SUSPENDED")
        .hasMessageEndingWith(
            ", so nothing can be sent to it; wait for it with muster wait raycluster big.")
        .extracting(Failure::kind)
        .isEqualTo(Failure.Kind.FAILED);
  }

  @Test
  void files_for_the_jobs_own_cluster_are_sent_when_it_is_there() throws IOException {
    Path src = src();
    api.steps(
        TinyApi.job("demo"),
        "{}",
        "{}",
        "{}",
        "{jobDeploymentStatus: Initializing, rayClusterName: demo-x}",
        "{jobDeploymentStatus: Initializing, rayClusterName: demo-x}",
        "{jobDeploymentStatus: Waiting, rayClusterName: demo-x}");
    ray.mute.add(new Failure(Failure.Kind.NO_ANSWER, "not yet"));
    Submitted submitted =
        submit(
            submission(
                TRAIN,
                "working-dir",
                "src",
                "env",
                "A=b",
                "submission-mode",
                "InteractiveMode",
                "submission-id",
                "mine",
                "entrypoint-num-cpus",
                "0.5",
                "entrypoint-memory",
                "1Ki",
                "entrypoint-resources",
                "{\"r\": 2}",
                "metadata-json",
                "{\"a\": \"b\"}"));

    assertThat(submitted.row().key().name()).isEqualTo("demo");
    assertThat(phases)
        .containsExactly(
            "waiting for its cluster",
            "waiting for its cluster",
            "waiting for the dashboard of demo-x",
            "sending " + src,
            "submitting");
    assertThat(ray.lost).isEqualTo(1);
    RaySubmission sent = ray.submitted.getFirst();
    assertThat(sent)
        .isEqualTo(
            new RaySubmission(
                "mine",
                "python train.py",
                Samples.yaml("{env_vars: {A: b}, working_dir: 'gcs://p.zip'}"),
                Map.of("a", "b"),
                0.5,
                null,
                1024L,
                Map.of("r", 2.0)));
    assertThat(job().at("/spec/jobId").asText()).isEqualTo("mine");
    assertThat(job().at("/spec/runtimeEnvYAML").asText()).contains("gcs://p.zip");
  }

  private static final String SECRETS = "/api/v1/namespaces/n/secrets";

  private ObjectNode secret() {
    return api.objects.get(SECRETS + "/demo-files");
  }

  @Test
  void few_files_are_in_a_secret_that_goes_with_the_job() throws IOException {
    src();
    submit(submission(TRAIN, "working-dir", "src"));

    assertThat(ray.asked).isEmpty();
    assertThat(job().at("/spec/runtimeEnvYAML").asText())
        .isEqualTo("working_dir: \"/tmp/rayjob-working-dir\"\n");
    assertThat(secret().at("/metadata/ownerReferences"))
        .isEqualTo(
            Samples.yaml(
                    "{a: [{apiVersion: ray.io/v1, kind: RayJob, name: demo, uid: %s}]}"
                        .formatted(job().at("/metadata/uid").asText()))
                .path("a"));
    assertThat(secret().path("data").has("working_dir.zip")).isTrue();
    assertThat(refused(submission(TRAIN, "working-dir", "src")).kind())
        .isEqualTo(Failure.Kind.EXISTS);
  }

  @Test
  void what_submits_the_job_has_the_image_of_the_cluster_that_is_there() throws IOException {
    src();
    cluster("{state: suspended}");
    api.objects
        .get(TinyApi.cluster("big"))
        .set(
            "spec",
            Samples.yaml(
                "{headGroupSpec: {template: {spec: {containers: [{name: head, image: 'ray:2.51'}]}}}}"));
    Submitted submitted = submit(submission(TRAIN, "cluster-name", "big", "working-dir", "src"));

    assertThat(submitted.warnings())
        .singleElement()
        .asString()
        .endsWith(": the job begins when it is ready; --wait waits for that.");
    assertThat(job().at("/spec/submitterPodTemplate/spec/containers/0/image").asText())
        .isEqualTo("ray:2.51");
    assertThat(job().at("/spec/submitterPodTemplate/spec/initContainers/0/image").asText())
        .isEqualTo("ray:2.51");
  }

  @Test
  void who_may_not_make_secrets_gets_another_way_and_no_job() throws IOException {
    src();
    api.refused.put("POST " + SECRETS, 403);

    assertThat(refused(submission(TRAIN, "working-dir", "src")))
        .hasMessage(
            "You may not create the Secret demo-files in the namespace n: no. With --submission-mode InteractiveMode the files are sent to Ray itself.")
        .extracting(Failure::kind)
        .isEqualTo(Failure.Kind.FORBIDDEN);
    assertThat(job()).isNull();
    api.refused.put("POST " + SECRETS, 500);
    assertThat(refused(submission(TRAIN, "working-dir", "src")).kind())
        .isEqualTo(Failure.Kind.FAILED);
  }

  @Test
  void a_secret_that_is_not_made_undoes_the_job() throws IOException {
    src();
    api.refusedLater.put("POST " + SECRETS, 403);

    assertThat(refused(submission(TRAIN, "working-dir", "src")))
        .hasMessage(
            "You may not create the Secret demo-files in the namespace n: no. The RayJob was deleted again.");
    assertThat(job()).isNull();
  }

  @Test
  void a_secret_of_somebody_else_is_left_alone() throws IOException {
    src();
    api.put(SECRETS + "/demo-files", Samples.yaml("{metadata: {name: demo-files}}"));

    assertThat(refused(submission(TRAIN, "working-dir", "src")))
        .hasMessage(
            "There is a Secret demo-files in the namespace n already, where the files of the RayJob demo would be; choose another name.");
    assertThat(job()).isNull();
  }

  @Test
  void a_manifest_has_its_files_behind_it() throws IOException {
    src();
    String yaml =
        submit(new Submission("rayjob", "demo", options("working-dir", "src"), TRAIN, "", "", true))
            .manifest();
    submit(new Submission("rayjob", "other", Map.of(), List.of(), "", yaml, false));

    assertThat(api.objects.get(SECRETS + "/other-files").at("/metadata/labels/ray.io~1job-name"))
        .hasToString("\"other\"");
    assertThat(api.objects.get(TinyApi.job("other")).at("/spec/runtimeEnvYAML").asText())
        .isEqualTo("working_dir: \"/tmp/rayjob-working-dir\"\n");
    assertThat(
            api.objects
                .get(TinyApi.job("other"))
                .at("/spec/submitterPodTemplate/spec/volumes/0/secret/secretName")
                .asText())
        .isEqualTo("other-files");
    assertThat(refused(text(yaml + "---\na: b\n")))
        .hasMessage(
            "standard input holds more than one document: beside a RayJob there can be the Secret of its files alone.");
  }

  @Test
  void a_job_with_a_secret_is_made_anew_and_keeps_it() throws IOException {
    src();
    submit(submission(TRAIN, "working-dir", "src"));
    String first = job().at("/metadata/uid").asText();
    job().set("status", Samples.yaml("{jobDeploymentStatus: Complete, jobStatus: SUCCEEDED}"));
    api.requests.clear();
    resubmit();

    assertThat(job().at("/metadata/uid").asText()).isNotEqualTo(first);
    assertThat(secret().at("/metadata/ownerReferences/0/uid").asText())
        .isEqualTo(job().at("/metadata/uid").asText());
    assertThat(api.requests)
        .containsSubsequence(
            "PATCH " + SECRETS + "/demo-files",
            "DELETE " + TinyApi.job("demo"),
            "POST " + TinyApi.job("").replaceFirst("/$", ""),
            "PATCH " + SECRETS + "/demo-files");
  }

  @Test
  void a_job_that_waits_to_be_submitted_needs_no_files() throws IOException {
    api.steps(TinyApi.job("demo"), "{jobDeploymentStatus: Waiting, rayClusterName: demo-x}");
    submit(submission(TRAIN, "submission-mode", "InteractiveMode"));

    assertThat(ray.sent).isEmpty();
    assertThat(ray.submitted.getFirst().id()).isEmpty();
    assertThat(job().at("/spec/jobId").asText()).isEqualTo("raysubmit_1");
    assertThat(job().path("spec").has("runtimeEnvYAML")).isFalse();
  }

  @Test
  void whoever_breaks_off_leaves_nothing_behind() throws IOException {
    src();
    cancellation.cancel();

    assertThat(
            refused(submission(TRAIN, "working-dir", "src", "submission-mode", "InteractiveMode")))
        .hasMessage("The submission of demo was broken off. The RayJob was deleted again.");
    assertThat(job()).isNull();
  }

  @Test
  void a_job_that_fails_before_it_is_submitted_is_deleted_and_says_why() throws IOException {
    src();
    api.steps(TinyApi.job("demo"), "{}", "{jobDeploymentStatus: ValidationFailed, message: bad}");

    assertThat(
            refused(submission(TRAIN, "working-dir", "src", "submission-mode", "InteractiveMode")))
        .hasMessage(
            "The RayJob demo failed before anything could be sent to it: bad. The RayJob was deleted again.");
  }

  @Test
  void a_job_that_somebody_else_deletes_is_left_alone() throws IOException {
    src();
    api.steps(TinyApi.job("demo"), "{}", "gone");

    assertThat(
            refused(submission(TRAIN, "working-dir", "src", "submission-mode", "InteractiveMode")))
        .hasMessage("There is no RayJob demo in the namespace n.");
  }

  @Test
  void a_dashboard_that_never_answers_ends_the_submission() throws IOException {
    api.steps(TinyApi.job("demo"), "{jobDeploymentStatus: Waiting, rayClusterName: demo-x}");
    for (int i = 0; i < 9; i++) {
      ray.mute.add(new Failure(Failure.Kind.NO_ANSWER, "It is mute."));
    }

    assertThat(refused(submission(TRAIN, "submission-mode", "InteractiveMode")))
        .hasMessage("It is mute. The RayJob was deleted again.");
  }

  @Test
  void what_ray_refuses_undoes_the_job_or_says_that_it_is_still_there() throws IOException {
    api.steps(TinyApi.job("demo"), "{jobDeploymentStatus: Waiting, rayClusterName: demo-x}");
    ray.refusal = new Failure(Failure.Kind.EXISTS, "There is such a job.");
    api.refused.put("DELETE " + TinyApi.job("demo"), 403);

    assertThat(refused(submission(TRAIN, "submission-mode", "InteractiveMode")))
        .hasMessage(
            "There is such a job. The RayJob demo is still there, and waits: You may not delete the RayJob demo in the namespace n: no.");
  }

  @Test
  void a_job_whose_id_cannot_be_written_is_stopped() throws IOException {
    api.steps(TinyApi.job("demo"), "{jobDeploymentStatus: Waiting, rayClusterName: demo-x}");
    api.refused.put("PATCH " + TinyApi.job("demo"), 403);

    assertThat(refused(submission(TRAIN, "submission-mode", "InteractiveMode")).kind())
        .isEqualTo(Failure.Kind.FORBIDDEN);
    assertThat(ray.stopped).containsExactly("raysubmit_1");
  }

  private Row stop() throws IOException {
    return runner.stop(site(Target.DEFAULT), "demo");
  }

  @Test
  void a_job_with_a_cluster_of_its_own_is_stopped_by_suspending_it() throws IOException {
    job(
        "{rayClusterSpec: {}, shutdownAfterJobFinishes: true}",
        "{jobDeploymentStatus: Running, jobStatus: RUNNING}");
    stop();
    assertThat(job().at("/spec/suspend").asBoolean()).isTrue();
    stop();
    assertThat(api.requests).filteredOn(r -> r.startsWith("PATCH")).hasSize(1);
  }

  private static final String QUEUED = "{rayClusterSpec: {}, shutdownAfterJobFinishes: true%s}";

  private void queuedJob(boolean suspend, String deployment) {
    job(
        QUEUED.formatted(suspend ? ", suspend: true" : ""),
        "{jobDeploymentStatus: " + deployment + "}");
    ObjectNode metadata = job().withObject("/metadata");
    metadata.put("uid", "job-uid");
    metadata.withObject("/labels").put("kueue.x-k8s.io/queue-name", "q");
  }

  /** As Kueue keeps it for the job. */
  private ObjectNode workload(String status) {
    ObjectNode workload =
        Samples.yaml(
            "{apiVersion: kueue.x-k8s.io/v1beta1, kind: Workload, metadata: {name: w, namespace: n,"
                + " ownerReferences: [{kind: RayJob, name: demo, uid: job-uid, controller: true}]},"
                + " spec: {active: true, queueName: q}, status: "
                + status
                + "}");
    api.put(WORKLOAD, workload);
    return workload;
  }

  private static final String WORKLOAD = "/apis/kueue.x-k8s.io/v1beta1/namespaces/n/workloads/w";

  @Test
  void a_job_that_kueue_manages_is_stopped_and_goes_on_by_its_workload() throws IOException {
    queuedJob(false, "Running");
    workload("{admission: {clusterQueue: c}}");
    assertThat(stop().state()).isEqualTo(State.SUSPENDING);
    assertThat(api.objects.get(WORKLOAD).at("/spec/active").asBoolean()).isFalse();
    assertThat(job().at("/spec").has("suspend")).isFalse();
    stop();
    assertThat(api.requests).filteredOn(r -> r.startsWith("PATCH")).hasSize(1);

    queuedJob(true, "Suspended");
    assertThat(resubmit().state()).isNotEqualTo(State.SUSPENDED);
    assertThat(api.objects.get(WORKLOAD).at("/spec/active").asBoolean()).isTrue();
    assertThat(looks).isEmpty();
  }

  @Test
  void a_job_that_waits_for_quota_is_stopped_and_is_not_run_again_while_it_waits()
      throws IOException {
    queuedJob(true, "Suspended");
    workload("{}");
    assertThat(catchThrowableOfType(Failure.class, this::resubmit))
        .hasMessage("The RayJob demo is QUEUED; stop it first, with muster stop rayjob demo.");
    assertThat(stop().state()).isEqualTo(State.SUSPENDED);
  }

  @Test
  void a_job_that_kueue_has_not_taken_up_within_a_moment_is_suspended_by_itself()
      throws IOException {
    queuedJob(false, "Initializing");
    stop();
    assertThat(job().at("/spec/suspend").asBoolean()).isTrue();
    assertThat(looks).hasSizeGreaterThan(5);
  }

  @Test
  void a_job_that_kueue_keeps_suspended_without_a_workload_is_not_said_to_be_stopped() {
    queuedJob(true, "Suspending");
    assertThat(catchThrowableOfType(Failure.class, this::stop))
        .hasMessage(
            "Kueue keeps the RayJob demo waiting and has no Workload for it yet, by which alone it"
                + " can be stopped; try again in a moment.");
    assertThat(api.requests).noneMatch(r -> r.startsWith("PATCH"));
  }

  @Test
  void a_job_that_kueue_is_about_to_start_is_stopped_by_its_workload() throws IOException {
    for (boolean suspend : new boolean[] {true, false}) {
      queuedJob(suspend, "Suspending");
      workload("{admission: {clusterQueue: c}}");
      stop();
      assertThat(api.objects.get(WORKLOAD).at("/spec/active").asBoolean()).isFalse();
    }
  }

  @Test
  void a_job_whose_workload_has_ended_is_suspended_by_itself() throws IOException {
    queuedJob(false, "Running");
    workload("{conditions: [{type: Finished, status: 'True'}]}");
    stop();
    assertThat(job().at("/spec/suspend").asBoolean()).isTrue();
    assertThat(looks).isEmpty();
  }

  @Test
  void who_may_not_touch_workloads_is_told_which_right_is_missing() throws IOException {
    queuedJob(false, "Running");
    workload("{admission: {clusterQueue: c}}");
    api.refused.put("PATCH " + WORKLOAD, 403);
    assertThat(catchThrowableOfType(Failure.class, this::stop))
        .hasMessage(
            "You may not suspend the RayJob demo through the Workload w in the namespace n: no.")
        .extracting(Failure::kind)
        .isEqualTo(Failure.Kind.FORBIDDEN);

    api.refused.put("GET /apis/kueue.x-k8s.io/v1beta1/namespaces/n/workloads", 403);
    assertThat(catchThrowableOfType(Failure.class, this::stop))
        .hasMessage(
            "You may not suspend the RayJob demo, which is in a queue, without seeing its Workload:"
                + " no.");
    job(QUEUED.formatted(""), "{jobDeploymentStatus: Running}");
    stop();
    assertThat(job().at("/spec/suspend").asBoolean()).isTrue();

    api.refused.put("GET /apis/kueue.x-k8s.io/v1beta1/namespaces/n/workloads", 500);
    job(QUEUED.formatted(""), "{jobDeploymentStatus: Running}");
    assertThat(catchThrowableOfType(Failure.class, this::stop).kind())
        .isEqualTo(Failure.Kind.FAILED);
  }

  @Test
  void a_job_on_a_cluster_of_others_is_stopped_by_ray() throws IOException {
    String spec = "{clusterSelector: {ray.io/cluster: big}}";
    job(spec, "{jobDeploymentStatus: Running, jobStatus: RUNNING, jobId: j1, rayClusterName: big}");
    stop();
    assertThat(ray.stopped).containsExactly("j1");
    job(spec, "{jobDeploymentStatus: Initializing, jobId: j1}");
    assertThat(catchThrowableOfType(Failure.class, this::stop))
        .hasMessageStartingWith("The RayJob demo has not begun, and KubeRay cannot suspend");
    job(spec, "{jobDeploymentStatus: Complete, jobStatus: SUCCEEDED}");
    assertThat(stop().state()).isEqualTo(State.SUCCEEDED);
  }

  @Test
  void a_job_whose_cluster_is_to_stay_is_not_suspended() throws IOException {
    Site site = site(Target.DEFAULT);
    job("{clusterSelector: {ray.io/cluster: big}}", "{}");
    assertThat(suspended(site))
        .hasMessage(
            "KubeRay suspends a RayJob by deleting its cluster, and that of demo is to stay: it is for the cluster big; muster stop rayjob demo stops the job alone.");
    job("{rayClusterSpec: {}}", "{}");
    assertThat(suspended(site))
        .hasMessageContaining("is to stay (shutdownAfterJobFinishes is not true); ");
  }

  private static Failure suspended(Site site) {
    return catchThrowableOfType(
        Failure.class,
        () ->
            site.operations()
                .suspending()
                .suspend(
                    dev.muster.daemon.kubernetes.rayjob.RayJobRow.RESOURCE,
                    "n",
                    "demo",
                    true,
                    false));
  }

  @Test
  void a_job_that_waits_for_its_cluster_is_explained_by_it() throws IOException {
    job("{}", "{jobDeploymentStatus: Initializing, rayClusterName: c}");
    assertThat(inquiry().causes()).isEqualTo(dev.muster.daemon.kubernetes.raycluster.Causes.NONE);
    assertThat(inquiry().row().reason()).isEqualTo("waiting for its cluster");
    job("{}", running("j1"));
    assertThat(inquiry().causes()).isEqualTo(dev.muster.daemon.kubernetes.raycluster.Causes.NONE);
  }

  private dev.muster.daemon.kubernetes.operations.Inquiry inquiry() throws IOException {
    return site(Target.DEFAULT)
        .operations()
        .inquiry(dev.muster.daemon.kubernetes.rayjob.RayJobRow.RESOURCE, "n", "demo");
  }

  private Row resubmit() throws IOException {
    return runner.resubmit(site(Target.DEFAULT), "demo");
  }

  @Test
  void a_suspended_job_goes_on() throws IOException {
    job("{suspend: true, shutdownAfterJobFinishes: true}", "{jobDeploymentStatus: Suspended}");
    resubmit();

    assertThat(job().at("/spec/suspend").asBoolean()).isFalse();
  }

  @Test
  void a_finished_job_is_made_anew_when_the_old_one_has_gone() throws IOException {
    job(
        "{entrypoint: x, jobId: old, clusterSelector: {ray.io/cluster: big}}",
        "{jobDeploymentStatus: Complete, jobStatus: FAILED}");
    String over = "{jobDeploymentStatus: Complete, jobStatus: FAILED}";
    api.lingers(TinyApi.job("demo"));
    api.steps(TinyApi.job("demo"), over, over, over, over, over, "gone");
    resubmit();

    assertThat(job().path("spec"))
        .isEqualTo(Samples.yaml("{entrypoint: x, clusterSelector: {ray.io/cluster: big}}"));
    assertThat(job().has("status")).isFalse();
  }

  @Test
  void a_job_that_does_not_go_is_not_made_anew() throws IOException {
    job("{entrypoint: x, rayClusterSpec: {}}", "{jobDeploymentStatus: Failed}");
    api.lingers(TinyApi.job("demo"));

    assertThat(catchThrowableOfType(Failure.class, this::resubmit))
        .hasMessageStartingWith("The RayJob demo was deleted to be made anew, but is still there");
  }

  @Test
  void what_runs_or_had_files_sent_to_it_is_not_run_again() throws IOException {
    job("{entrypoint: x}", "{jobDeploymentStatus: Running, jobStatus: RUNNING}");
    assertThat(catchThrowableOfType(Failure.class, this::resubmit))
        .hasMessage("The RayJob demo is RUNNING; stop it first, with muster stop rayjob demo.");
    job("{submissionMode: InteractiveMode}", "{jobDeploymentStatus: Complete}");
    assertThat(catchThrowableOfType(Failure.class, this::resubmit))
        .hasMessage(
            "The files of the RayJob demo were sent for that one run; delete it, and submit it anew with --working-dir.");
  }

  private static LogQuery query(boolean follow, int tail) {
    return new LogQuery("rayjob", "demo", follow, null, tail, -1, "");
  }

  private Row logs(LogQuery query) throws IOException {
    return runner.logs(site(Target.DEFAULT), query, printed, cancellation);
  }

  private static String running(String id) {
    return "{jobDeploymentStatus: Running, jobStatus: RUNNING, rayClusterName: c, jobId: "
        + id
        + "}";
  }

  private static String complete(String id) {
    return "{jobDeploymentStatus: Complete, jobStatus: SUCCEEDED, rayClusterName: c, jobId: "
        + id
        + "}";
  }

  @Test
  void a_log_is_shown_whole_or_by_its_last_lines() throws IOException {
    job("{}", complete("j1"));
    ray.logs.put("j1", "one\ntwo\nthree\n");

    assertThat(logs(query(false, -1)).state()).isEqualTo(State.SUCCEEDED);
    assertThat(printed.text).hasToString("one\ntwo\nthree\n");
    printed.text.setLength(0);
    logs(query(false, 2));
    assertThat(printed.text).hasToString("two\nthree\n");
  }

  @Test
  void a_job_that_has_not_begun_has_no_log() throws IOException {
    job("{}", "{jobDeploymentStatus: Initializing, rayClusterName: c, jobId: j1}");
    assertThat(logs(query(false, -1)).state()).isEqualTo(State.STARTING);
    job("{}", "{jobDeploymentStatus: Running, rayClusterName: c, jobId: j1}");
    logs(query(false, -1));
    assertThat(printed.text).isEmpty();
    ray.logs.put("j1", "x");
    logs(query(false, -1));
    assertThat(printed.text).hasToString("x");
  }

  @Test
  void following_waits_for_the_beginning_and_ends_when_kube_ray_says_so() throws IOException {
    job("{}", "{}");
    ray.logs.put("j1", "one\ntwo\n");
    api.steps(TinyApi.job("demo"), "{}", "{}", running("j1"), running("j1"), complete("j1"));

    assertThat(logs(query(true, 1)).state()).isEqualTo(State.SUCCEEDED);
    assertThat(printed.text).hasToString("two\n");
  }

  @Test
  void a_job_that_is_tried_again_is_followed_again() throws IOException {
    job("{}", "{}");
    ray.logs.put("j1", "a");
    ray.logs.put("j2", "b");
    api.steps(
        TinyApi.job("demo"),
        running("j1"),
        "{jobDeploymentStatus: Retrying}",
        running("j2"),
        complete("j2"));

    logs(query(true, -1));

    assertThat(printed.text).hasToString("ab");
    assertThat(printed.notes).containsExactly("The job is tried again, as j2.");
  }

  private static void write(dev.muster.daemon.ray.RayJobs.LogSink sink, String text)
      throws IOException {
    sink.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static Failure away(Failure.Kind kind) {
    return new Failure(kind, "It is away.");
  }

  @Test
  void an_interrupted_log_goes_on_where_it_was() throws IOException {
    job("{}", running("j1"));
    ray.followings.add(
        (sink, c) -> {
          write(sink, "one\ntw");
          throw away(Failure.Kind.NO_ANSWER);
        });
    ray.followings.add(
        (sink, c) -> {
          write(sink, "one\n");
          write(sink, "two\n");
        });
    api.steps(TinyApi.job("demo"), running("j1"), running("j1"), running("j1"), complete("j1"));
    ray.wayless.add(away(Failure.Kind.NO_ANSWER));
    ray.wayless.removeFirst();

    logs(query(true, -1));

    assertThat(printed.text).hasToString("one\ntwo\n");
    assertThat(printed.notes)
        .containsExactly("The log was interrupted, and goes on when there is a way: It is away.");
    assertThat(ray.lost).isEqualTo(1);
  }

  private static LogQuery rest(Map<String, String> bookmarks) {
    return new LogQuery("rayjob", "demo", true, null, 1, -1, "", bookmarks);
  }

  @Test
  void whoever_was_cut_off_gets_the_rest_of_each_attempt() throws IOException {
    job("{}", complete("j1"));
    ray.logs.put("j1", "one\ntwo\nthree\n");
    logs(rest(Map.of("j1", "4")));
    assertThat(printed.text).hasToString("two\nthree\n");
    assertThat(printed.notes).isEmpty();

    printed.text.setLength(0);
    logs(rest(Map.of("j0", "4")));
    assertThat(printed.text).hasToString("one\ntwo\nthree\n");
    assertThat(printed.notes).containsExactly("The job is tried again, as j1.");
  }

  @Test
  void the_rest_of_a_log_can_have_gone_with_its_cluster() throws IOException {
    job("{}", complete("j1"));
    ray.wayless.add(away(Failure.Kind.NOT_FOUND));
    assertThat(logs(rest(Map.of("j1", "4"))).state()).isEqualTo(State.SUCCEEDED);
    assertThat(printed.notes)
        .containsExactly("The rest of the log, if there is any, went with the cluster.");
  }

  @Test
  void a_log_that_went_with_its_cluster_ends_with_the_job() throws IOException {
    job("{}", running("j1"));
    ray.followings.add(
        (sink, c) -> {
          write(sink, "one\n");
          throw away(Failure.Kind.NOT_FOUND);
        });
    api.steps(TinyApi.job("demo"), running("j1"), complete("j1"));

    assertThat(logs(query(true, -1)).state()).isEqualTo(State.SUCCEEDED);
    assertThat(printed.text).hasToString("one\n");
    assertThat(printed.notes)
        .containsExactly("The rest of the log, if there is any, went with the cluster.");
  }

  @Test
  void a_way_is_looked_for_until_the_job_is_over() throws IOException {
    job("{}", running("j1"));
    ray.followings.add(
        (sink, c) -> {
          ray.wayless.add(away(Failure.Kind.NO_ANSWER));
          ray.wayless.add(away(Failure.Kind.NOT_FOUND));
          throw away(Failure.Kind.NO_ANSWER);
        });
    api.steps(TinyApi.job("demo"), running("j1"), running("j1"), running("j1"), complete("j1"));

    assertThat(logs(query(true, -1)).state()).isEqualTo(State.SUCCEEDED);
    assertThat(printed.notes)
        .last()
        .isEqualTo("The rest of the log, if there is any, went with the cluster.");
  }

  @Test
  void what_is_no_interruption_ends_the_log() throws IOException {
    job("{}", running("j1"));
    ray.followings.add(
        (sink, c) -> {
          throw away(Failure.Kind.FORBIDDEN);
        });
    assertThat(catchThrowableOfType(Failure.class, () -> logs(query(true, -1))))
        .hasMessage("It is away.");
    ray.followings.add(
        (sink, c) -> {
          ray.wayless.add(away(Failure.Kind.NOT_LOGGED_IN));
          throw away(Failure.Kind.NO_ANSWER);
        });
    assertThat(catchThrowableOfType(Failure.class, () -> logs(query(true, -1))).kind())
        .isEqualTo(Failure.Kind.NOT_LOGGED_IN);
  }

  @Test
  void whoever_has_seen_enough_ends_the_log() throws IOException {
    job("{}", running("j1"));
    ray.followings.add((sink, c) -> c.cancel());
    assertThat(logs(query(true, -1)).state()).isEqualTo(State.RUNNING);
    job("{}", "{}");
    assertThat(logs(query(true, -1)).state()).isEqualTo(State.STARTING);
    job("{}", running("j1"));
    ray.followings.add(
        (sink, c) -> {
          throw away(Failure.Kind.NO_ANSWER);
        });
    assertThat(logs(query(true, -1)).state()).isEqualTo(State.RUNNING);
  }

  @Test
  void a_suspended_job_that_was_followed_is_followed_no_more() throws IOException {
    job("{suspend: true}", running("j1"));
    ray.logs.put("j1", "a");

    logs(query(true, -1));

    assertThat(printed.text).hasToString("a");
  }

  @Test
  void a_log_whose_cluster_has_gone_says_so() throws IOException {
    job("{}", complete("j1"));
    ray.wayless.add(away(Failure.Kind.NOT_FOUND));
    assertThat(catchThrowableOfType(Failure.class, () -> logs(query(false, -1))))
        .hasMessage(
            "The log of the RayJob demo went with its cluster c, which is no longer there (--ttl-seconds-after-finished of submit keeps it longer).")
        .extracting(Failure::kind)
        .isEqualTo(Failure.Kind.NOT_FOUND);
    ray.wayless.add(away(Failure.Kind.NO_ANSWER));
    assertThat(catchThrowableOfType(Failure.class, () -> logs(query(false, -1))))
        .hasMessage("It is away.");
  }

  @Test
  void what_ray_cannot_tell_of_a_log_is_refused() throws IOException {
    assertThat(
            catchThrowableOfType(
                Failure.class,
                () ->
                    logs(new LogQuery("rayjob", "demo", false, Duration.ofSeconds(1), -1, -1, ""))))
        .hasMessage(
            "Ray keeps no times of the lines that a job prints, so --since cannot be answered; --tail can.");
    assertThat(
            catchThrowableOfType(
                Failure.class, () -> logs(new LogQuery("rayjob", "demo", false, null, -1, 0, ""))))
        .hasMessageStartingWith("The log of a RayJob is that of its entrypoint");
  }

  @Test
  void nothing_is_known_of_a_job_that_is_not_there() {
    assertThat(catchThrowableOfType(Failure.class, () -> logs(query(true, -1))))
        .hasMessage("There is no RayJob demo in the namespace n.");
    assertThat(catchThrowableOfType(Failure.class, this::stop).kind())
        .isEqualTo(Failure.Kind.NOT_FOUND);
  }
}
