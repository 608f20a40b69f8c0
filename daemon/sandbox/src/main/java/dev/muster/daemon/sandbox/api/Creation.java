package dev.muster.daemon.sandbox.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.sandbox.auth.User;
import dev.muster.daemon.sandbox.store.Json;
import dev.muster.daemon.sandbox.store.ObjectKey;
import dev.muster.daemon.sandbox.store.ResourceType;
import dev.muster.daemon.sandbox.store.StaleWriteException;
import dev.muster.daemon.sandbox.store.Stamp;
import dev.muster.daemon.sandbox.store.Store;
import dev.muster.daemon.sandbox.store.StoredObject;
import java.util.function.Consumer;

/** How an object comes to be, whoever asks for it: callers of the API and operators. */
final class Creation {

  private final Store store;
  private final Stamp stamp;
  private final Intake intake;
  private final Webhooks webhooks;
  private final Builtins builtins = new Builtins();

  Creation(Store store, Stamp stamp, Intake intake, Webhooks webhooks) {
    this.store = store;
    this.stamp = stamp;
    this.intake = intake;
    this.webhooks = webhooks;
  }

  /**
   * Makes a tree what would be stored: fills it in, asks the webhooks, validates it.
   *
   * @param tree already without unknown fields and with defaults
   * @param fields writes down who owns the fields
   */
  void prepare(ResourceType type, ObjectNode tree, User by, Consumer<ObjectNode> fields) {
    ObjectNode metadata = Json.child(tree, "metadata");
    boolean generated = metadata.path("name").asText("").isEmpty() && metadata.has("generateName");
    if (generated) {
      metadata.put("name", metadata.path("generateName").asText() + Names.suffix());
    }
    if (type.status() && type.custom()) {
      tree.remove("status");
    }
    String name = metadata.path("name").asText("");
    if (type.namespaced()) {
      checkNamespace(type, metadata.path("namespace").asText(""), name);
    }
    builtins.prepare(type, tree);
    webhooks.mutate(type, tree, by);
    stamp.created(type, tree);
    intake.validate(type, tree, null);
    webhooks.review(type, tree, null, by);
    ObjectKey key = StoredObject.keyOf(tree);
    if (store.get(type, key).isPresent()) {
      throw Failures.alreadyExists(type, key.name());
    }
    fields.accept(tree);
  }

  /** Stores what was prepared. */
  StoredObject put(ResourceType type, ObjectNode tree) {
    try {
      return store.put(type, tree, null);
    } catch (StaleWriteException e) {
      throw Failures.alreadyExists(type, StoredObject.keyOf(tree).name());
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
}
