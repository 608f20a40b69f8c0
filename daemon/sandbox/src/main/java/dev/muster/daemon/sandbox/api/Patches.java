package dev.muster.daemon.sandbox.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.sandbox.store.Json;
import io.fabric8.zjsonpatch.CompatibilityFlags;
import io.fabric8.zjsonpatch.JsonPatch;
import io.fabric8.zjsonpatch.JsonPatchException;
import java.util.EnumSet;
import java.util.Map;

/** JSON merge patch (RFC 7396) and JSON patch (RFC 6902). */
final class Patches {

  /** Server-side apply, of which this class knows nothing. */
  static final String APPLY = "application/apply-patch+yaml";

  private static final String ACCEPTED =
      "the body of the request was in an unknown format - accepted media types include:"
          + " application/json-patch+json, application/merge-patch+json";

  private Patches() {}

  static ObjectNode apply(Call call, ObjectNode to) {
    JsonNode result =
        switch (call.contentType()) {
          case "application/merge-patch+json" -> merge(to, Bodies.patch(call));
          case "application/json-patch+json" -> jsonPatch(to, call);
          case APPLY ->
              throw Failures.unsupportedMediaType(
                  "the sandbox simulates server-side apply for custom resources only; " + ACCEPTED);
          default -> throw Failures.unsupportedMediaType(ACCEPTED);
        };
    if (result instanceof ObjectNode object) {
      return object;
    }
    throw Failures.badRequest("the patch does not leave an object");
  }

  private static JsonNode jsonPatch(ObjectNode to, Call call) {
    JsonNode patch = Bodies.patch(call);
    if (!patch.isArray()) {
      throw Failures.badRequest("error decoding patch: it is no array of operations");
    }
    try {
      return JsonPatch.apply(
          patch, to, EnumSet.of(CompatibilityFlags.FORBID_REMOVE_MISSING_OBJECT));
    } catch (JsonPatchException e) {
      throw Failures.badPatch();
    }
  }

  private static JsonNode merge(JsonNode to, JsonNode patch) {
    if (!(patch instanceof ObjectNode changes)) {
      return patch;
    }
    ObjectNode result = to instanceof ObjectNode object ? object : Json.object();
    for (Map.Entry<String, JsonNode> change : changes.properties()) {
      if (change.getValue().isNull()) {
        result.remove(change.getKey());
      } else {
        JsonNode old = result.path(change.getKey());
        result.set(change.getKey(), merge(old, change.getValue()));
      }
    }
    return result;
  }
}
