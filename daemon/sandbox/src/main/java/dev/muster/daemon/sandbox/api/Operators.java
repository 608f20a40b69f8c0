package dev.muster.daemon.sandbox.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.sandbox.auth.User;
import dev.muster.daemon.sandbox.store.ObjectKey;
import dev.muster.daemon.sandbox.store.ResourceType;
import dev.muster.daemon.sandbox.store.StaleWriteException;
import dev.muster.daemon.sandbox.store.Stamp;
import dev.muster.daemon.sandbox.store.Store;
import dev.muster.daemon.sandbox.store.StoredObject;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How simulated operators make and change objects that are not theirs alone: as clients of the API
 * do, with defaults, validation, webhooks, generations and field managers, but without HTTP.
 */
public final class Operators {

  private final Store store;
  private final Stamp stamp;
  private final Intake intake;
  private final FieldManagers managers;
  private final Creation creation;
  private final Resources resources;

  Operators(
      Store store,
      Stamp stamp,
      Intake intake,
      FieldManagers managers,
      Creation creation,
      Resources resources) {
    this.store = store;
    this.stamp = stamp;
    this.intake = intake;
    this.managers = managers;
    this.creation = creation;
    this.resources = resources;
  }

  /** The resource of that version and kind, when it is served now. */
  public Optional<ResourceType> served(String apiVersion, String kind) {
    return resources
        .served()
        .filter(type -> type.apiVersion().equals(apiVersion) && type.kind().equals(kind))
        .findFirst();
  }

  /**
   * Creates an object.
   *
   * @param tree with its namespace
   * @param operator who does it, for the field managers
   * @throws ApiException when the API refuses it
   */
  public StoredObject create(ResourceType type, ObjectNode tree, String operator) {
    intake.fit(type, tree);
    creation.prepare(
        type, tree, new User(operator), made -> managers.updated(type, null, made, operator, ""));
    return creation.put(type, tree);
  }

  /**
   * Changes an object as it is now, its status excepted; nothing happens when it is gone. One that
   * is being deleted goes with its last finalizer.
   */
  public void change(
      ResourceType type, ObjectKey key, String operator, Consumer<ObjectNode> change) {
    while (true) {
      Optional<StoredObject> found = store.get(type, key);
      if (found.isEmpty()) {
        return;
      }
      ObjectNode old = found.get().tree();
      ObjectNode tree = old.deepCopy();
      change.accept(tree);
      stamp.updated(type, tree, old);
      managers.updated(type, old, tree, operator, "");
      if (found.get().sameAs(tree)) {
        return;
      }
      boolean released =
          found.get().terminating() && tree.path("metadata").path("finalizers").isEmpty();
      try {
        if (released) {
          store.remove(found.get());
        } else {
          store.put(type, tree, found.get());
        }
        return;
      } catch (StaleWriteException e) {
        // Somebody wrote in between: once more, on top of that.
      }
    }
  }
}
