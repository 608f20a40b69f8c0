package dev.muster.daemon.kubernetes.operations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.core.Row;
import dev.muster.daemon.kubernetes.Yaml;
import dev.muster.daemon.kubernetes.appwrapper.AppWrapperRow;
import dev.muster.daemon.kubernetes.clients.ApiClient;
import dev.muster.daemon.kubernetes.kinds.Meta;
import dev.muster.daemon.kubernetes.kinds.Resource;
import dev.muster.daemon.kubernetes.raycluster.RayClusterRow;
import java.util.Optional;

/** Deletes in the foreground: what is deleted goes when what is below it has gone. */
public final class Deleting {
  private static final String JSON = "application/json";

  private final ApiClient client;
  private final Reading reading;
  private final Answers answers;

  Deleting(ApiClient client, Reading reading, Answers answers) {
    this.client = client;
    this.reading = reading;
    this.answers = answers;
  }

  /**
   * A cluster that an AppWrapper wraps goes with that one, which would make it again otherwise.
   * Answers with the row as it was.
   */
  public Row delete(Resource resource, String namespace, String name, boolean dryRun) {
    Endpoint endpoint = new Endpoint(client, resource);
    Row before = reading.get(resource, namespace, name);
    Optional<String> wrapper = AppWrapperRow.RESOURCE.nameOf(before.owner());
    if (resource.name().equals(RayClusterRow.KIND) && wrapper.isPresent()) {
      Endpoint outer = new Endpoint(client, AppWrapperRow.RESOURCE);
      Optional<ObjectNode> object =
          outer.isServed() ? outer.find(namespace, wrapper.get()) : Optional.empty();
      if (object.isPresent()) {
        delete(outer, object.get(), dryRun);
        return before;
      }
    }
    delete(endpoint, endpoint.read(namespace, name), dryRun);
    return before;
  }

  private void delete(Endpoint endpoint, ObjectNode object, boolean dryRun) {
    String namespace = Meta.namespace(object);
    String name = Meta.name(object);
    ObjectNode options = Yaml.JSON.createObjectNode();
    options.put("apiVersion", "v1").put("kind", "DeleteOptions");
    options.put("propagationPolicy", "Foreground");
    // One of the same name that somebody makes in between is not the one that was meant.
    options.putObject("preconditions").put("uid", Meta.uid(object));
    if (dryRun) {
      options.putArray("dryRun").add("All");
    }
    JsonNode answer =
        endpoint.change(
            "delete", "DELETE", namespace, name, endpoint.path(namespace, name), JSON, options);
    if (!dryRun) {
      answers.deleted(endpoint.resource(), answer, object);
    }
  }
}
