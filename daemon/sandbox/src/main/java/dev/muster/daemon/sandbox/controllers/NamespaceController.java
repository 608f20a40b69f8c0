package dev.muster.daemon.sandbox.controllers;

import dev.muster.daemon.sandbox.store.Change;
import dev.muster.daemon.sandbox.store.ObjectKey;
import dev.muster.daemon.sandbox.store.ResourceType;
import dev.muster.daemon.sandbox.store.Store;
import dev.muster.daemon.sandbox.store.StoredObject;
import java.util.List;
import java.util.stream.Stream;

/** Empties namespaces that are being deleted, and removes them when they are empty. */
public final class NamespaceController implements AutoCloseable {

  private static final List<ResourceType> CONTENT =
      ResourceType.ALL.stream().filter(ResourceType::namespaced).toList();

  private final Objects objects;
  private final Store store;
  private final Pace pace;
  private final WorkQueue<String> queue = new WorkQueue<>("namespaces", this::work);

  public NamespaceController(Objects objects, Pace pace) {
    this.objects = objects;
    this.store = objects.store();
    this.pace = pace;
  }

  public void changed(Change change) {
    boolean itself = change.after().type().equals(ResourceType.NAMESPACES);
    ObjectKey key = change.after().key();
    if (itself && change.after().terminating() && !change.deleted()) {
      queue.add(key.name(), pace.millis(100));
    } else if (!itself && change.deleted()) {
      queue.add(key.namespace(), pace.millis(200));
    }
  }

  private void work(String name) {
    StoredObject namespace =
        store.get(ResourceType.NAMESPACES, new ObjectKey("", name)).orElse(null);
    if (namespace == null || !namespace.terminating()) {
      return;
    }
    List<StoredObject> content = content(name).toList();
    content.stream().filter(object -> !object.terminating()).forEach(objects::delete);
    if (content(name).findAny().isEmpty()) {
      objects.remove(namespace);
    }
  }

  private Stream<StoredObject> content(String namespace) {
    return CONTENT.stream().flatMap(type -> store.list(type, namespace).objects().stream());
  }

  @Override
  public void close() {
    queue.close();
  }
}
