package dev.muster.daemon.sandbox.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.sandbox.schema.Cause;
import dev.muster.daemon.sandbox.store.Json;
import dev.muster.daemon.sandbox.store.ResourceType;
import dev.muster.daemon.sandbox.store.StaleWriteException;
import dev.muster.daemon.sandbox.store.Stamp;
import dev.muster.daemon.sandbox.store.Store;
import dev.muster.daemon.sandbox.store.StoredObject;
import java.util.List;
import java.util.Optional;

/** POST, PUT and PATCH, of objects and of their status. */
final class Writes {

  static final int ATTEMPTS = 10;

  private final Store store;
  private final Stamp stamp;
  private final Intake intake;
  private final Webhooks webhooks;
  private final FieldManagers managers;
  private final Creation creation;
  private final Builtins builtins = new Builtins();

  Writes(
      Store store,
      Stamp stamp,
      Intake intake,
      Webhooks webhooks,
      FieldManagers managers,
      Creation creation) {
    this.store = store;
    this.stamp = stamp;
    this.intake = intake;
    this.webhooks = webhooks;
    this.managers = managers;
    this.creation = creation;
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
    creation.prepare(
        type,
        tree,
        call.user(),
        made -> managers.updated(type, null, made, FieldManagers.of(call), ""));
    return created(type, tree, call, warnings);
  }

  /** Stores what was prepared, unless it is a dry run. */
  Answer created(ResourceType type, ObjectNode tree, Call call, List<String> warnings) {
    return DryRun.wanted(call)
        ? Answer.json(201, out -> out.write(Json.bytes(tree)), warnings)
        : Answer.json(201, creation.put(type, tree)::writeTo, warnings);
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
        return write(type, target, call, before, tree.deepCopy(), warnings, noting(call, target));
      } catch (StaleWriteException e) {
        if (!asked.isEmpty() || attempt == ATTEMPTS) {
          throw Failures.modified(type, target.name());
        }
      }
    }
  }

  Answer patch(ResourceType type, Target target, Call call) {
    DryRun.check(call);
    if (!call.option("force").isEmpty()) {
      throw Failures.invalidOptions(
          "PatchOptions", Cause.forbidden("force", "may not be specified for non-apply patch"));
    }
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
        return write(type, target, call, before, tree, warnings, noting(call, target));
      } catch (StaleWriteException e) {
        if (attempt == ATTEMPTS) {
          throw Failures.modified(type, target.name());
        }
      }
    }
  }

  /** Writes down, in the new state, who owns the fields. */
  interface Fields {
    void note(ResourceType type, JsonNode before, ObjectNode after);
  }

  private Fields noting(Call call, Target target) {
    return (type, before, after) ->
        managers.updated(type, before, after, FieldManagers.of(call), target.subresource());
  }

  private StoredObject current(ResourceType type, Target target) {
    Optional<StoredObject> found = store.get(type, target.key());
    return found.orElseThrow(() -> Failures.notFound(type, target.name()));
  }

  /**
   * Replaces an object.
   *
   * @param asked what it is to be, as the caller says
   */
  Answer write(
      ResourceType type,
      Target target,
      Call call,
      StoredObject before,
      ObjectNode asked,
      List<String> warnings,
      Fields fields)
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
    if (target.subresource().isEmpty()) {
      webhooks.review(type, tree, old, call.user());
    }
    fields.note(type, old, tree);
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

  /** Refuses another place than the path's; an object without a place gets that one. */
  static void checkPlace(ObjectNode metadata, Target target, String name) {
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
