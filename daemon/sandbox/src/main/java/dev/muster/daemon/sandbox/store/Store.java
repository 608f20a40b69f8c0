package dev.muster.daemon.sandbox.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * All objects, with one increasing version for everything, as etcd keeps it. A write names the
 * version that it was made from and fails when that is no longer the current one, so nobody holds
 * the lock while thinking.
 */
public final class Store {

  /** Changes kept of each resource for watches that come back. */
  public static final int HISTORY = 5_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<ResourceType, NavigableMap<ObjectKey, StoredObject>> objects = new HashMap<>();
  private final Map<ResourceType, History> histories = new HashMap<>();
  private final Map<String, StoredObject> byUid = new HashMap<>();
  private final Map<String, Set<String>> dependents = new HashMap<>();
  private final List<Consumer<Change>> listeners = new CopyOnWriteArrayList<>();

  /** Begins as on a server that has just set itself up, so that version 1 is an old one. */
  private long version = 100;

  public Store(Iterable<ResourceType> types) {
    for (ResourceType type : types) {
      objects.put(type, new TreeMap<>());
      histories.put(type, new History(HISTORY, version));
    }
  }

  /** Called after each write, by the writer's thread and without the lock; must be quick. */
  public void listen(Consumer<Change> listener) {
    listeners.add(listener);
  }

  public long version() {
    lock.lock();
    try {
      return version;
    } finally {
      lock.unlock();
    }
  }

  public Optional<StoredObject> get(ResourceType type, ObjectKey key) {
    lock.lock();
    try {
      return Optional.ofNullable(objects.get(type).get(key));
    } finally {
      lock.unlock();
    }
  }

  public Optional<StoredObject> get(String uid) {
    lock.lock();
    try {
      return Optional.ofNullable(byUid.get(uid));
    } finally {
      lock.unlock();
    }
  }

  /** The objects of a namespace, or of all with an empty one. Copies references only. */
  public Snapshot list(ResourceType type, String namespace) {
    lock.lock();
    try {
      NavigableMap<ObjectKey, StoredObject> all = objects.get(type);
      var some =
          namespace.isEmpty()
              ? all
              : all.subMap(new ObjectKey(namespace, ""), new ObjectKey(namespace + '\0', ""));
      return new Snapshot(version, List.copyOf(some.values()));
    } finally {
      lock.unlock();
    }
  }

  /**
   * The same as it was at an older version, made by taking back what was written since.
   *
   * @throws ExpiredException when the history does not reach that far
   */
  public Snapshot listAt(ResourceType type, String namespace, long then) throws ExpiredException {
    NavigableMap<ObjectKey, StoredObject> all = new TreeMap<>();
    List<Change> since;
    lock.lock();
    try {
      list(type, namespace).objects().forEach(object -> all.put(object.key(), object));
      since = histories.get(type).since(then);
    } finally {
      lock.unlock();
    }
    for (Change change : since.reversed()) {
      ObjectKey key = change.after().key();
      if (change.before() == null) {
        all.remove(key);
      } else if (namespace.isEmpty() || key.namespace().equals(namespace)) {
        all.put(key, change.before());
      }
    }
    return new Snapshot(then, List.copyOf(all.values()));
  }

  /** What names that uid in its ownerReferences. */
  public List<StoredObject> dependents(String uid) {
    lock.lock();
    try {
      List<StoredObject> result = new ArrayList<>();
      for (String dependent : dependents.getOrDefault(uid, Set.of())) {
        result.add(byUid.get(dependent));
      }
      return result;
    } finally {
      lock.unlock();
    }
  }

  public History history(ResourceType type) {
    return histories.get(type);
  }

  /** Forgets the history: only the present can be watched from. */
  public void compact() {
    lock.lock();
    try {
      // A version of its own, so that even the newest answer given out so far counts as old.
      version++;
      histories.values().forEach(history -> history.compact(version));
    } finally {
      lock.unlock();
    }
  }

  /**
   * Writes an object.
   *
   * @param tree becomes the stored state; its resourceVersion is set here
   * @param from the version that the tree was made from, null for a new object
   * @throws StaleWriteException when {@code from} is not the current version
   */
  public StoredObject put(ResourceType type, ObjectNode tree, StoredObject from)
      throws StaleWriteException {
    Change change;
    lock.lock();
    try {
      ObjectKey key = StoredObject.keyOf(tree);
      StoredObject before = objects.get(type).get(key);
      if (before != from) {
        throw new StaleWriteException(type, key);
      }
      StoredObject after = stored(type, tree);
      objects.get(type).put(key, after);
      index(before, after);
      change = commit(new Change(before, after, false));
    } finally {
      lock.unlock();
    }
    listeners.forEach(listener -> listener.accept(change));
    return change.after();
  }

  /**
   * Removes an object.
   *
   * @return its last state, with the version of the removal
   * @throws StaleWriteException when it is no longer that version
   */
  public StoredObject remove(StoredObject from) throws StaleWriteException {
    Change change;
    lock.lock();
    try {
      NavigableMap<ObjectKey, StoredObject> all = objects.get(from.type());
      if (all.get(from.key()) != from) {
        throw new StaleWriteException(from.type(), from.key());
      }
      StoredObject last = stored(from.type(), from.tree());
      all.remove(from.key());
      index(from, null);
      change = commit(new Change(from, last, true));
    } finally {
      lock.unlock();
    }
    listeners.forEach(listener -> listener.accept(change));
    return change.after();
  }

  private StoredObject stored(ResourceType type, ObjectNode tree) {
    version++;
    Json.child(tree, "metadata").put("resourceVersion", Long.toString(version));
    return new StoredObject(type, tree, version);
  }

  private Change commit(Change change) {
    histories.get(change.after().type()).append(change);
    return change;
  }

  private void index(StoredObject before, StoredObject after) {
    if (before != null) {
      byUid.remove(before.uid());
      for (String owner : before.owners()) {
        Set<String> siblings = dependents.get(owner);
        siblings.remove(before.uid());
        if (siblings.isEmpty()) {
          dependents.remove(owner);
        }
      }
    }
    if (after != null) {
      byUid.put(after.uid(), after);
      for (String owner : after.owners()) {
        dependents.computeIfAbsent(owner, o -> new TreeSet<>()).add(after.uid());
      }
    }
  }
}
