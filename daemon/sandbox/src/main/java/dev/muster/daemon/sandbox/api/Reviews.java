package dev.muster.daemon.sandbox.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.sandbox.auth.Access;
import dev.muster.daemon.sandbox.auth.Action;
import dev.muster.daemon.sandbox.store.Json;
import dev.muster.daemon.sandbox.store.Stamp;
import java.util.Optional;

/** "Who am I?" and "May I?": SelfSubjectReview and SelfSubjectAccessReview. */
final class Reviews {

  private final Access access;
  private final Stamp stamp;

  Reviews(Access access, Stamp stamp) {
    this.access = access;
    this.stamp = stamp;
  }

  /** Empty when the path is neither. */
  Optional<Answer> answer(Call call) {
    return switch (call.path()) {
      case "/apis/authentication.k8s.io/v1/selfsubjectreviews" -> Optional.of(whoAmI(posted(call)));
      case "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews" ->
          Optional.of(mayI(posted(call)));
      default -> Optional.empty();
    };
  }

  private static Call posted(Call call) {
    if (!call.method().equals("POST")) {
      throw Failures.methodNotAllowed();
    }
    return call;
  }

  private Answer whoAmI(Call call) {
    ObjectNode review = review("authentication.k8s.io/v1", "SelfSubjectReview");
    ObjectNode user = review.putObject("status").putObject("userInfo");
    user.put("username", call.user().name());
    user.putArray("groups")
        .add(call.user().anonymous() ? "system:unauthenticated" : "system:authenticated");
    return Answer.json(201, review);
  }

  private Answer mayI(Call call) {
    JsonNode spec = Bodies.options(call).path("spec");
    ObjectNode review = review("authorization.k8s.io/v1", "SelfSubjectAccessReview");
    review.set("spec", spec.isObject() ? spec : Json.object());
    JsonNode asked = spec.path("resourceAttributes");
    String subresource = asked.path("subresource").asText("");
    String resource = asked.path("resource").asText("");
    Action action =
        new Action(
            asked.path("verb").asText(""),
            asked.path("group").asText(""),
            subresource.isEmpty() ? resource : resource + "/" + subresource,
            asked.path("namespace").asText(""),
            asked.path("name").asText(""));
    review.putObject("status").put("allowed", access.allows(call.user(), action));
    return Answer.json(201, review);
  }

  private ObjectNode review(String apiVersion, String kind) {
    ObjectNode review = Json.object().put("kind", kind).put("apiVersion", apiVersion);
    review.putObject("metadata").put("creationTimestamp", stamp.now());
    return review;
  }
}
