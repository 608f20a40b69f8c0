package dev.muster.daemon.kubernetes.explain;

import static dev.muster.daemon.kubernetes.Samples.only;
import static dev.muster.daemon.kubernetes.Samples.sample;
import static dev.muster.daemon.kubernetes.Samples.yaml;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.core.Explanation;
import dev.muster.daemon.core.Row;
import dev.muster.daemon.kubernetes.appwrapper.AppWrapperRow;
import dev.muster.daemon.kubernetes.appwrapper.Wrapped;
import dev.muster.daemon.kubernetes.kinds.Resource;
import dev.muster.daemon.kubernetes.kueue.LocalQueueRow;
import dev.muster.daemon.kubernetes.kueue.WorkloadNote;
import dev.muster.daemon.kubernetes.operations.Inquiry;
import dev.muster.daemon.kubernetes.raycluster.Causes;
import dev.muster.daemon.kubernetes.raycluster.RayClusterRow;
import dev.muster.daemon.kubernetes.rayjob.RayJobRow;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExplainerTest {
  private static WorkloadNote waiting(String name, long priority, int age) {
    return new WorkloadNote(
        "demo",
        name,
        "AppWrapper/" + name,
        "u",
        false,
        false,
        true,
        "q",
        "needs 2 GPUs more than q has left",
        "insufficient unused quota",
        priority,
        Instant.EPOCH.plusSeconds(age));
  }

  private static Explanation explain(Resource resource, Row row) {
    return Explainer.explain(
        resource, new Inquiry(row, WorkloadNote.NONE, List.of(), "", Causes.NONE, List.of()));
  }

  private static Row appWrapper(String file) {
    return AppWrapperRow.of("id", sample(file), WorkloadNote.NONE, Wrapped.NONE, Instant.EPOCH);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          appwrapper-suspended-by-user.yaml | AppWrapper aw-plain is SUSPENDED: suspended by its "suspend" field. | Let it go on: muster resume.
          appwrapper-failed-missing-component.yaml | AppWrapper aw-q2 is FAILED: what it wraps was deleted: Only found 0 deployed components, but was expecting 1. | Somebody deleted a part of it by hand: delete the AppWrapper and create it anew.
          appwrapper-failed.yaml | AppWrapper aw-fail is FAILED: pods of it failed (after 1 reset). | Its pods failed until there were no retries left: look at their logs and events, mend the cause, delete it and create it anew.
          appwrapper-resetting.yaml | AppWrapper aw-fail2 is STARTING: it is begun anew after 1 reset: pods of it failed. | Its pods keep failing: look at their logs and events before it runs out of retries.
          appwrapper-succeeded.yaml | AppWrapper aw-job is SUCCEEDED. | ''
          """)
  void samples_are_explained_with_advice(String file, String sentence, String advice) {
    Explanation explanation = explain(AppWrapperRow.RESOURCE, appWrapper(file));

    assertThat(explanation.sentence()).isEqualTo(sentence);
    assertThat(explanation.advice()).isEqualTo(advice);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          AppFailed | Look at what it printed: muster logs rayjob j.
          DeadlineExceeded | It took longer than it was given: raise --active-deadline-seconds, or look where the time went (muster logs rayjob j).
          SubmissionFailed | Ray did not take it: check its entrypoint and its runtime environment, and look at the log of the pod that submits it.
          ValidationFailed | Mend in its file what is named, delete it, and submit it anew.
          """)
  void a_job_that_failed_is_explained(String reason, String advice) {
    Row row =
        RayJobRow.of(
            "id",
            yaml(
                "{metadata: {name: j, namespace: n}, status: {jobDeploymentStatus: Failed, jobStatus: FAILED,"
                    + " message: it failed with exit code 1, reason: "
                    + reason
                    + "}}"),
            WorkloadNote.NONE,
            Instant.EPOCH);
    Explanation explanation = explain(RayJobRow.RESOURCE, row);

    assertThat(explanation.sentence())
        .isEqualTo("RayJob j is FAILED: " + reason + ": it failed with exit code 1.");
    assertThat(explanation.advice()).isEqualTo(advice);
  }

  @Test
  void what_waits_knows_its_place_in_line() {
    WorkloadNote mine = waiting("me", 0, 50);
    List<WorkloadNote> line =
        List.of(mine, waiting("older", 0, 10), waiting("urgent", 9, 99), waiting("newer", 0, 60));
    Row row =
        AppWrapperRow.of(
            "id", sample("appwrapper-suspended-pending.yaml"), mine, Wrapped.NONE, Instant.EPOCH);

    Explanation explanation =
        Explainer.explain(
            AppWrapperRow.RESOURCE,
            new Inquiry(row, mine, line, "stopped (stopPolicy Hold)", Causes.NONE, List.of()));

    assertThat(explanation.sentence())
        .isEqualTo(
            "AppWrapper aw-q2 is QUEUED: needs 2 GPUs more than q has left; about 3rd of 4 in line.");
    assertThat(explanation.causes())
        .containsExactly(
            "Workload me: insufficient unused quota", "local queue q: stopped (stopPolicy Hold)");
  }

  @Test
  void places_in_line_are_ordinals() {
    List<WorkloadNote> line = IntStream.range(0, 25).mapToObj(i -> waiting("w" + i, 0, i)).toList();

    assertThat(
            List.of(0, 1, 2, 3, 10, 11, 12, 20, 21).stream()
                .map(i -> Place.of(line.get(i), line).toString()))
        .containsExactly(
            "about 1st of 25 in line",
            "about 2nd of 25 in line",
            "about 3rd of 25 in line",
            "about 4th of 25 in line",
            "about 11th of 25 in line",
            "about 12th of 25 in line",
            "about 13th of 25 in line",
            "about 21st of 25 in line",
            "about 22nd of 25 in line");
  }

  @Test
  void pods_and_warnings_are_causes() {
    Causes causes = new Causes("head pod h: ErrImagePull: no such image", "", 0, "Failed: x");
    Row row =
        RayClusterRow.of(
            "id", sample("raycluster-2-pods-pending-no-kubelet.yaml"), causes, Instant.EPOCH);

    Explanation explanation =
        Explainer.explain(
            RayClusterRow.RESOURCE,
            new Inquiry(row, WorkloadNote.NONE, List.of(), "", causes, List.of("Ready: no")));

    assertThat(explanation.causes())
        .containsExactly(
            "head pod h: ErrImagePull: no such image", "warning: Failed: x", "Ready: no");
    assertThat(explanation.advice()).startsWith("Check the image's name and tag");
  }

  @Test
  void what_went_wrong_before_it_was_suspended_is_no_cause_of_that() {
    Causes causes = new Causes("", "", 0, "FailedToCreateService: it already exists");
    Row row = RayClusterRow.of("id", sample("raycluster-4-suspended.yaml"), causes, Instant.EPOCH);

    Explanation explanation =
        Explainer.explain(
            RayClusterRow.RESOURCE,
            new Inquiry(row, WorkloadNote.NONE, List.of(), "", causes, List.of()));

    assertThat(explanation.causes()).isEmpty();
  }

  @Test
  void what_is_as_it_should_be_needs_no_advice() {
    Row ready =
        RayClusterRow.of("id", sample("raycluster-3-ready.yaml"), Causes.NONE, Instant.EPOCH);

    assertThat(explain(RayClusterRow.RESOURCE, ready).advice()).isEmpty();
    assertThat(explain(RayClusterRow.RESOURCE, ready).sentence())
        .isEqualTo("RayCluster demo is READY, as it should be.");
    assertThat(LocalQueueRow.RESOURCE.name()).isEqualTo("localqueue");
    assertThat(WorkloadNote.of(only("workload-admitted.yaml")).pending()).isFalse();
  }

  @Test
  void what_is_stopped_through_its_workload_is_in_no_line() {
    ObjectNode workload = only("workload-pending.yaml");
    ((ObjectNode) workload.path("spec")).put("active", false);
    WorkloadNote stopped = WorkloadNote.of(workload);
    Row row =
        AppWrapperRow.of(
            "id",
            sample("appwrapper-suspended-pending.yaml"),
            stopped,
            Wrapped.NONE,
            Instant.EPOCH);
    List<WorkloadNote> all = List.of(stopped, waiting("w1", 0, 1), waiting("w2", 0, 2));

    Explanation why =
        Explainer.explain(
            AppWrapperRow.RESOURCE, new Inquiry(row, stopped, all, "", Causes.NONE, List.of()));

    assertThat(why.sentence())
        .isEqualTo(
            "AppWrapper aw-q2 is SUSPENDED: suspended through its Workload (spec.active is false);"
                + " muster resume lets it go on.");
    assertThat(why.advice()).isEqualTo("Let it go on: muster resume.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          asks for 100 CPUs, but q can never give more than 8 CPUs | It can never start like this
          the local queue nosuch does not exist | Name a queue that exists
          the local queue q is stopped or not ready | Ask whoever runs the queues
          suspended through its Workload (spec.active is false); muster resume lets it go on | Let it go on: muster resume.
          Kueue suspended it: The workload is deactivated due to exceeding the maximum execution time | Mend what
          FailedCreatePod: pods "x" is forbidden: exceeded quota: q | The namespace's ResourceQuota
          admission webhook "w" denied the request: User alice is not authorized to create pods in demo | The server refused
          worker pod w: Unschedulable: 0/3 nodes are available: 3 Insufficient nvidia.com/gpu. | No node has room
          head pod h: OOMKilled, exit code 137 | It needed more memory
          head pod h: CrashLoopBackOff | Its container ends at once
          FailedMount: configmap "c" not found | Something that a pod refers to is missing
          """)
  void causes_have_advice(String cause, String advice) {
    assertThat(Advice.of(List.of(cause))).startsWith(advice);
  }
}
