package dev.muster.daemon.kubernetes.define;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.kubernetes.Yaml;
import java.util.List;

/** Volumes and where they are mounted, as Kubernetes writes them; the server checks their kinds. */
final class Volumes {
  private Volumes() {}

  static List<ObjectNode> volumes(Settings settings) {
    return named(settings, "volumes", "name");
  }

  static List<ObjectNode> mounts(Settings settings) {
    named(settings, "volume-mounts", "mountPath");
    return named(settings, "volume-mounts", "name");
  }

  private static List<ObjectNode> named(Settings settings, String option, String field) {
    List<ObjectNode> objects = settings.objects(option);
    for (ObjectNode one : objects) {
      if (one.path(field).asText("").isEmpty()) {
        Settings.complain(option, Yaml.json(one), "has no " + field);
      }
    }
    return objects;
  }
}
