package dev.muster.daemon.kubernetes.define;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.kubernetes.Yaml;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tolerations as Kubernetes writes them, or as short as a taint: "key=value:NoSchedule",
 * "key:NoExecute", "key". The rules: <a
 * href="https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/">taints and
 * tolerations</a>.
 */
final class Tolerations {
  private static final Set<String> FIELDS =
      Set.of("key", "operator", "value", "effect", "tolerationSeconds");
  private static final Set<String> EFFECTS = Set.of("NoSchedule", "PreferNoSchedule", "NoExecute");
  private static final Pattern SHORT =
      Pattern.compile("(?<key>[^=:\\s]+)(=(?<value>[^:]*))?(:(?<effect>.*))?");

  private Tolerations() {}

  static List<ObjectNode> read(Settings settings, String option) {
    List<ObjectNode> all = new ArrayList<>();
    for (String typed : settings.texts(option)) {
      if (Settings.isTree(typed)) {
        Settings.objects(option, typed).forEach(one -> all.add(checked(option, one)));
      } else {
        for (String one : typed.split(",", -1)) {
          all.add(checked(option, brief(option, one.strip())));
        }
      }
    }
    return all;
  }

  private static ObjectNode brief(String option, String text) {
    Matcher parts = SHORT.matcher(text);
    if (!parts.matches()) {
      Settings.complain(option, text, "is not of the form key=value:effect");
    }
    ObjectNode toleration = Yaml.JSON.createObjectNode();
    toleration.put("key", parts.group("key"));
    if (parts.group("value") == null) {
      toleration.put("operator", "Exists");
    } else {
      toleration.put("operator", "Equal").put("value", parts.group("value"));
    }
    if (parts.group("effect") != null) {
      toleration.put("effect", parts.group("effect"));
    }
    return toleration;
  }

  private static ObjectNode checked(String option, ObjectNode given) {
    ObjectNode toleration = Yaml.JSON.createObjectNode();
    for (Map.Entry<String, com.fasterxml.jackson.databind.JsonNode> field : given.properties()) {
      String name =
          field.getKey().equals("toleration_seconds") ? "tolerationSeconds" : field.getKey();
      if (!FIELDS.contains(name)) {
        Settings.complain(
            option,
            name,
            "is no field of a toleration: key, operator, value, effect, tolerationSeconds");
      }
      if (!field.getValue().isNull()) {
        toleration.set(name, field.getValue());
      }
    }
    String effect = toleration.path("effect").asText("");
    if (!effect.isEmpty() && !EFFECTS.contains(effect)) {
      Settings.complain(
          option, effect, "is no effect: use NoSchedule, PreferNoSchedule or NoExecute");
    }
    String operator = toleration.path("operator").asText("Equal");
    if (!operator.equals("Equal") && !operator.equals("Exists")) {
      Settings.complain(option, operator, "is no operator: use Equal or Exists");
    }
    String key = toleration.path("key").asText("");
    if (key.isEmpty() && !operator.equals("Exists")) {
      Settings.complain(option, Yaml.json(toleration), "has no key, which only Exists may lack");
    }
    if (!key.isEmpty()) {
      Syntax.key(key).ifPresent(broken -> Settings.complain(option, key, broken));
    }
    return toleration;
  }
}
