package dev.muster.daemon.kubernetes.contexts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.kubernetes.Yaml;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * The text of a kubeconfig, changed in one place at a time: comments, order and everything else
 * stay as they are, byte by byte. Each change is read back and compared with what was meant, so
 * that a file of a form that nobody thought of is refused and not damaged.
 */
final class KubeconfigText {
  private static final String EMPTY = "apiVersion: v1\nkind: Config\n";

  private final String text;
  private final String origin;
  private final YamlPlaces places;

  KubeconfigText(String text, String origin) {
    this.text = text.isBlank() ? EMPTY : text;
    this.origin = origin;
    this.places = new YamlPlaces(this.text);
  }

  String text() {
    return text;
  }

  /**
   * Sets what stands under a name in one of the lists.
   *
   * @param list "clusters", "users" or "contexts"
   * @param key "cluster", "user" or "context"
   */
  KubeconfigText put(String list, String key, String name, ObjectNode body) {
    MappingNode root = root();
    Node value = YamlPlaces.value(root, list);
    MappingNode item = YamlPlaces.item(value, name);
    String changed;
    if (item != null) {
      changed = replaced(item, key, body);
    } else {
      ObjectNode made = Yaml.JSON.createObjectNode().put("name", name);
      made.set(key, body);
      changed = appended(root, list, value, made);
    }
    return checked(
        changed,
        tree -> {
          ObjectNode there = find(tree, list, name);
          if (there == null) {
            there = array(tree, list).addObject().put("name", name);
          }
          there.set(key, body);
        });
  }

  /** Does nothing if there is none of that name. */
  KubeconfigText remove(String list, String name) {
    Node value = YamlPlaces.value(root(), list);
    MappingNode item = YamlPlaces.item(value, name);
    if (item == null) {
      return this;
    }
    SequenceNode items = (SequenceNode) value;
    String changed =
        YamlPlaces.isFlow(items) ? cutFromFlow(items, item) : cutFromBlock(items, item, list);
    return checked(
        changed,
        tree -> {
          ArrayNode array = array(tree, list);
          for (int i = 0; i < array.size(); i++) {
            if (array.path(i).path("name").asText("").equals(name)) {
              array.remove(i);
              return;
            }
          }
        });
  }

  /**
   * @param name empty for none
   */
  KubeconfigText current(String name) {
    MappingNode root = root();
    Node value = YamlPlaces.value(root, "current-context");
    String changed =
        value == null
            ? addedKey(root, "current-context", scalar(name), scalar(name))
            : splice(places.start(value), places.end(value), spaced(value, scalar(name)));
    return checked(changed, tree -> tree.put("current-context", name));
  }

  private String replaced(MappingNode item, String key, ObjectNode body) {
    Node there = YamlPlaces.value(item, key);
    if (there == null) {
      ObjectNode whole = Yaml.JSON.createObjectNode();
      whole.put("name", ((ScalarNode) YamlPlaces.value(item, "name")).getValue()).set(key, body);
      return splice(places.start(item), places.end(item), Yaml.json(whole));
    }
    boolean tokenOnly =
        body.size() == 1
            && body.path("token").isTextual()
            && there instanceof MappingNode old
            && old.getValue().size() == 1
            && YamlPlaces.value(old, "token") != null;
    if (tokenOnly) {
      Node token = YamlPlaces.value((MappingNode) there, "token");
      return splice(
          places.start(token),
          places.end(token),
          spaced(token, scalar(body.path("token").asText())));
    }
    return splice(places.start(there), places.end(there), spaced(there, Yaml.json(body)));
  }

  /** An empty value stands right behind its colon. */
  private String spaced(Node value, String with) {
    int at = places.start(value);
    return at > 0 && text.charAt(at - 1) == ':' ? " " + with : with;
  }

  private String appended(MappingNode root, String list, Node value, ObjectNode item) {
    if (value == null) {
      return addedKey(root, list, "\n" + block(item, ""), "[" + Yaml.json(item) + "]");
    }
    if (value instanceof SequenceNode items && !items.getValue().isEmpty()) {
      Node last = items.getValue().getLast();
      if (YamlPlaces.isFlow(items)) {
        int at = places.end(last);
        return splice(at, at, ", " + Yaml.json(item));
      }
      int at = places.lineEnd(places.end(last));
      return splice(
          at, at, "\n" + block(item, " ".repeat(places.dashColumn(items.getValue().getFirst()))));
    }
    // Nothing, null or []: the list begins here.
    return YamlPlaces.isFlow(root)
        ? splice(places.start(value), places.end(value), "[" + Yaml.json(item) + "]")
        : splice(places.colonAfter(root, list), places.end(value), "\n" + block(item, ""));
  }

  private String addedKey(MappingNode root, String key, String inBlock, String inFlow) {
    if (YamlPlaces.isFlow(root)) {
      int at =
          root.getValue().isEmpty()
              ? places.end(root) - 1
              : places.end(root.getValue().getLast().getValueNode());
      String comma = root.getValue().isEmpty() ? "" : ", ";
      return splice(at, at, comma + json(key) + ": " + inFlow);
    }
    int at = places.lineEnd(places.end(root));
    String space = inBlock.startsWith("\n") ? "" : " ";
    return splice(at, at, "\n" + key + ":" + space + inBlock);
  }

  private String cutFromBlock(SequenceNode items, MappingNode item, String list) {
    int dash = places.dash(item);
    int from = text.lastIndexOf('\n', dash) + 1;
    int next = text.indexOf('\n', places.end(item));
    int to = next < 0 ? text.length() : next + 1;
    String without = splice(from, to, "");
    if (items.getValue().size() > 1) {
      return without;
    }
    int colon = places.colonAfter(root(), list);
    return without.substring(0, colon) + " []" + without.substring(colon);
  }

  private String cutFromFlow(SequenceNode items, MappingNode item) {
    int at = items.getValue().indexOf(item);
    if (at > 0) {
      return splice(places.end(items.getValue().get(at - 1)), places.end(item), "");
    }
    int to = items.getValue().size() > 1 ? places.start(items.getValue().get(1)) : places.end(item);
    return splice(places.start(item), to, "");
  }

  private static String block(ObjectNode item, String indent) {
    String lines = Yaml.write(item).stripTrailing().replace("\n", "\n" + indent + "  ");
    return indent + "- " + lines;
  }

  private KubeconfigText checked(String changed, Consumer<ObjectNode> meant) {
    String result = changed.endsWith("\n") ? changed : changed + "\n";
    ObjectNode expected = parsed(text);
    meant.accept(expected);
    if (!parsed(result).equals(expected)) {
      throw refused();
    }
    return new KubeconfigText(result, origin);
  }

  private Failure refused() {
    return new Failure(
        Failure.Kind.USAGE,
        origin
            + " is of a form that muster does not change; `kubectl config view --raw` gives one that it does.");
  }

  private ObjectNode parsed(String yaml) {
    if (!(Yaml.parse(yaml.getBytes(StandardCharsets.UTF_8), origin) instanceof ObjectNode tree)) {
      throw new Failure(
          Failure.Kind.USAGE,
          origin + " is not a kubeconfig: it does not begin with names and values.");
    }
    return tree;
  }

  private static ObjectNode find(ObjectNode tree, String list, String name) {
    for (JsonNode one : tree.path(list)) {
      if (one.path("name").asText("").equals(name) && one instanceof ObjectNode found) {
        return found;
      }
    }
    return null;
  }

  private static ArrayNode array(ObjectNode tree, String list) {
    return tree.path(list) instanceof ArrayNode array ? array : tree.putArray(list);
  }

  private MappingNode root() {
    parsed(text); // for its message
    try {
      Node root =
          new org.yaml.snakeyaml.Yaml(new SafeConstructor(new LoaderOptions()))
              .compose(new StringReader(text));
      if (root instanceof MappingNode mapping) {
        return mapping;
      }
    } catch (YAMLException e) {
      throw refused();
    }
    throw refused();
  }

  private String splice(int from, int to, String with) {
    String newline = text.contains("\r\n") ? "\r\n" : "\n";
    return text.substring(0, from) + with.replace("\n", newline) + text.substring(to);
  }

  /** A file in JSON stays one. */
  private String scalar(String value) {
    return YamlPlaces.isFlow(root()) ? json(value) : quoted(value);
  }

  private static String json(String value) {
    return Yaml.json(Yaml.JSON.getNodeFactory().textNode(value));
  }

  /** In double quotes unless it is a plain word: right in every context. */
  private static String quoted(String value) {
    return value.matches("[A-Za-z][A-Za-z0-9_./@-]*")
            && !value.matches("(?i)true|false|yes|no|on|off|null|y|n")
        ? value
        : json(value);
  }
}
