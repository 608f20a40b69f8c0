package dev.muster.daemon.kubernetes.operations;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.daemon.core.Row;
import dev.muster.daemon.core.State;
import dev.muster.daemon.kubernetes.Yaml;
import dev.muster.daemon.kubernetes.appwrapper.AppWrapperRow;
import dev.muster.daemon.kubernetes.clients.ApiClient;
import dev.muster.daemon.kubernetes.informers.Rows;
import dev.muster.daemon.kubernetes.kinds.Meta;
import dev.muster.daemon.kubernetes.kinds.Resource;
import dev.muster.daemon.kubernetes.kueue.LocalQueueRow;
import dev.muster.daemon.kubernetes.kueue.WorkloadNote;
import dev.muster.daemon.kubernetes.kueue.WorkloadRow;
import dev.muster.daemon.kubernetes.raycluster.Causes;
import dev.muster.daemon.kubernetes.raycluster.RayClusterRow;
import dev.muster.daemon.kubernetes.rayjob.RayJobRow;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All that the server says now of why one thing is as it is.
 *
 * @param row of the thing
 * @param workload Kueue's, or {@link WorkloadNote#NONE}
 * @param workloads all of its namespace that can be seen
 * @param queueTrouble what is wrong with its local queue; empty for nothing
 * @param causes what the pods and warnings say
 * @param conditions those of its own that are as they should not be
 */
public record Inquiry(
    Row row,
    WorkloadNote workload,
    List<WorkloadNote> workloads,
    String queueTrouble,
    Causes causes,
    List<String> conditions) {

  /** Conditions that tell of trouble when they are true. */
  private static final Set<String> BAD =
      Set.of("Unhealthy", "ReplicaFailure", "Evicted", "Preempted");

  /** Those of each kind that tell of trouble when they are not; the others are as they may be. */
  private static final Map<String, Set<String>> GOOD =
      Map.of(
          "raycluster", Set.of("HeadPodReady"),
          "appwrapper", Set.of("PodsReady"),
          "workload", Set.of("QuotaReserved", "Admitted", "PodsReady"),
          "localqueue", Set.of("Active"),
          "clusterqueue", Set.of("Active"),
          "rayservice", Set.of("Ready"));

  /** In these nothing has to be true. */
  private static final Set<State> AT_REST =
      Set.of(State.SUSPENDED, State.SUSPENDING, State.SUCCEEDED, State.TERMINATING);

  /** Reads it. */
  public static Inquiry of(
      ApiClient client, Rows rows, Clock clock, Resource resource, String namespace, String name) {
    Surroundings around = new Surroundings(client, rows, clock);
    Row row = new Reading(client, rows, clock).get(around, resource, namespace, name);
    boolean wrapped = AppWrapperRow.RESOURCE.nameOf(row.owner()).isPresent();
    boolean cluster = resource.name().equals(RayClusterRow.KIND);
    boolean queued =
        !resource.name().equals(WorkloadRow.KIND) && resource.namespaced() && runs(resource);
    List<WorkloadNote> workloads =
        queued || resource.name().equals(WorkloadRow.KIND)
            ? around.read(WorkloadRow.RESOURCE, namespace).stream().map(WorkloadNote::of).toList()
            : List.of();
    String owner = cluster && wrapped ? row.owner() : resource.title() + "/" + name;
    WorkloadNote workload =
        resource.name().equals(WorkloadRow.KIND)
            ? workloads.stream().filter(w -> w.name().equals(name)).findFirst().orElseThrow()
            : around.rows().workloadOf(namespace, owner);
    String trouble = workload.pending() ? queue(around, workload, namespace) : "";
    return new Inquiry(
        row, workload, workloads, trouble, causes(rows, resource, row), conditions(row));
  }

  /** A job has its own cluster's; on a cluster that was there before, all of that one's. */
  private static Causes causes(Rows rows, Resource resource, Row row) {
    String namespace = row.key().namespace();
    return switch (resource.name()) {
      case RayClusterRow.KIND -> rows.causes(namespace, row.key().name(), row.created());
      case RayJobRow.KIND -> {
        String cluster = Yaml.fromJson(row.details()).path("rayCluster").asText("");
        boolean waits = row.state() == State.STARTING && !cluster.isEmpty();
        yield waits ? rows.causes(namespace, cluster, row.created()) : Causes.NONE;
      }
      default -> Causes.NONE;
    };
  }

  private static boolean runs(Resource resource) {
    return Set.of("raycluster", "appwrapper", "rayjob").contains(resource.name());
  }

  private static String queue(Surroundings around, WorkloadNote workload, String namespace) {
    return around.read(LocalQueueRow.RESOURCE, namespace).stream()
        .filter(queue -> Meta.name(queue).equals(workload.queue()))
        .findFirst()
        .map(LocalQueueRow::trouble)
        .orElse("");
  }

  /** The conditions of a row that are as they should not be, in their own words. */
  static List<String> conditions(Row row) {
    List<String> told = new ArrayList<>();
    Set<String> good =
        AT_REST.contains(row.state()) ? Set.of() : GOOD.getOrDefault(row.key().kind(), Set.of());
    for (JsonNode condition : Yaml.fromJson(row.details()).path("conditions")) {
      String type = condition.path("type").asText("");
      boolean bad = BAD.contains(type);
      boolean holds = condition.path("status").asText("").equals("True");
      String message = condition.path("message").asText("");
      if (bad ? holds : good.contains(type) && !holds && !message.isEmpty()) {
        told.add(
            type
                + (bad ? "" : " is not true")
                + ": "
                + Meta.join(condition.path("reason").asText(""), message));
      }
    }
    return told;
  }
}
