package dev.muster.daemon.kubernetes.contexts;

import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.nodes.CollectionNode;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Where the nodes of a YAML text stand in it, as offsets of characters. */
record YamlPlaces(String text) {
  static Node value(MappingNode mapping, String key) {
    NodeTuple tuple = tuple(mapping, key);
    return tuple == null ? null : tuple.getValueNode();
  }

  private static NodeTuple tuple(MappingNode mapping, String key) {
    for (NodeTuple tuple : mapping.getValue()) {
      if (tuple.getKeyNode() instanceof ScalarNode scalar && scalar.getValue().equals(key)) {
        return tuple;
      }
    }
    return null;
  }

  static MappingNode item(Node list, String name) {
    if (list instanceof SequenceNode items) {
      for (Node one : items.getValue()) {
        if (one instanceof MappingNode item
            && value(item, "name") instanceof ScalarNode called
            && called.getValue().equals(name)) {
          return item;
        }
      }
    }
    return null;
  }

  static boolean isFlow(Node node) {
    return node instanceof CollectionNode<?> collection
        && collection.getFlowStyle() == DumperOptions.FlowStyle.FLOW;
  }

  /** SnakeYAML counts code points. */
  private int offset(int codePoints) {
    return text.offsetByCodePoints(0, codePoints);
  }

  int start(Node node) {
    return offset(node.getStartMark().getIndex());
  }

  /** Behind its last character: the end mark of a block is where the next thing begins. */
  int end(Node node) {
    if (!isFlow(node)) {
      if (node instanceof MappingNode mapping && !mapping.getValue().isEmpty()) {
        return end(mapping.getValue().getLast().getValueNode());
      }
      if (node instanceof SequenceNode sequence && !sequence.getValue().isEmpty()) {
        return end(sequence.getValue().getLast());
      }
    }
    int end = offset(node.getEndMark().getIndex());
    while (end > start(node) && Character.isWhitespace(text.charAt(end - 1))) {
      end--; // a block scalar ends with the line behind it
    }
    return end;
  }

  int lineEnd(int at) {
    int end = text.indexOf('\n', at);
    if (end < 0) {
      return text.length();
    }
    return end > at && text.charAt(end - 1) == '\r' ? end - 1 : end;
  }

  int colonAfter(MappingNode root, String key) {
    return text.indexOf(':', end(tuple(root, key).getKeyNode())) + 1;
  }

  int dash(Node item) {
    return text.lastIndexOf('-', start(item) - 1);
  }

  int dashColumn(Node item) {
    int dash = dash(item);
    return dash - text.lastIndexOf('\n', dash) - 1;
  }
}
