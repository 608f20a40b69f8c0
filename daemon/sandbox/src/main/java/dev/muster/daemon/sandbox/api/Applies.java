package dev.muster.daemon.sandbox.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.sandbox.fields.Apply;
import dev.muster.daemon.sandbox.schema.Cause;
import dev.muster.daemon.sandbox.store.Json;
import dev.muster.daemon.sandbox.store.ResourceType;
import dev.muster.daemon.sandbox.store.StaleWriteException;
import dev.muster.daemon.sandbox.store.Store;
import dev.muster.daemon.sandbox.store.StoredObject;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** PATCH with what an object is to be like in part: server-side apply, of custom resources. */
final class Applies {

  private final Store store;
  private final Intake intake;
  private final FieldManagers managers;
  private final Creation creation;
  private final Writes writes;

  Applies(Store store, Intake intake, FieldManagers managers, Creation creation, Writes writes) {
    this.store = store;
    this.intake = intake;
    this.managers = managers;
    this.creation = creation;
    this.writes = writes;
  }

  /**
   * Applies.
   *
   * @param mayCreate whether the caller may also make the object
   */
  Answer apply(ResourceType type, Target target, Call call, BooleanSupplier mayCreate) {
    DryRun.check(call);
    String manager = call.option("fieldManager");
    if (manager.isEmpty()) {
      throw Failures.invalidOptions(
          "PatchOptions", Cause.required("fieldManager", "is required for apply patch"));
    }
    ObjectNode asked = Bodies.applied(call, type);
    // Named as it was sent: without its namespace when that was left out.
    String namespace = asked.path("metadata").path("namespace").asText("");
    intake.checkApplied(type, asked, namespace + "/" + target.name());
    Writes.checkPlace(Json.child(asked, "metadata"), target, target.name());
    Apply apply = managers.apply(type, manager, target.subresource());
    for (int attempt = 0; ; attempt++) {
      Optional<StoredObject> found = store.get(type, target.key());
      if (found.isEmpty()) {
        return applyNew(type, target, call, asked, apply, mayCreate);
      }
      JsonNode live = found.get().tree();
      var conflicts = apply.conflicts(live, asked);
      if (!conflicts.isEmpty() && !call.flag("force")) {
        throw FieldManagers.conflict(conflicts);
      }
      ObjectNode tree = apply.to(live, asked);
      JsonNode owned = tree.at("/metadata/managedFields");
      intake.fit(type, tree);
      try {
        return writes.write(
            type,
            target,
            call,
            found.get(),
            tree,
            List.of(),
            (kind, old, after) -> Json.child(after, "metadata").set("managedFields", owned));
      } catch (StaleWriteException e) {
        if (attempt == Writes.ATTEMPTS) {
          throw Failures.modified(type, target.name());
        }
      }
    }
  }

  private Answer applyNew(
      ResourceType type,
      Target target,
      Call call,
      ObjectNode asked,
      Apply apply,
      BooleanSupplier mayCreate) {
    if (!target.subresource().isEmpty()) {
      throw Failures.notFound(type, target.name());
    }
    if (!mayCreate.getAsBoolean()) {
      throw Failures.forbidden(call.user(), target.action("create"));
    }
    ObjectNode tree = asked.deepCopy();
    intake.fit(type, tree);
    creation.prepare(type, tree, call.user(), made -> apply.own(made, asked));
    return writes.created(type, tree, call, List.of());
  }
}
