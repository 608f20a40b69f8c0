package dev.muster.daemon.sandbox.controllers;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.sandbox.store.Deletion;
import dev.muster.daemon.sandbox.store.Json;
import dev.muster.daemon.sandbox.store.ObjectKey;
import dev.muster.daemon.sandbox.store.ResourceType;
import dev.muster.daemon.sandbox.store.StaleWriteException;
import dev.muster.daemon.sandbox.store.Stamp;
import dev.muster.daemon.sandbox.store.Store;
import dev.muster.daemon.sandbox.store.StoredObject;
import java.util.Optional;
import java.util.function.Consumer;

/** How the simulated controllers read and write: directly, not over HTTP. */
public final class Objects {

  /** On everything that was not made by a caller of the API. */
  public static final String SIMULATED = "sandbox.muster.dev/simulated";

  private final Store store;
  private final Stamp stamp;
  private final Deletion deletion;

  public Objects(Store store, Stamp stamp, Deletion deletion) {
    this.store = store;
    this.stamp = stamp;
    this.deletion = deletion;
  }

  public Store store() {
    return store;
  }

  /** The time, as Kubernetes writes it. */
  public String now() {
    return stamp.now();
  }

  /** An empty object of that kind, with its name and the mark of the simulation. */
  public static ObjectNode blank(ResourceType type, String namespace, String name) {
    ObjectNode tree = Json.object().put("apiVersion", type.apiVersion()).put("kind", type.kind());
    ObjectNode metadata = tree.putObject("metadata").put("name", name);
    if (!namespace.isEmpty()) {
      metadata.put("namespace", namespace);
    }
    metadata.putObject("annotations").put(SIMULATED, "true");
    return tree;
  }

  /** Creates, unless the name is taken or the namespace is missing or going. */
  public Optional<StoredObject> create(ResourceType type, ObjectNode tree) {
    String namespace = tree.path("metadata").path("namespace").asText("");
    boolean nowhere =
        type.namespaced()
            && store
                .get(ResourceType.NAMESPACES, new ObjectKey("", namespace))
                .filter(found -> !found.terminating())
                .isEmpty();
    if (nowhere) {
      return Optional.empty();
    }
    stamp.created(type, tree);
    try {
      return Optional.of(store.put(type, tree, null));
    } catch (StaleWriteException e) {
      return Optional.empty();
    }
  }

  /**
   * Changes an object as it is now; nothing happens when it is gone or the change changes nothing.
   */
  public void change(ResourceType type, ObjectKey key, Consumer<ObjectNode> change) {
    while (true) {
      Optional<StoredObject> found = store.get(type, key);
      if (found.isEmpty()) {
        return;
      }
      ObjectNode tree = found.get().tree();
      change.accept(tree);
      if (found.get().sameAs(tree)) {
        return;
      }
      try {
        store.put(type, tree, found.get());
        return;
      } catch (StaleWriteException e) {
        // Somebody wrote in between: once more, on top of that.
      }
    }
  }

  /** Takes a finalizer off an object's metadata. */
  public static void removeFinalizer(ObjectNode tree, String finalizer) {
    ObjectNode metadata = Json.child(tree, "metadata");
    if (metadata.path("finalizers") instanceof ArrayNode all) {
      for (int i = all.size() - 1; i >= 0; i--) {
        if (all.get(i).asText().equals(finalizer)) {
          all.remove(i);
        }
      }
      if (all.isEmpty()) {
        metadata.remove("finalizers");
      }
    }
  }

  /** Deletes as a client would; pods get their grace period. */
  public void delete(StoredObject object) {
    delete(object, -1);
  }

  /** Deletes without a grace period. */
  public void deleteNow(StoredObject object) {
    delete(object, 0);
  }

  private void delete(StoredObject object, long grace) {
    Optional<StoredObject> found = Optional.of(object);
    while (found.isPresent() && found.get().uid().equals(object.uid())) {
      try {
        deletion.delete(found.get(), "", grace);
        return;
      } catch (StaleWriteException e) {
        found = store.get(object.type(), object.key());
      }
    }
  }

  /** Removes an object that nothing holds back any more. */
  public void remove(StoredObject object) {
    try {
      store.remove(object);
    } catch (StaleWriteException e) {
      // It has changed; whoever changed it has caused another look at it.
    }
  }

  /** Makes a namespace unless it is there. */
  public void createNamespace(String name) {
    ObjectNode tree = blank(ResourceType.NAMESPACES, "", name);
    Json.child(tree, "metadata").putObject("labels").put("kubernetes.io/metadata.name", name);
    tree.putObject("spec").putArray("finalizers").add("kubernetes");
    tree.putObject("status").put("phase", "Active");
    create(ResourceType.NAMESPACES, tree);
  }
}
