package dev.muster.daemon.sandbox.fields;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.sandbox.store.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Where a field is, in the notation of FieldsV1 (sigs.k8s.io/structured-merge-diff/fieldpath):
 * {@code f:NAME} a field, {@code k:{"KEY":VALUE}} an item of a list by its keys, {@code v:VALUE} an
 * item of a set.
 */
public record FieldPath(List<String> parts) implements Comparable<FieldPath> {

  static final FieldPath ROOT = new FieldPath(List.of());

  FieldPath field(String name) {
    return with("f:" + name);
  }

  FieldPath item(ObjectNode keys) {
    return with("k:" + keys);
  }

  FieldPath value(JsonNode value) {
    return with("v:" + value);
  }

  FieldPath with(String part) {
    List<String> longer = new ArrayList<>(parts);
    longer.add(part);
    return new FieldPath(List.copyOf(longer));
  }

  /** Whether it is that place or lies in it. */
  boolean within(FieldPath place) {
    return parts.size() >= place.parts.size()
        && parts.subList(0, place.parts.size()).equals(place.parts);
  }

  /** The JSON behind {@code k:} or {@code v:}. */
  static JsonNode json(String part) {
    try {
      return Json.MAPPER.readTree(part.substring(2));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("\"%s\" is no part of a field's path".formatted(part), e);
    }
  }

  @Override
  public int compareTo(FieldPath other) {
    for (int i = 0; i < Math.min(parts.size(), other.parts.size()); i++) {
      int order = parts.get(i).compareTo(other.parts.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(parts.size(), other.parts.size());
  }

  /** As conflicts name it: {@code .spec.containers[name="a"].image}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (String part : parts) {
      switch (part.charAt(0)) {
        case 'k' ->
            text.append(
                json(part).properties().stream()
                    .map(key -> key.getKey() + "=" + key.getValue())
                    .collect(Collectors.joining(",", "[", "]")));
        case 'v' -> text.append("[=").append(part.substring(2)).append(']');
        default -> text.append('.').append(part.substring(2));
      }
    }
    return text.toString();
  }
}
