package dev.muster.daemon.kubernetes.ddp;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.kubernetes.Yaml;
import dev.muster.daemon.kubernetes.define.ShellWords;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * NAME.job.yaml: a definition as text for people, one field after the other, each with what it is
 * for. The same definition gives the same bytes.
 */
final class DdpFile {
  private static final YAMLFactory FACTORY = new YAMLFactory();

  private DdpFile() {}

  /**
   * @param origin what the text came from, for messages
   * @throws Failure USAGE with origin and line
   */
  static Said read(byte[] text, String origin) {
    JsonNode tree = Yaml.parse(text, origin);
    if (!(tree instanceof ObjectNode fields) || fields.has("apiVersion")) {
      throw Failure.usage(
          origin
              + " is not a job's definition, which is a map of fields such as script: train.py.");
    }
    Map<String, Integer> lines = lines(text, origin);
    Said said = new Said();
    fields
        .properties()
        .forEach(
            entry -> {
              String key = entry.getKey();
              String place = origin + ", line " + lines.get(key) + ": " + key;
              Field field = Field.of(key).orElseThrow(() -> Field.unknown(place, key, false));
              if (said.has(field)) {
                throw Failure.usage(place + " is there twice; drop one of them.");
              }
              JsonNode value = entry.getValue();
              if (!value.isNull()) {
                said.put(field, value(field, value, place), place);
              }
            });
    return said;
  }

  private static JsonNode value(Field field, JsonNode value, String place) {
    return switch (field.type) {
      case TEXT, NUMBER -> value;
      case WORDS, MOUNTS -> list(field, value, place);
      case PAIRS -> {
        if (!(value instanceof ObjectNode map)) {
          throw Failure.usage(place + " is not a map such as {KEY: value}.");
        }
        yield map;
      }
    };
  }

  private static ArrayNode list(Field field, JsonNode value, String place) {
    if (value instanceof ArrayNode list) {
      return list;
    }
    if (!value.isTextual()) {
      throw Failure.usage(place + " is not a list such as [a, b].");
    }
    ArrayNode list = Yaml.JSON.createArrayNode();
    if (field.type == Field.Type.MOUNTS) {
      return list.add(value);
    }
    ShellWords.split(value.asText())
        .orElseThrow(() -> Failure.usage(place + " has a quotation mark without its partner."))
        .forEach(word -> list.add(TextNode.valueOf(word)));
    return list;
  }

  /** Where each field stands. */
  private static Map<String, Integer> lines(byte[] text, String origin) {
    Map<String, Integer> lines = new LinkedHashMap<>();
    try (JsonParser parser = FACTORY.createParser(text)) {
      int depth = 0;
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token.isStructStart()) {
          depth++;
        } else if (token.isStructEnd()) {
          depth--;
        } else if (token == JsonToken.FIELD_NAME && depth == 1) {
          int line = parser.currentTokenLocation().getLineNr();
          if (lines.put(parser.currentName(), line) != null) {
            throw Failure.usage(
                origin
                    + ", line "
                    + line
                    + ": "
                    + parser.currentName()
                    + " is there twice; drop one of them.");
          }
        }
      }
      return lines;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String write(String name, Said said) {
    StringBuilder text = new StringBuilder();
    text.append("# A distributed PyTorch job for `muster submit job ")
        .append(name)
        .append("`. Change what you like.\n");
    for (Field field : Field.values()) {
      JsonNode value = said.values().get(field);
      if (value == null || (value.isContainerNode() && value.isEmpty())) {
        continue;
      }
      text.append("\n# ").append(field.comment).append('\n');
      text.append(Yaml.write(Yaml.JSON.createObjectNode().set(field.key, value)));
    }
    return text.toString();
  }
}
