package dev.muster.daemon.kubernetes.ddp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.kubernetes.Yaml;
import dev.muster.daemon.kubernetes.define.ShellWords;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Options as they were typed: several forms of one value, as codeflare's command line took them.
 */
final class Typed {
  /** A comma separates pairs only where another "key=" follows. */
  private static final Pattern BETWEEN_PAIRS = Pattern.compile(",(?=[^,=\\s]+=)");

  private Typed() {}

  /**
   * @param settings by long option, each with its values as typed
   * @throws Failure USAGE with the option and the rule
   */
  static Said read(Map<String, List<String>> settings) {
    Said said = new Said();
    settings.forEach(
        (option, values) -> {
          Field field =
              Field.of(option).orElseThrow(() -> Field.unknown("--" + option, option, true));
          if (!values.isEmpty()) {
            String place = "--" + field.option();
            said.put(field, value(field, values, place), place);
          }
        });
    return said;
  }

  private static JsonNode value(Field field, List<String> values, String place) {
    return switch (field.type) {
      // The last one wins, as on every command line.
      case TEXT, NUMBER -> TextNode.valueOf(values.getLast());
      case WORDS -> words(values, place);
      case PAIRS -> pairs(values, place);
      case MOUNTS -> mounts(values, place);
    };
  }

  /** Each is a line of words as a shell reads it, or a list such as ['--lr', '0.1']. */
  private static ArrayNode words(List<String> values, String place) {
    ArrayNode words = Yaml.JSON.createArrayNode();
    for (String typed : values) {
      if (typed.startsWith("[")) {
        words.addAll(list(typed, place));
        continue;
      }
      ShellWords.split(typed)
          .orElseThrow(
              () ->
                  Failure.usage(
                      place + ": \"" + typed + "\" has a quotation mark without its partner."))
          .forEach(words::add);
    }
    return words;
  }

  private static ArrayNode mounts(List<String> values, String place) {
    ArrayNode mounts = Yaml.JSON.createArrayNode();
    for (String typed : values) {
      if (typed.startsWith("[")) {
        mounts.addAll(list(typed, place));
      } else {
        mounts.add(typed);
      }
    }
    return mounts;
  }

  /** "k=v", several with commas between, or a map such as {'k': 'v'}. */
  private static ObjectNode pairs(List<String> values, String place) {
    ObjectNode pairs = Yaml.JSON.createObjectNode();
    for (String typed : values) {
      if (typed.startsWith("{")) {
        pairs.setAll((ObjectNode) tree(typed, place));
        continue;
      }
      for (String pair : BETWEEN_PAIRS.split(typed, -1)) {
        int equals = pair.indexOf('=');
        if (equals <= 0) {
          throw Failure.usage(
              place + ": a value is not of the form key=value, such as " + place + " A=1.");
        }
        pairs.put(pair.substring(0, equals).strip(), pair.substring(equals + 1));
      }
    }
    return pairs;
  }

  private static ArrayNode list(String typed, String place) {
    return (ArrayNode) tree(typed, place);
  }

  /** Python's literals of lists and maps are YAML too: what begins like one is one, or nothing. */
  private static JsonNode tree(String typed, String place) {
    return Yaml.parse(typed.getBytes(StandardCharsets.UTF_8), place);
  }
}
