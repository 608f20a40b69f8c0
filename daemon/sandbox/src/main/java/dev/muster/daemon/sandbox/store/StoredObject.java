package dev.muster.daemon.sandbox.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One version of one object: its JSON as it goes out, and beside it what lists and controllers look
 * at, so that neither has to parse. Immutable.
 */
public final class StoredObject {

  private final ResourceType type;
  private final ObjectKey key;
  private final String uid;
  private final long version;
  private final boolean terminating;
  private final Map<String, String> labels;
  private final Map<String, String> fields;
  private final List<String> owners;
  private final byte[] json;

  StoredObject(ResourceType type, ObjectNode tree, long version) {
    JsonNode metadata = tree.path("metadata");
    this.type = type;
    this.key = keyOf(tree);
    this.uid = metadata.path("uid").asText();
    this.version = version;
    this.terminating = metadata.has("deletionTimestamp");
    this.labels = Map.copyOf(Json.strings(metadata.path("labels")));
    this.fields = fields(type, key, tree);
    this.owners = owners(metadata);
    this.json = Json.bytes(ordered(tree));
  }

  /** apiVersion and kind first: {@link #writeItemTo} relies on it. */
  private static ObjectNode ordered(ObjectNode tree) {
    ObjectNode result = Json.object();
    result.set("apiVersion", tree.get("apiVersion"));
    result.set("kind", tree.get("kind"));
    return result.setAll(tree);
  }

  /** Reads namespace and name from the metadata. */
  public static ObjectKey keyOf(JsonNode tree) {
    JsonNode metadata = tree.path("metadata");
    return new ObjectKey(metadata.path("namespace").asText(""), metadata.path("name").asText(""));
  }

  private static Map<String, String> fields(ResourceType type, ObjectKey key, JsonNode tree) {
    Map<String, String> result = new TreeMap<>();
    result.put("metadata.name", key.name());
    result.put("metadata.namespace", key.namespace());
    for (String field : type.fields()) {
      result.put(field, tree.at("/" + field.replace('.', '/')).asText(""));
    }
    return Map.copyOf(result);
  }

  private static List<String> owners(JsonNode metadata) {
    List<String> result = new ArrayList<>(1);
    metadata.path("ownerReferences").forEach(owner -> result.add(owner.path("uid").asText()));
    return List.copyOf(result);
  }

  public ResourceType type() {
    return type;
  }

  public ObjectKey key() {
    return key;
  }

  public String uid() {
    return uid;
  }

  /** The resourceVersion. */
  public long version() {
    return version;
  }

  /** Carries a deletionTimestamp. */
  public boolean terminating() {
    return terminating;
  }

  public Map<String, String> labels() {
    return labels;
  }

  /** What a fieldSelector can see; an absent value is the empty text. */
  public Map<String, String> fields() {
    return fields;
  }

  /** The uids of its ownerReferences. */
  public List<String> owners() {
    return owners;
  }

  /** A fresh tree that the caller may change. */
  public ObjectNode tree() {
    return Json.tree(json);
  }

  public void writeTo(OutputStream out) throws IOException {
    out.write(json);
  }

  /** As an item of a list: a real server leaves kind and apiVersion out there for its own kinds. */
  public void writeItemTo(OutputStream out) throws IOException {
    if (type.custom()) {
      out.write(json);
      return;
    }
    int skipped =
        "{\"apiVersion\":\"%s\",\"kind\":\"%s\","
            .formatted(type.apiVersion(), type.kind())
            .length();
    out.write('{');
    out.write(json, skipped, json.length - skipped);
  }

  /** Whether the tree says the same as this object, the resourceVersion aside. */
  public boolean sameAs(ObjectNode other) {
    ObjectNode mine = tree();
    ((ObjectNode) mine.path("metadata")).remove("resourceVersion");
    ObjectNode theirs = other.deepCopy();
    ((ObjectNode) theirs.path("metadata")).remove("resourceVersion");
    return mine.equals(Json.tree(Json.bytes(theirs)));
  }

  @Override
  public String toString() {
    return "%s %s/%s@%d".formatted(type.kind(), key.namespace(), key.name(), version);
  }
}
