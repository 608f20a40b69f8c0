package dev.muster.daemon.kubernetes.ddp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Something that is mounted into a job's pods, as <a
 * href="https://docs.pytorch.org/torchx/latest/specs.html#mounts">TorchX writes it</a>.
 *
 * @param volume a PersistentVolumeClaim; else a path of the node
 * @param src the claim's name, or the path
 */
public record Mount(boolean volume, String src, String dst, boolean readOnly) {
  private static final List<String> KEYS = List.of("type", "src", "dst");

  /**
   * Each begins with its type: "type=bind,src=/data,dst=/data,readonly", in pieces or with commas.
   *
   * @throws IllegalArgumentException with the end of a sentence
   */
  static List<Mount> parse(List<String> typed) {
    List<List<String>> groups = new ArrayList<>();
    for (String text : typed) {
      for (String piece : text.split(",", -1)) {
        String option = piece.strip();
        if (groups.isEmpty() || option.startsWith("type=")) {
          groups.add(new ArrayList<>());
        }
        groups.getLast().add(option);
      }
    }
    return groups.stream().map(Mount::of).toList();
  }

  private static Mount of(List<String> options) {
    Map<String, String> said = new LinkedHashMap<>();
    boolean readOnly = false;
    for (String option : options) {
      int equals = option.indexOf('=');
      String key = equals < 0 ? option : option.substring(0, equals);
      if (key.equals("readonly")) {
        readOnly = !option.endsWith("=false");
      } else if (equals < 0 || !KEYS.contains(key)) {
        throw new IllegalArgumentException(
            "has \"" + option + "\"; a mount is type=bind|volume,src=SOURCE,dst=PATH[,readonly]");
      } else {
        said.put(key, option.substring(equals + 1));
      }
    }
    for (String key : KEYS) {
      if (said.getOrDefault(key, "").isEmpty()) {
        throw new IllegalArgumentException("has a mount without " + key + "=");
      }
    }
    String type = said.get("type");
    if (!type.equals("bind") && !type.equals("volume")) {
      throw new IllegalArgumentException("has the type " + type + ", which is not bind or volume");
    }
    for (String path : type.equals("bind") ? List.of("src", "dst") : List.of("dst")) {
      if (!said.get(path).startsWith("/")) {
        throw new IllegalArgumentException(
            "has " + path + "=" + said.get(path) + ", which is not an absolute path");
      }
    }
    return new Mount(type.equals("volume"), said.get("src"), said.get("dst"), readOnly);
  }

  /** As it is typed. */
  String text() {
    return "type="
        + (volume ? "volume" : "bind")
        + ",src="
        + src
        + ",dst="
        + dst
        + (readOnly ? ",readonly" : "");
  }
}
