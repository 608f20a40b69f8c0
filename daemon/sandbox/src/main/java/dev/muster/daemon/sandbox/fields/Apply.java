package dev.muster.daemon.sandbox.fields;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.sandbox.schema.Shape;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One server-side apply: what the applied object says is set, what its manager once applied and now
 * leaves out is removed unless somebody else owns it too, and what others own stays theirs. See
 * "Server-Side Apply" in the Kubernetes documentation.
 */
public final class Apply {

  private final Shape shape;
  private final Manager manager;
  private final String now;

  /**
   * @param apiVersion of the applied object
   * @param subresource {@code status} or empty
   */
  public Apply(Shape shape, String manager, String apiVersion, String subresource, String now) {
    this.shape = shape;
    this.manager = Manager.applier(manager, apiVersion, subresource);
    this.now = now;
  }

  /**
   * The fields that another manager owns and that this would change.
   *
   * @return by the owner's name as conflicts write it; empty when there is none
   */
  public SortedMap<String, SortedSet<FieldPath>> conflicts(JsonNode live, JsonNode applied) {
    SortedSet<FieldPath> changed = changed(live, applied);
    SortedMap<String, SortedSet<FieldPath>> conflicts = new TreeMap<>();
    Ownership.of(live)
        .others(manager)
        .forEach(
            (other, fields) -> {
              SortedSet<FieldPath> theirs = new TreeSet<>(fields);
              theirs.retainAll(changed);
              if (!theirs.isEmpty()) {
                conflicts.put(other.text(), theirs);
              }
            });
    return conflicts;
  }

  /** The object as it is to be, managedFields included; conflicts are decided for the applier. */
  public ObjectNode to(JsonNode live, JsonNode applied) {
    Ownership ownership = Ownership.of(live);
    SortedSet<FieldPath> fields = new TreeSet<>(leaves(applied).keySet());
    ObjectNode result = (ObjectNode) Merge.over(shape, live, applied);
    for (FieldPath left : ownership.ownedBy(manager)) {
      boolean kept =
          fields.stream().anyMatch(field -> field.within(left))
              || ownership.others(manager).values().stream()
                  .anyMatch(theirs -> theirs.contains(left));
      if (!kept) {
        Merge.remove(shape, result, left);
      }
    }
    // What was removed may have left no trace of an object that was applied empty.
    result = (ObjectNode) Merge.over(shape, result, applied);
    ownership.release(changed(live, applied));
    ownership.replace(manager, fields, now);
    ownership.writeTo(result);
    return result;
  }

  /** Gives a new object its managedFields: everything that was applied is the applier's. */
  public void own(ObjectNode created, JsonNode applied) {
    Ownership ownership = Ownership.of(null);
    ownership.replace(manager, new TreeSet<>(leaves(applied).keySet()), now);
    ownership.writeTo(created);
  }

  private SortedMap<FieldPath, JsonNode> leaves(JsonNode object) {
    return Leaves.of(shape, object, !manager.subresource().isEmpty());
  }

  private SortedSet<FieldPath> changed(JsonNode live, JsonNode applied) {
    SortedMap<FieldPath, JsonNode> old = leaves(live);
    SortedSet<FieldPath> changed = new TreeSet<>();
    leaves(applied)
        .forEach(
            (path, value) -> {
              // An empty object says nothing about the fields that the live one has.
              boolean there =
                  value.isObject()
                      && value.isEmpty()
                      && old.keySet().stream().anyMatch(field -> field.within(path));
              if (!there && !value.equals(old.get(path))) {
                changed.add(path);
              }
            });
    return changed;
  }
}
