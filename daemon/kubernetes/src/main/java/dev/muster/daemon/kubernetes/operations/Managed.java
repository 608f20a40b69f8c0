package dev.muster.daemon.kubernetes.operations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.kubernetes.Pause;
import dev.muster.daemon.kubernetes.Yaml;
import dev.muster.daemon.kubernetes.clients.ApiClient;
import dev.muster.daemon.kubernetes.kinds.Meta;
import dev.muster.daemon.kubernetes.kinds.Resource;
import dev.muster.daemon.kubernetes.kueue.WorkloadRow;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What Kueue holds in its hands: it has a Workload for each such object, and the object's own
 * "spec.suspend" is Kueue's to set (one that it has admitted goes on within seconds, whoever
 * suspended it: seen with 0.12). Users stop and start it by the Workload's "spec.active".
 */
final class Managed {
  /** Kueue makes the Workload of a new object within a second. */
  private static final int LOOKS = 15;

  private static final Duration BETWEEN = Duration.ofMillis(200);

  private final ApiClient client;
  private final Writing writing;
  private final Pause pause;

  Managed(ApiClient client, Writing writing, Pause pause) {
    this.client = client;
    this.writing = writing;
    this.pause = pause;
  }

  /**
   * Stops an object or lets it go on through its Workload.
   *
   * @param verb as it is told, such as "suspend"
   * @return false if Kueue does not manage the object; nothing was changed then
   * @throws Failure FORBIDDEN if the user may not see or not patch Workloads; FAILED if Kueue keeps
   *     the object suspended for a queue and has no Workload for it yet: nothing would keep it from
   *     being started later
   */
  boolean activate(
      Resource resource, ObjectNode object, String verb, boolean active, boolean dryRun) {
    Optional<ObjectNode> workload = workload(resource, object, verb, active);
    if (workload.isEmpty()) {
      return false;
    }
    ObjectNode patch = Yaml.JSON.createObjectNode();
    patch.putObject("spec").put("active", active);
    writing.change(
        WorkloadRow.RESOURCE,
        verb + " " + the(resource, object) + " through",
        Meta.namespace(object),
        Meta.name(workload.get()),
        Writing.MERGE,
        patch,
        dryRun);
    return true;
  }

  /**
   * Whether the object is stopped through its Workload, as far as the user may see that.
   *
   * @param object that names a queue
   */
  boolean isStopped(ObjectNode object) {
    Endpoint endpoint = new Endpoint(client, WorkloadRow.RESOURCE);
    try {
      return endpoint.isServed()
          && endpoint.list(Meta.namespace(object)).stream()
              .anyMatch(
                  workload ->
                      isOf(workload, Meta.uid(object))
                          && !workload.path("spec").path("active").asBoolean(true));
    } catch (Failure failure) {
      // Whoever may not see Workloads is not warned.
      return false;
    }
  }

  /** The Workload that says whether the object runs; a new one may have to be waited for. */
  private Optional<ObjectNode> workload(
      Resource resource, ObjectNode object, String verb, boolean active) {
    Endpoint endpoint = new Endpoint(client, WorkloadRow.RESOURCE);
    if (!endpoint.doing("ask for workloads", endpoint::isServed)) {
      return Optional.empty();
    }
    boolean queued = !Meta.queue(object).isEmpty();
    for (int look = 1; ; look++) {
      List<ObjectNode> own = own(endpoint, resource, object, verb, queued);
      Optional<ObjectNode> current =
          own.stream().filter(w -> !Meta.isTrue(w.path("status"), "Finished")).findFirst();
      if (current.isPresent() || !own.isEmpty() || !queued) {
        return current;
      }
      if (look == LOOKS) {
        if (!active && object.path("spec").path("suspend").asBoolean()) {
          throw new Failure(
              Failure.Kind.FAILED,
              "Kueue keeps %s waiting and has no Workload for it yet, by which alone it can be stopped; try again in a moment."
                  .formatted(the(resource, object)));
        }
        return current;
      }
      pause.between(BETWEEN);
    }
  }

  private static List<ObjectNode> own(
      Endpoint endpoint, Resource resource, ObjectNode object, String verb, boolean queued) {
    try {
      return endpoint.list(Meta.namespace(object)).stream()
          .filter(workload -> !Meta.deleting(workload) && isOf(workload, Meta.uid(object)))
          .toList();
    } catch (Failure failure) {
      if (failure.kind() != Failure.Kind.FORBIDDEN) {
        throw failure;
      }
      if (!queued) {
        // Without a queue's name Kueue leaves it alone, unless it was told to manage everything.
        return List.of();
      }
      throw new Failure(
          failure.kind(),
          "You may not "
              + verb
              + " "
              + the(resource, object)
              + ", which is in a queue, without seeing its Workload: "
              + failure.getMessage().replaceFirst("^You may not [^:]*: ", ""),
          failure);
    }
  }

  private static String the(Resource resource, ObjectNode object) {
    return "the " + resource.title() + " " + Meta.name(object);
  }

  private static boolean isOf(JsonNode workload, String uid) {
    return Meta.controller(workload).filter(o -> o.path("uid").asText("").equals(uid)).isPresent();
  }
}
