package dev.muster.daemon.sandbox.appwrapper;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.sandbox.controllers.Conditions;
import dev.muster.daemon.sandbox.controllers.Objects;
import dev.muster.daemon.sandbox.store.Json;
import dev.muster.daemon.sandbox.store.ResourceType;
import dev.muster.daemon.sandbox.store.StoredObject;

/** One AppWrapper in the operator's hands: its spec as read, and its status as it is to be. */
final class Wrapper {

  static final String LABEL = "workload.codeflare.dev/appwrapper";
  static final String FINALIZER = "workload.codeflare.dev/finalizer";

  private final Objects objects;
  private final StoredObject stored;
  private final ObjectNode tree;
  private final ObjectNode status;

  Wrapper(Objects objects, StoredObject stored) {
    this.objects = objects;
    this.stored = stored;
    this.tree = stored.tree();
    this.status = Json.child(tree, "status");
  }

  StoredObject stored() {
    return stored;
  }

  String namespace() {
    return stored.key().namespace();
  }

  String name() {
    return stored.key().name();
  }

  JsonNode spec() {
    return tree.path("spec");
  }

  ObjectNode status() {
    return status;
  }

  boolean suspended() {
    return spec().path("suspend").asBoolean();
  }

  String annotation(String name) {
    return tree.path("metadata").path("annotations").path(name).asText("");
  }

  String phase() {
    return status.path("phase").asText("");
  }

  Conditions conditions() {
    return new Conditions(status, objects.now());
  }

  Conditions conditions(ObjectNode part) {
    return new Conditions(part, objects.now());
  }

  /** The status of a component. */
  ObjectNode component(int index) {
    return (ObjectNode) status.path("componentStatus").get(index);
  }

  void phase(String phase) {
    status.put("phase", phase);
    save();
  }

  /** Writes the status as it is now. */
  void save() {
    objects.change(
        ResourceType.APPWRAPPERS,
        stored.key(),
        now -> {
          if (now.at("/metadata/uid").asText().equals(stored.uid())) {
            now.set("status", status.deepCopy());
          }
        });
  }
}
