package dev.muster.daemon.sandbox.api;

import dev.muster.daemon.sandbox.store.ResourceType;
import dev.muster.daemon.sandbox.store.StoredObject;
import java.util.Map;
import java.util.function.Predicate;

/** Which objects a list, a watch or a deletion of many means. */
record Selection(
    String namespace,
    boolean restricted,
    Predicate<Map<String, String>> labels,
    Predicate<Map<String, String>> fields) {

  static Selection of(ResourceType type, Target target, Call call) {
    String byField = call.option("fieldSelector");
    // A watch on one object's own path means that object.
    if (!target.name().isEmpty()) {
      byField = "metadata.name=" + target.name();
    }
    String byLabel = call.option("labelSelector");
    return new Selection(
        target.namespace(),
        !byField.isBlank() || !byLabel.isBlank(),
        LabelSelector.parse(byLabel),
        FieldSelector.parse(type, byField));
  }

  boolean includes(StoredObject object) {
    return object != null
        && (namespace.isEmpty() || namespace.equals(object.key().namespace()))
        && labels.test(object.labels())
        && fields.test(object.fields());
  }
}
