package dev.muster.daemon.sandbox.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.sandbox.schema.Cause;
import dev.muster.daemon.sandbox.store.Json;
import dev.muster.daemon.sandbox.store.ObjectKey;
import dev.muster.daemon.sandbox.store.ResourceType;
import dev.muster.daemon.sandbox.store.StaleWriteException;
import dev.muster.daemon.sandbox.store.Stamp;
import dev.muster.daemon.sandbox.store.Store;
import dev.muster.daemon.sandbox.store.StoredObject;
import java.util.List;
import java.util.Optional;

/** POST, PUT and PATCH, of objects and of their status. */
final class Writes {

  private static final int ATTEMPTS = 10;

  private final Store store;
  private final Stamp stamp;
  private final Intake intake;
  private final Builtins builtins;

  Writes(Store store, Stamp stamp, Intake intake) {
    this.store = store;
    this.stamp = stamp;
    this.intake = intake;
    this.builtins = new Builtins();
  }

  Answer create(ResourceType type, Target target, Call call) {
    DryRun.check(call);
    ObjectNode tree = Bodies.object(call, type);
    List<String> warnings = intake.fit(type, tree, call);
    ObjectNode metadata = Json.child(tree, "metadata");
    if (metadata.has("resourceVersion") && !metadata.path("resourceVersion").asText().isEmpty()) {
      throw Failures.badRequest("resourceVersion should not be set on objects to be created");
    }
    checkPlace(metadata, target, "");
    if (type.namespaced()) {
      metadata.put("namespace", target.namespace());
    }
    boolean generated = metadata.path("name").asText("").isEmpty() && metadata.has("generateName");
    if (generated) {
      metadata.put("name", metadata.path("generateName").asText() + Names.suffix());
    }
    if (type.status() && type.custom()) {
      tree.remove("status");
    }
    if (type.namespaced()) {
      checkNamespace(type, target.namespace(), metadata.path("name").asText(""));
    }
    builtins.prepare(type, tree);
    stamp.created(type, tree);
    intake.validate(type, tree, null);
    ObjectKey key = StoredObject.keyOf(tree);
    if (store.get(type, key).isPresent()) {
      throw Failures.alreadyExists(type, key.name());
    }
    if (DryRun.wanted(call)) {
      return Answer.json(201, out -> out.write(Json.bytes(tree)), warnings);
    }
    try {
      return Answer.json(201, store.put(type, tree, null)::writeTo, warnings);
    } catch (StaleWriteException e) {
      throw Failures.alreadyExists(type, key.name());
    }
  }

  private void checkNamespace(ResourceType type, String namespace, String name) {
    StoredObject found =
        store
            .get(ResourceType.NAMESPACES, new ObjectKey("", namespace))
            .orElseThrow(() -> Failures.notFound(ResourceType.NAMESPACES, namespace));
    if (found.terminating()) {
      throw Failures.forbidden(
          type,
          name,
          "unable to create new content in namespace %s because it is being terminated"
              .formatted(namespace));
    }
  }

  Answer update(ResourceType type, Target target, Call call) {
    DryRun.check(call);
    ObjectNode tree = Bodies.object(call, type);
    List<String> warnings = intake.fit(type, tree, call);
    if (tree.path("metadata").path("name").asText("").isEmpty()) {
      throw Failures.badRequest(
          "the name of the object (%s based on URL) was undeterminable: name must be provided"
              .formatted(target.name()));
    }
    checkPlace(Json.child(tree, "metadata"), target, target.name());
    for (int attempt = 0; ; attempt++) {
      StoredObject before = current(type, target);
      String asked = tree.path("metadata").path("resourceVersion").asText("");
      if (asked.isEmpty() && type.custom()) {
        throw Failures.invalid(
            type,
            type.plural(),
            target.name(),
            List.of(
                Cause.invalid(
                    "metadata.resourceVersion", "0x0", "must be specified for an update")));
      }
      try {
        return write(type, target, call, before, tree.deepCopy(), warnings);
      } catch (StaleWriteException e) {
        if (!asked.isEmpty() || attempt == ATTEMPTS) {
          throw Failures.modified(type, target.name());
        }
      }
    }
  }

  Answer patch(ResourceType type, Target target, Call call) {
    DryRun.check(call);
    for (int attempt = 0; ; attempt++) {
      StoredObject before = current(type, target);
      ObjectNode tree = Patches.apply(call, before.tree());
      Bodies.check(tree, type);
      List<String> warnings = intake.fit(type, tree, call);
      checkPlace(Json.child(tree, "metadata"), target, target.name());
      String uid = tree.path("metadata").path("uid").asText(before.uid());
      if (!uid.equals(before.uid())) {
        Cause fixed = Cause.invalid("metadata.uid", "\"" + uid + "\"", "field is immutable");
        throw Failures.invalid(type, target.name(), List.of(fixed));
      }
      try {
        return write(type, target, call, before, tree, warnings);
      } catch (StaleWriteException e) {
        if (attempt == ATTEMPTS) {
          throw Failures.modified(type, target.name());
        }
      }
    }
  }

  private StoredObject current(ResourceType type, Target target) {
    Optional<StoredObject> found = store.get(type, target.key());
    return found.orElseThrow(() -> Failures.notFound(type, target.name()));
  }

  private Answer write(
      ResourceType type,
      Target target,
      Call call,
      StoredObject before,
      ObjectNode asked,
      List<String> warnings)
      throws StaleWriteException {
    JsonNode old = before.tree();
    JsonNode metadata = asked.path("metadata");
    String version = metadata.path("resourceVersion").asText("");
    if (!version.isEmpty() && !version.equals(Long.toString(before.version()))) {
      throw Failures.modified(type, target.name());
    }
    String uid = metadata.path("uid").asText("");
    if (!uid.isEmpty() && !uid.equals(before.uid())) {
      throw Failures.conflict(
          type,
          target.name(),
          "Precondition failed: UID in precondition: %s, UID in object meta: %s"
              .formatted(uid, before.uid()));
    }
    ObjectNode tree =
        target.subresource().isEmpty() ? keepStatus(type, asked, old) : status(asked, old);
    builtins.keep(type, tree, old);
    stamp.updated(type, tree, old);
    intake.validate(type, tree, old);
    builtins.checkUpdate(type, tree, old);
    if (before.sameAs(tree)) {
      return Answer.json(200, before::writeTo, warnings);
    }
    if (DryRun.wanted(call)) {
      return Answer.json(200, out -> out.write(Json.bytes(tree)), warnings);
    }
    boolean released =
        type.custom() && before.terminating() && tree.path("metadata").path("finalizers").isEmpty();
    StoredObject after = released ? store.remove(before) : store.put(type, tree, before);
    return Answer.json(200, after::writeTo, warnings);
  }

  /** An update of the object cannot touch its status. */
  private static ObjectNode keepStatus(ResourceType type, ObjectNode asked, JsonNode old) {
    if (type.status()) {
      asked.remove("status");
      if (old.has("status")) {
        asked.set("status", old.get("status"));
      }
    }
    return asked;
  }

  /** An update of the status cannot touch anything else. */
  private static ObjectNode status(ObjectNode asked, JsonNode old) {
    ObjectNode result = old.deepCopy();
    result.remove("status");
    if (asked.has("status")) {
      result.set("status", asked.get("status"));
    }
    return result;
  }

  private static void checkPlace(ObjectNode metadata, Target target, String name) {
    String namespace = metadata.path("namespace").asText("");
    if (!namespace.isEmpty() && !namespace.equals(target.namespace())) {
      throw Failures.badRequest(
          "the namespace of the provided object does not match the namespace sent on the request");
    }
    String own = metadata.path("name").asText("");
    if (!name.isEmpty() && !own.isEmpty() && !own.equals(name)) {
      throw Failures.badRequest(
          "the name of the object (%s) does not match the name on the URL (%s)"
              .formatted(own, name));
    }
    if (!name.isEmpty()) {
      metadata.put("name", name);
      if (!target.namespace().isEmpty()) {
        metadata.put("namespace", target.namespace());
      }
    }
  }
}
