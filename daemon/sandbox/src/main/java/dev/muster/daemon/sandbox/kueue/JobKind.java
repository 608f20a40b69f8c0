package dev.muster.daemon.sandbox.kueue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.sandbox.store.ResourceType;
import java.util.List;
import java.util.Optional;

/** A kind of object that Kueue can hold back until there is quota for it. */
interface JobKind {

  /** The kinds that Kueue manages here. */
  List<JobKind> ALL =
      List.of(
          new AppWrapperJob(),
          new RayJobKind(ResourceType.RAYCLUSTERS, ""),
          new RayJobKind(ResourceType.RAYJOBS, "rayClusterSpec"));

  /**
   * How a job ended.
   *
   * @param message for the workload's condition
   */
  record Outcome(boolean success, String message) {}

  static Optional<JobKind> of(ResourceType type) {
    return ALL.stream().filter(kind -> kind.type().equals(type)).findFirst();
  }

  ResourceType type();

  List<PodSet> podSets(JsonNode job);

  /** Has pods, or may have. */
  boolean active(JsonNode job);

  /** Empty while it goes on. */
  Optional<Outcome> finished(JsonNode job);

  default boolean suspended(JsonNode job) {
    return job.at("/spec/suspend").asBoolean();
  }

  /** Lets it run, each pod set with what its flavors want in the template. */
  void run(ObjectNode job, List<Injection> injections);

  /** Holds it back, with the templates as they were before. */
  void stop(ObjectNode job, List<PodSet> original);
}
