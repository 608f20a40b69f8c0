package dev.muster.daemon.sandbox.kuberay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.sandbox.controllers.Objects;
import dev.muster.daemon.sandbox.ray.RayDashboard;
import dev.muster.daemon.sandbox.store.ObjectKey;
import dev.muster.daemon.sandbox.store.ResourceType;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * What the pod that submits a RayJob does with a working directory of its own: an init container
 * has unpacked a zip file of a Secret there, and {@code ray job submit} sends it to the cluster.
 * There is no such pod here, so the zip file is sent itself.
 */
final class SubmitterFiles {

  private static final String WORKING_DIR = "working_dir";

  private final Objects objects;

  SubmitterFiles(Objects objects) {
    this.objects = objects;
  }

  /**
   * Replaces the working directory in a request by what the dashboard has of it.
   *
   * @return whether the pod could have sent it: without its Secret a pod does not start
   */
  boolean send(String namespace, JsonNode spec, ObjectNode request, RayDashboard dashboard) {
    String directory = request.path("runtime_env").path(WORKING_DIR).asText("");
    JsonNode pod = spec.at("/submitterPodTemplate/spec");
    String volume = volume(pod.path("containers").path(0), directory);
    if (volume.isEmpty()) {
      return true;
    }
    Optional<byte[]> zip = unpacked(namespace, pod, volume);
    zip.ifPresent(
        bytes -> ((ObjectNode) request.get("runtime_env")).put(WORKING_DIR, dashboard.keep(bytes)));
    return zip.isPresent();
  }

  /** That a container has at such a path; empty when it has none. */
  private static String volume(JsonNode container, String path) {
    for (JsonNode mount : container.path("volumeMounts")) {
      if (mount.path("mountPath").asText().equals(path)) {
        return mount.path("name").asText();
      }
    }
    return "";
  }

  /** What the init containers have unpacked into a volume: the Secret's zip file beside it. */
  private Optional<byte[]> unpacked(String namespace, JsonNode pod, String volume) {
    for (JsonNode container : pod.path("initContainers")) {
      List<String> volumes = container.path("volumeMounts").findValuesAsText("name");
      Optional<byte[]> zip =
          volumes.contains(volume)
              ? volumes.stream()
                  .flatMap(other -> zip(namespace, secret(pod, other)).stream())
                  .findFirst()
              : Optional.empty();
      if (zip.isPresent()) {
        return zip;
      }
    }
    return Optional.empty();
  }

  private static String secret(JsonNode pod, String volume) {
    for (JsonNode one : pod.path("volumes")) {
      if (one.path("name").asText().equals(volume)) {
        return one.at("/secret/secretName").asText("");
      }
    }
    return "";
  }

  private Optional<byte[]> zip(String namespace, String secret) {
    return objects
        .store()
        .get(ResourceType.SECRETS, new ObjectKey(namespace, secret))
        .flatMap(
            found ->
                found.tree().path("data").properties().stream()
                    .filter(file -> file.getKey().endsWith(".zip"))
                    .map(file -> Base64.getDecoder().decode(file.getValue().asText()))
                    .findFirst());
  }
}
