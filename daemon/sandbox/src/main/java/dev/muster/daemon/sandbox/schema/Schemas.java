package dev.muster.daemon.sandbox.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.sandbox.store.Json;
import dev.muster.daemon.sandbox.store.ResourceType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** The schemas of the custom resources; each is read when it is first asked for. */
public final class Schemas {

  private final Map<ResourceType, CustomSchema> known = new ConcurrentHashMap<>();

  /** Begins to read one, so that the first to ask for it does not wait so long. */
  public void preload(ResourceType type) {
    CompletableFuture.runAsync(() -> of(type));
  }

  public CustomSchema of(ResourceType type) {
    return known.computeIfAbsent(type, Schemas::load);
  }

  private static CustomSchema load(ResourceType type) {
    ObjectNode root = read("%s-%s".formatted(type.kind().toLowerCase(Locale.ROOT), type.version()));
    include(root);
    for (JsonNode open : root.findParents("x-kubernetes-int-or-string")) {
      // One type with two names instead of two alternatives: one message instead of three.
      ((ObjectNode) open).remove("anyOf");
      ((ObjectNode) open).putArray("type").add("integer").add("string");
    }
    List<Rule> rules = new ArrayList<>();
    if (!root.findParents("x-kubernetes-validations").isEmpty()) {
      rules.add(Rules.immutable(root));
    }
    if (type.equals(ResourceType.CLUSTERQUEUES)) {
      rules.add(Rules::clusterQueue);
    }
    if (type.group().equals("ray.io")) {
      rules.add(new ManagedByRule());
    }
    return new CustomSchema(root, rules);
  }

  private static ObjectNode read(String name) {
    String resource = name + ".schema.json";
    try (InputStream in = Schemas.class.getResourceAsStream(resource)) {
      return (ObjectNode) Json.MAPPER.readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Takes in the parts that lie in another kind's file: {@code raycluster-v1.schema.json#/…}. */
  private static void include(ObjectNode root) {
    for (JsonNode place : root.findParents("$ref")) {
      String reference = place.path("$ref").asText();
      int hash = reference.indexOf('#');
      if (hash > 0) {
        ObjectNode other = read(reference.substring(0, reference.indexOf(".schema.json")));
        String pointer = reference.substring(hash + 1);
        String name = pointer.substring(1).replace("$defs/", "").replace('/', '-');
        ObjectNode parts = Json.child(root, "$defs");
        parts.setAll((ObjectNode) other.get("$defs"));
        parts.set(name, other.at(pointer));
        ((ObjectNode) place).put("$ref", "#/$defs/" + name);
      }
    }
  }
}
