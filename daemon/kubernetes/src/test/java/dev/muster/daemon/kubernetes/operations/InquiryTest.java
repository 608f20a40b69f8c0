package dev.muster.daemon.kubernetes.operations;

import static dev.muster.daemon.kubernetes.Samples.sample;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.daemon.core.Row;
import dev.muster.daemon.kubernetes.appwrapper.AppWrapperRow;
import dev.muster.daemon.kubernetes.appwrapper.Wrapped;
import dev.muster.daemon.kubernetes.kueue.WorkloadNote;
import dev.muster.daemon.kubernetes.raycluster.Causes;
import dev.muster.daemon.kubernetes.raycluster.RayClusterRow;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class InquiryTest {
  private static List<String> ofCluster(String file) {
    Row row = RayClusterRow.of("id", sample(file), Causes.NONE, Instant.EPOCH);
    return Inquiry.conditions(row);
  }

  private static List<String> ofAppWrapper(String file) {
    Row row = AppWrapperRow.of("id", sample(file), WorkloadNote.NONE, Wrapped.NONE, Instant.EPOCH);
    return Inquiry.conditions(row);
  }

  @Test
  void what_is_false_after_a_failure_is_no_cause_of_it() {
    assertThat(ofAppWrapper("appwrapper-failed-missing-component.yaml"))
        .containsExactly(
            "Unhealthy: MissingComponent: Only found 0 deployed components, but was expecting 1");
    assertThat(ofAppWrapper("appwrapper-failed.yaml"))
        .containsExactly("Unhealthy: FoundFailedPods");
  }

  @Test
  void what_is_suspended_has_nothing_that_ought_to_be_true() {
    assertThat(ofAppWrapper("appwrapper-suspended-by-user.yaml")).isEmpty();
    assertThat(ofCluster("raycluster-4-suspended.yaml")).isEmpty();
  }

  @Test
  void a_head_that_is_not_ready_is_a_cause_and_that_it_is_being_made_is_none() {
    assertThat(ofCluster("raycluster-1-failed-create-pod.yaml"))
        .hasSize(2)
        .anyMatch(cause -> cause.startsWith("ReplicaFailure: FailedCreateHeadPod"))
        .contains("HeadPodReady is not true: HeadPodNotFound: Head Pod not found");
    assertThat(ofCluster("raycluster-3-ready.yaml")).isEmpty();
  }
}
