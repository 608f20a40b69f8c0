package dev.muster.daemon.kubernetes.raycluster;

import static dev.muster.daemon.kubernetes.Samples.only;
import static dev.muster.daemon.kubernetes.Samples.yaml;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.core.Row;
import dev.muster.daemon.core.State;
import dev.muster.daemon.kubernetes.Yaml;
import dev.muster.daemon.kubernetes.appwrapper.AppWrapperNote;
import dev.muster.daemon.kubernetes.kueue.WorkloadNote;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the state of a cluster is, for each that the AppWrapper around it can be in. */
class WrappedClusterStateTest {
  /**
   * @param suspend the AppWrapper's field
   * @param queue the local queue of its label; none: "-"
   * @param workload Kueue's: "none", "waits" or "admitted"
   * @param cluster "none", or the word of the one that is there
   * @param queueing whether CodeFlare calls it QUEUEING
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''          | false | -  | none     | none  | QUEUED      | false | true
          ''          | true  | lq | waits    | none  | QUEUED      | false | true
          Suspended   | true  | lq | waits    | none  | QUEUED      | false | false
          Suspended   | true  | lq | none     | none  | QUEUED      | false | false
          Suspended   | true  | -  | none     | none  | SUSPENDED   | false | false
          Suspended   | true  | lq | admitted | none  | STARTING    | false | false
          Suspended   | false | -  | none     | none  | STARTING    | false | false
          Suspending  | true  | -  | none     | none  | SUSPENDING  | false | true
          Suspending  | true  | lq | waits    | ready | SUSPENDING  | false | true
          Resuming    | false | -  | none     | none  | STARTING    | false | false
          Resuming    | false | lq | admitted | ''    | STARTING    | false | false
          Resetting   | false | -  | none     | none  | STARTING    | false | false
          Resetting   | false | -  | none     | ready | STARTING    | false | false
          Running     | false | -  | none     | none  | STARTING    | false | false
          Running     | false | -  | none     | ''    | STARTING    | false | false
          Running     | false | -  | none     | ready | READY       | true  | false
          Running     | false | -  | none     | failed | FAILED     | false | false
          Running     | false | lq | admitted | suspended | SUSPENDED | false | false
          Failed      | false | -  | none     | none  | FAILED      | false | false
          Failed      | false | -  | none     | ready | FAILED      | false | false
          Succeeded   | false | -  | none     | ready | READY       | true  | false
          Succeeded   | false | -  | none     | none  | UNKNOWN     | false | false
          Terminating | false | -  | none     | ready | TERMINATING | false | false
          Terminating | false | -  | none     | none  | TERMINATING | false | false
          Novelty     | false | -  | none     | ready | UNKNOWN     | false | false
          """)
  void each_phase_of_its_app_wrapper_has_one(
      String phase,
      boolean suspend,
      String queue,
      String workload,
      String cluster,
      State state,
      boolean ready,
      boolean queueing) {
    ObjectNode wrapper =
        yaml(
            "{apiVersion: workload.codeflare.dev/v1beta2, metadata: {name: a, namespace: n, uid: w},"
                + " spec: {components: [{template: {kind: RayCluster, metadata: {name: a}}}]}}");
    ((ObjectNode) wrapper.path("spec")).put("suspend", suspend);
    if (!queue.equals("-")) {
      wrapper.withObject("/metadata/labels").put("kueue.x-k8s.io/queue-name", queue);
    }
    if (!phase.isEmpty()) {
      wrapper.withObject("/status").put("phase", phase);
    }

    holds(row(wrapper, workload, cluster), state, ready, queueing);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                          | none  | QUEUED   | false | true
          {state: Pending}                            | none  | QUEUED   | false | true
          {canrun: false, state: Pending}             | none  | QUEUED   | false | false
          {canrun: true, state: Pending}              | none  | QUEUED   | false | false
          {canrun: true, state: Running}              | none  | STARTING | false | false
          {canrun: true, state: Running}              | ready | READY    | true  | false
          {canrun: true, state: Completed}            | ready | READY    | true  | false
          {canrun: true, state: RunningHoldCompletion} | none | STARTING | false | false
          {canrun: true, state: RunningHoldCompletion} | ''   | STARTING | false | false
          {canrun: true, state: Failed}               | ready | FAILED   | false | false
          {canrun: true, state: Deleted}              | none  | FAILED   | false | false
          """)
  void each_state_of_the_older_shapes_has_one(
      String status, String cluster, State state, boolean ready, boolean queueing) {
    for (String group : new String[] {"workload.codeflare.dev", "mcad.ibm.com"}) {
      ObjectNode wrapper =
          yaml(
              "{apiVersion: "
                  + group
                  + "/v1beta1, metadata: {name: a, namespace: n, uid: w}, spec: {resources:"
                  + " {GenericItems: [{generictemplate: {kind: RayCluster, metadata: {name: a}}}]}},"
                  + " status: "
                  + status
                  + "}");

      holds(row(wrapper, "none", cluster), state, ready, queueing);
    }
  }

  private static Row row(ObjectNode wrapper, String workload, String word) {
    WorkloadNote note =
        switch (workload) {
          case "waits" -> WorkloadNote.of(only("workload-pending.yaml"));
          case "admitted" -> WorkloadNote.of(only("workload-admitted.yaml"));
          default -> WorkloadNote.NONE;
        };
    ObjectNode cluster = yaml("{metadata: {name: a, namespace: n}, spec: {headGroupSpec: {}}}");
    if (!word.equals("none")) {
      cluster.withObject("/metadata").put("uid", "c");
      cluster.withObject("/status").put("state", word);
    }
    Above above = new Above(Optional.of(AppWrapperNote.of(wrapper)), note, "");
    return RayClusterRow.of("id", cluster, Causes.NONE, above, Instant.EPOCH);
  }

  private static void holds(Row row, State state, boolean ready, boolean queueing) {
    assertThat(row.state()).isEqualTo(state);
    assertThat(row.ready()).isEqualTo(ready);
    assertThat(Yaml.fromJson(row.details()).path("queueing").asBoolean()).isEqualTo(queueing);
  }
}
