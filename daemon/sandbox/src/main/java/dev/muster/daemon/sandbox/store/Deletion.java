package dev.muster.daemon.sandbox.store;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * How objects go: at once, or first marked with a deletionTimestamp while finalizers, a pod's grace
 * period or a namespace's content hold them back.
 */
public final class Deletion {

  /** Set by a deletion with propagationPolicy Foreground; dependents go first. */
  public static final String FOREGROUND = "foregroundDeletion";

  /** Set by a deletion with propagationPolicy Orphan; dependents lose their owner and stay. */
  public static final String ORPHAN = "orphan";

  private static final long POD_GRACE_SECONDS = 30;

  private final Store store;
  private final Stamp stamp;

  public Deletion(Store store, Stamp stamp) {
    this.store = store;
    this.stamp = stamp;
  }

  /**
   * Deletes an object or marks it.
   *
   * @param finalizer {@link #FOREGROUND}, {@link #ORPHAN} or empty
   * @param graceSeconds of a pod, negative for its own
   * @return the last state when it is gone, else the marked one, which carries a deletionTimestamp
   */
  public StoredObject delete(StoredObject object, String finalizer, long graceSeconds)
      throws StaleWriteException {
    ObjectNode tree = object.tree();
    ObjectNode metadata = Json.child(tree, "metadata");
    if (!finalizer.isEmpty() && !object.terminating()) {
      addFinalizer(metadata, finalizer);
    }
    long grace = grace(object, tree, graceSeconds);
    boolean held = !metadata.path("finalizers").isEmpty();
    if (!held && grace == 0 && !object.type().equals(ResourceType.NAMESPACES)) {
      return store.remove(object);
    }
    if (object.terminating() && grace > 0) {
      return object;
    }
    if (!object.terminating()) {
      metadata.put("deletionTimestamp", stamp.in(grace));
      bumpGeneration(object.type(), metadata);
    }
    metadata.put("deletionGracePeriodSeconds", grace);
    if (object.type().equals(ResourceType.NAMESPACES)) {
      Json.child(tree, "status").put("phase", "Terminating");
      metadata.remove("deletionGracePeriodSeconds");
    }
    return object.sameAs(tree) ? object : store.put(object.type(), tree, object);
  }

  private static void bumpGeneration(ResourceType type, ObjectNode metadata) {
    if (type.generation()) {
      metadata.put("generation", metadata.path("generation").asLong() + 1);
    }
  }

  /** Seconds that a kubelet gives a pod; a pod that runs nowhere, and anything else, needs none. */
  private static long grace(StoredObject object, ObjectNode tree, long asked) {
    String phase = object.fields().getOrDefault("status.phase", "");
    boolean runs =
        object.type().equals(ResourceType.PODS)
            && !object.fields().getOrDefault("spec.nodeName", "").isEmpty()
            && !phase.equals("Succeeded")
            && !phase.equals("Failed");
    if (!runs) {
      return 0;
    }
    return asked >= 0
        ? asked
        : tree.at("/spec/terminationGracePeriodSeconds").asLong(POD_GRACE_SECONDS);
  }

  private static void addFinalizer(ObjectNode metadata, String finalizer) {
    ArrayNode all =
        metadata.path("finalizers") instanceof ArrayNode old
            ? old
            : metadata.putArray("finalizers");
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).asText().equals(finalizer)) {
        return;
      }
    }
    all.add(finalizer);
  }
}
