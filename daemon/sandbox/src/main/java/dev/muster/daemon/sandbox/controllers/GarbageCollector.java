package dev.muster.daemon.sandbox.controllers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.sandbox.store.Change;
import dev.muster.daemon.sandbox.store.Deletion;
import dev.muster.daemon.sandbox.store.Json;
import dev.muster.daemon.sandbox.store.Store;
import dev.muster.daemon.sandbox.store.StoredObject;
import java.util.Iterator;
import java.util.List;

/**
 * Follows ownerReferences: deletes what has lost its last owner, and carries out the finalizers of
 * foreground and orphaning deletions.
 */
public final class GarbageCollector implements AutoCloseable {

  private final Objects objects;
  private final Store store;
  private final Pace pace;

  /** Keys are uids: of an owner that goes or is gone, or of an object that has owners. */
  private final WorkQueue<String> queue = new WorkQueue<>("garbage", this::work);

  public GarbageCollector(Objects objects, Pace pace) {
    this.objects = objects;
    this.store = objects.store();
    this.pace = pace;
  }

  public void changed(Change change) {
    StoredObject object = change.after();
    if (change.deleted()) {
      queue.add(object.uid(), pace.millis(50));
      // An owner may be waiting for this one to be gone.
      object.owners().forEach(owner -> queue.add(owner, pace.millis(50)));
    } else if (object.terminating() || (change.before() == null && !object.owners().isEmpty())) {
      queue.add(object.uid(), pace.millis(50));
    }
  }

  private void work(String uid) {
    StoredObject object = store.get(uid).orElse(null);
    List<StoredObject> dependents = store.dependents(uid);
    if (object == null) {
      dependents.forEach(this::deleteWithoutOwner);
      return;
    }
    if (object.terminating()) {
      finalizers(object, dependents);
    } else if (!object.owners().isEmpty()) {
      deleteWithoutOwner(object);
    }
  }

  /** Deletes an object none of whose owners exists any more. */
  private void deleteWithoutOwner(StoredObject object) {
    boolean owned = object.owners().stream().anyMatch(owner -> store.get(owner).isPresent());
    if (!owned && !object.terminating() && !object.owners().isEmpty()) {
      objects.delete(object);
    }
  }

  private void finalizers(StoredObject object, List<StoredObject> dependents) {
    JsonNode finalizers = object.tree().at("/metadata/finalizers");
    for (JsonNode finalizer : finalizers) {
      if (finalizer.asText().equals(Deletion.ORPHAN)) {
        dependents.forEach(dependent -> disown(dependent, object.uid()));
        release(object, Deletion.ORPHAN);
      } else if (finalizer.asText().equals(Deletion.FOREGROUND)) {
        dependents.stream().filter(one -> !one.terminating()).forEach(objects::delete);
        if (store.dependents(object.uid()).isEmpty()) {
          release(object, Deletion.FOREGROUND);
        }
      }
    }
  }

  private void disown(StoredObject dependent, String owner) {
    objects.change(
        dependent.type(),
        dependent.key(),
        tree -> removeIf(tree, "ownerReferences", one -> one.path("uid").asText().equals(owner)));
  }

  private void release(StoredObject object, String finalizer) {
    objects.change(
        object.type(),
        object.key(),
        tree -> removeIf(tree, "finalizers", one -> one.asText().equals(finalizer)));
    store
        .get(object.uid())
        .filter(now -> now.tree().at("/metadata/finalizers").isEmpty())
        .ifPresent(objects::remove);
  }

  private static void removeIf(
      ObjectNode tree, String field, java.util.function.Predicate<JsonNode> which) {
    ObjectNode metadata = Json.child(tree, "metadata");
    if (metadata.path(field) instanceof ArrayNode array) {
      for (Iterator<JsonNode> all = array.iterator(); all.hasNext(); ) {
        if (which.test(all.next())) {
          all.remove();
        }
      }
      if (array.isEmpty()) {
        metadata.remove(field);
      }
    }
  }

  @Override
  public void close() {
    queue.close();
  }
}
