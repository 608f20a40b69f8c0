package dev.muster.daemon.sandbox.fields;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.sandbox.schema.Shape;
import dev.muster.daemon.sandbox.store.Json;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/** {@code metadata.managedFields} of one object: who owns which of its fields, and since when. */
public final class Ownership {

  private record Entry(SortedSet<FieldPath> fields, String time) {}

  private final Map<Manager, Entry> entries = new LinkedHashMap<>();

  private Ownership() {}

  /** What an object says, nobody owning anything when it is null. */
  static Ownership of(JsonNode object) {
    Ownership ownership = new Ownership();
    if (object != null) {
      for (JsonNode entry : object.at("/metadata/managedFields")) {
        ownership.entries.put(
            Manager.of(entry),
            new Entry(FieldSet.read(entry.path("fieldsV1")), entry.path("time").asText("")));
      }
    }
    return ownership;
  }

  /**
   * Notes a write that was no apply: whoever made it owns what it changed.
   *
   * @param before null for a new object
   * @param after gets the managedFields
   * @param subresource {@code status} or empty
   */
  public static void update(
      Shape shape,
      JsonNode before,
      ObjectNode after,
      String manager,
      String subresource,
      String now) {
    boolean status = !subresource.isEmpty();
    Map<FieldPath, JsonNode> old = before == null ? Map.of() : Leaves.of(shape, before, status);
    SortedMap<FieldPath, JsonNode> present = Leaves.of(shape, after, status);
    SortedSet<FieldPath> changed = new TreeSet<>();
    present.forEach(
        (path, value) -> {
          if (!value.equals(old.get(path))) {
            changed.add(path);
          }
        });
    List<FieldPath> gone =
        old.keySet().stream().filter(path -> !present.containsKey(path)).toList();
    Ownership ownership = of(before);
    if (!changed.isEmpty() || !gone.isEmpty()) {
      ownership.release(changed);
      ownership.release(gone);
      String version = after.path("apiVersion").asText();
      ownership.own(Manager.updater(manager, version, subresource), changed, now);
    }
    ownership.writeTo(after);
  }

  SortedSet<FieldPath> ownedBy(Manager manager) {
    Entry entry = entries.get(manager);
    return entry == null ? new TreeSet<>() : new TreeSet<>(entry.fields);
  }

  /** The other managers, and what they own. */
  Map<Manager, SortedSet<FieldPath>> others(Manager manager) {
    Map<Manager, SortedSet<FieldPath>> others = new LinkedHashMap<>();
    entries.forEach(
        (other, entry) -> {
          if (!other.equals(manager)) {
            others.put(other, entry.fields);
          }
        });
    return others;
  }

  /** Takes fields from whoever owns them. */
  void release(Collection<FieldPath> fields) {
    entries.values().forEach(entry -> entry.fields.removeAll(fields));
    entries.values().removeIf(entry -> entry.fields.isEmpty());
  }

  private void own(Manager manager, Collection<FieldPath> more, String now) {
    SortedSet<FieldPath> fields = ownedBy(manager);
    fields.addAll(more);
    replace(manager, fields, now);
  }

  /** Sets what a manager owns; his time stays when nothing changes by it. */
  void replace(Manager manager, SortedSet<FieldPath> fields, String now) {
    Entry old = entries.get(manager);
    if (fields.isEmpty()) {
      entries.remove(manager);
    } else if (old == null || !old.fields.equals(fields)) {
      entries.put(manager, new Entry(fields, now));
    }
  }

  void writeTo(ObjectNode object) {
    ArrayNode list = Json.array();
    List<Map.Entry<Manager, Entry>> sorted = new ArrayList<>(entries.entrySet());
    sorted.sort(
        Comparator.comparing((Map.Entry<Manager, Entry> one) -> one.getKey().operation())
            .thenComparing(one -> one.getValue().time)
            .thenComparing(one -> one.getKey().name()));
    for (Map.Entry<Manager, Entry> one : sorted) {
      Manager manager = one.getKey();
      ObjectNode entry = list.addObject();
      entry.put("manager", manager.name()).put("operation", manager.operation());
      entry.put("apiVersion", manager.apiVersion()).put("time", one.getValue().time);
      entry.put("fieldsType", "FieldsV1");
      entry.set("fieldsV1", FieldSet.write(one.getValue().fields));
      if (!manager.subresource().isEmpty()) {
        entry.put("subresource", manager.subresource());
      }
    }
    ObjectNode metadata = Json.child(object, "metadata");
    if (list.isEmpty()) {
      metadata.remove("managedFields");
    } else {
      metadata.set("managedFields", list);
    }
  }
}
