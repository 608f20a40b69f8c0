package dev.muster.daemon.sandbox.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.sandbox.store.Json;
import java.util.ArrayList;
import java.util.List;

/**
 * A place in a schema, and what it says about merging: objects are merged field by field and lists
 * are replaced whole, unless x-kubernetes-map-type or x-kubernetes-list-type say otherwise. A place
 * that the schema says nothing about follows the same rule.
 */
public final class Shape {

  /** The lists of metadata, which a CRD does not describe. */
  private static final ObjectNode METADATA = Json.object();

  static {
    ObjectNode fields = METADATA.putObject("properties");
    fields.putObject("finalizers").put("x-kubernetes-list-type", "set");
    fields
        .putObject("ownerReferences")
        .put("x-kubernetes-list-type", "map")
        .putArray("x-kubernetes-list-map-keys")
        .add("uid");
  }

  private final JsonNode root;
  private final JsonNode here;

  private Shape(JsonNode root, JsonNode here) {
    this.root = root;
    this.here = here;
  }

  static Shape of(JsonNode root) {
    return new Shape(root, root);
  }

  /** What a schema node refers to, or itself. */
  static JsonNode resolve(JsonNode root, JsonNode node) {
    String reference = node.path("$ref").asText();
    return reference.isEmpty() ? node : root.at(reference.substring(1));
  }

  /** The shape of that field of an object. */
  public Shape field(String name) {
    if (here == root && name.equals("metadata")) {
      return new Shape(MissingNode.getInstance(), METADATA);
    }
    JsonNode known = here.path("properties").path(name);
    return at(known.isMissingNode() ? here.path("additionalProperties") : known);
  }

  /** The shape of a list's items. */
  public Shape item() {
    return at(here.path("items"));
  }

  private Shape at(JsonNode node) {
    return new Shape(root, resolve(root, node));
  }

  /** An object that is owned and replaced as one. */
  public boolean atomicObject() {
    return here.path("x-kubernetes-map-type").asText().equals("atomic");
  }

  /** A list of scalars that are merged one by one. */
  public boolean set() {
    return here.path("x-kubernetes-list-type").asText().equals("set");
  }

  /** The fields that tell the items of a list apart; empty when the list is replaced whole. */
  public List<String> keys() {
    List<String> keys = new ArrayList<>();
    if (here.path("x-kubernetes-list-type").asText().equals("map")) {
      here.path("x-kubernetes-list-map-keys").forEach(key -> keys.add(key.asText()));
    }
    return keys;
  }

  /** The default of a field, missing when it has none. */
  public JsonNode preset(String field) {
    return field(field).here.path("default");
  }
}
