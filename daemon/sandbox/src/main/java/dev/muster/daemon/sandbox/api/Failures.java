package dev.muster.daemon.sandbox.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.sandbox.auth.Action;
import dev.muster.daemon.sandbox.auth.User;
import dev.muster.daemon.sandbox.schema.Cause;
import dev.muster.daemon.sandbox.store.Json;
import dev.muster.daemon.sandbox.store.ResourceType;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The refusals of the API, in a real server's own words (k8s.io/apimachinery/pkg/api/errors and
 * k8s.io/apiserver).
 */
public final class Failures {

  private Failures() {}

  public static ApiException notFound(ResourceType type, String name) {
    ObjectNode details = details(type.group(), type.plural(), name);
    return failure(
        404, "NotFound", "%s \"%s\" not found".formatted(type.qualified(), name), details);
  }

  public static ApiException alreadyExists(ResourceType type, String name) {
    ObjectNode details = details(type.group(), type.plural(), name);
    return failure(
        409,
        "AlreadyExists",
        "%s \"%s\" already exists".formatted(type.qualified(), name),
        details);
  }

  public static ApiException modified(ResourceType type, String name) {
    return conflict(
        type,
        name,
        "the object has been modified; please apply your changes to the latest version and try"
            + " again");
  }

  public static ApiException conflict(ResourceType type, String name, String why) {
    String message =
        "Operation cannot be fulfilled on %s \"%s\": %s".formatted(type.qualified(), name, why);
    return failure(409, "Conflict", message, details(type.group(), type.plural(), name));
  }

  /** A deletion that was bound to another version or object than the present one. */
  static ApiException precondition(ResourceType type, String name, String why) {
    String message =
        "Operation cannot be fulfilled on %s \"%s\": %s".formatted(type.qualifiedKind(), name, why);
    return failure(409, "Conflict", message, details(type.group(), type.kind(), name));
  }

  public static ApiException invalid(ResourceType type, String name, List<Cause> causes) {
    return invalid(type, type.kind(), name, causes);
  }

  /** Under another name than the resource's kind: where a real server says so. */
  static ApiException invalid(ResourceType type, String kind, String name, List<Cause> causes) {
    String qualified = type.group().isEmpty() ? kind : kind + "." + type.group();
    return invalid(type.group(), kind, qualified, name, causes);
  }

  /** List options that exclude each other. */
  public static ApiException invalidOptions(String kind, Cause cause) {
    return invalid("meta.k8s.io", kind, kind + ".meta.k8s.io", "", List.of(cause));
  }

  private static ApiException invalid(
      String group, String kind, String qualified, String name, List<Cause> causes) {
    ObjectNode details = details(group, kind, name);
    putCauses(details, causes);
    String message = "%s \"%s\" is invalid: %s".formatted(qualified, name, all(causes));
    return failure(422, "Invalid", message, details);
  }

  private static void putCauses(ObjectNode details, List<Cause> causes) {
    ArrayNode list = details.putArray("causes");
    for (Cause cause : causes) {
      list.addObject()
          .put("reason", cause.reason())
          .put("message", cause.message())
          .put("field", cause.field());
    }
  }

  private static String all(List<Cause> causes) {
    return causes.size() == 1
        ? causes.getFirst().text()
        : causes.stream().map(Cause::text).collect(Collectors.joining(", ", "[", "]"));
  }

  /** What an operator's admission webhook does not let pass. */
  static ApiException denied(String webhook, List<Cause> causes) {
    String message =
        "admission webhook \"%s\" denied the request: %s".formatted(webhook, all(causes));
    return failure(403, "Forbidden", message, null);
  }

  /** Fields that other managers of the object own; each cause names one and its owner. */
  static ApiException applyConflict(String message, List<Cause> causes) {
    ObjectNode details = Json.object();
    putCauses(details, causes);
    return failure(409, "Conflict", message, details);
  }

  public static ApiException forbidden(User user, Action action) {
    String resource = action.resource().replaceFirst("/.*", "");
    String qualified = action.group().isEmpty() ? resource : resource + "." + action.group();
    String where =
        action.namespace().isEmpty()
            ? "at the cluster scope"
            : "in the namespace \"%s\"".formatted(action.namespace());
    String what =
        "User \"%s\" cannot %s resource \"%s\" in API group \"%s\" %s"
            .formatted(user.name(), action.verb(), action.resource(), action.group(), where);
    return forbidden(action.group(), resource, qualified, action.name(), what);
  }

  public static ApiException forbidden(ResourceType type, String name, String why) {
    return forbidden(type.group(), type.plural(), type.qualified(), name, why);
  }

  private static ApiException forbidden(
      String group, String resource, String qualified, String name, String why) {
    String object = name.isEmpty() ? qualified : "%s \"%s\"".formatted(qualified, name);
    return failure(
        403,
        "Forbidden",
        "%s is forbidden: %s".formatted(object, why),
        details(group, resource, name));
  }

  /** A path that is no resource. */
  public static ApiException forbiddenPath(User user, String verb, String path) {
    String message =
        "forbidden: User \"%s\" cannot %s path \"%s\"".formatted(user.name(), verb, path);
    return failure(403, "Forbidden", message, Json.object());
  }

  public static ApiException unauthorized() {
    return failure(401, "Unauthorized", "Unauthorized", null);
  }

  public static ApiException badRequest(String message) {
    return failure(400, "BadRequest", message, null);
  }

  /** A JSON patch that cannot be applied; a real server does not say why either. */
  public static ApiException badPatch() {
    return failure(
        422,
        "Invalid",
        "the server rejected our request due to an error in our request",
        Json.object());
  }

  /** A resource of the server's own groups that it does not have. */
  public static ApiException noSuchResource() {
    return failure(
        404, "NotFound", "the server could not find the requested resource", Json.object());
  }

  /** What lies behind the server cannot be reached. */
  public static ApiException unavailable(String message) {
    return failure(503, "ServiceUnavailable", message, null);
  }

  /** What a real server has no better name for. */
  static ApiException internal(String message) {
    return failure(500, "", message, null);
  }

  public static ApiException expired(String message) {
    return failure(410, "Expired", message, null);
  }

  public static ApiException versionTooLarge(long asked, long current) {
    ObjectNode details = Json.object();
    details
        .putArray("causes")
        .addObject()
        .put("reason", "ResourceVersionTooLarge")
        .put("message", "Too large resource version");
    details.put("retryAfterSeconds", 1);
    String message =
        "Timeout: Too large resource version: %d, current: %d".formatted(asked, current);
    return failure(504, "Timeout", message, details);
  }

  public static ApiException methodNotAllowed() {
    return failure(
        405,
        "MethodNotAllowed",
        "the server does not allow this method on the requested resource",
        Json.object());
  }

  public static ApiException unsupportedMediaType(String message) {
    return failure(415, "UnsupportedMediaType", message, Json.object());
  }

  public static ApiException tooLarge(int limit) {
    return failure(
        413, "RequestEntityTooLarge", "Request entity too large: limit is " + limit, Json.object());
  }

  static ObjectNode details(String group, String kind, String name) {
    ObjectNode details = Json.object();
    if (!name.isEmpty()) {
      details.put("name", name);
    }
    if (!group.isEmpty()) {
      details.put("group", group);
    }
    return details.put("kind", kind);
  }

  private static ApiException failure(int code, String reason, String message, ObjectNode details) {
    ObjectNode status = Json.object().put("kind", "Status").put("apiVersion", "v1");
    status.putObject("metadata");
    status.put("status", "Failure").put("message", message);
    if (!reason.isEmpty()) {
      status.put("reason", reason);
    }
    if (details != null) {
      status.set("details", details);
    }
    return new ApiException(code, status.put("code", code));
  }
}
