package dev.muster.daemon.kubernetes.kueue;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WaitingTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          '' | waiting for quota in the local queue team-a
          couldn't assign flavors to pod set w: insufficient unused quota for cpu in flavor f, 1 more needed | needs 1 CPU more than team-a has left
          couldn't assign flavors to pod set w: insufficient unused quota for nvidia.com/gpu in flavor f, 2 more needed | needs 2 GPUs more than team-a has left
          insufficient unused quota for memory in flavor f, 4Gi more needed, insufficient unused quota for cpu in flavor f, 500m more needed | needs 4Gi of memory and 500m CPUs more than team-a has left
          insufficient unused quota for cpu in flavor f, 1 more needed, insufficient unused quota for cpu in flavor g, 3 more needed | needs 3 CPUs more than team-a has left
          couldn't assign flavors to pod set main: insufficient quota for cpu in flavor f, request > maximum capacity (100 > 8) | asks for 100 CPUs, but team-a can never give more than 8 CPUs
          insufficient quota for cpu in flavor f, previously considered podsets requests (2) + current podset request (90) > maximum capacity (8) | asks for 92 CPUs, but team-a can never give more than 8 CPUs
          LocalQueue nosuchqueue doesn't exist | the local queue nosuchqueue does not exist
          LocalQueue team-a is inactive | the local queue team-a is stopped or not ready
          ClusterQueue cq doesn't exist | the cluster queue cq does not exist
          ClusterQueue cq is inactive | the cluster queue cq is stopped or not ready
          couldn't assign flavors to pod set w: flavor f not found | the resource flavor f does not exist
          couldn't assign flavors to pod set w: resource google.com/tpu unavailable in ClusterQueue | the queue team-a gives out no google.com/tpu
          Workload namespace doesn't match ClusterQueue selector | Workload namespace doesn't match ClusterQueue selector
          """)
  void kueues_words_become_a_reason(String message, String reason) {
    assertThat(Waiting.reason("team-a", message)).isEqualTo(reason);
  }
}
