package dev.muster.daemon.kubernetes.clients;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.kubernetes.Yaml;
import dev.muster.daemon.kubernetes.contexts.Access;
import dev.muster.daemon.kubernetes.contexts.Verifier;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks with a SelfSubjectReview, which every user may make since Kubernetes 1.28. Where there is
 * none, whatever a credential is needed for tells whether it is taken, though not whose it is.
 */
public final class Verification implements Verifier {
  private static final String REVIEW = "/apis/authentication.k8s.io/v1/selfsubjectreviews";

  /** What an API server calls somebody without a credential, where it lets him in at all. */
  private static final String NOBODY = "system:anonymous";

  private static final String MAY_I = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";

  private final ApiClients clients;

  public Verification(ApiClients clients) {
    this.clients = clients;
  }

  @Override
  public Identity verify(Access access) {
    ApiClient client = clients.get(access);
    try {
      return identity(client);
    } catch (ApiException | UnreachableException e) {
      if (e instanceof ApiException answer && answer.code() == 401) {
        throw new Failure(
            Failure.Kind.NOT_LOGGED_IN,
            access.server() + " refused the credentials; sign in with `muster login`.",
            e);
      }
      throw ApiFailures.of(e, access, "ask who you are", "selfsubjectreviews");
    }
  }

  private static Identity identity(ApiClient client) {
    try {
      JsonNode who =
          client
              .call("POST", REVIEW, review("authentication.k8s.io/v1", "SelfSubjectReview"))
              .path("status")
              .path("userInfo");
      List<String> groups = new ArrayList<>();
      who.path("groups").forEach(group -> groups.add(group.asText()));
      String name = who.path("username").asText("");
      if (name.equals(NOBODY)) {
        throw nobody(client);
      }
      return new Identity(name, who.path("uid").asText(""), groups);
    } catch (ApiException e) {
      if (e.code() != 404 && e.code() != 403) {
        throw e;
      }
      if (String.valueOf(e.getMessage()).contains(NOBODY)) {
        throw nobody(client);
      }
      return unnamed(client);
    }
  }

  private static Failure nobody(ApiClient client) {
    return new Failure(
        Failure.Kind.NOT_LOGGED_IN,
        client.access().server()
            + " knows you as nobody: the context "
            + client.access().context()
            + " has no credentials; sign in with `muster login`.");
  }

  private static Identity unnamed(ApiClient client) {
    ObjectNode question = review("authorization.k8s.io/v1", "SelfSubjectAccessReview");
    question
        .putObject("spec")
        .putObject("resourceAttributes")
        .put("verb", "list")
        .put("resource", "pods");
    try {
      client.call("POST", MAY_I, question);
    } catch (ApiException e) {
      if (e.code() != 404 && e.code() != 403) {
        throw e;
      }
      client.get("/version");
    }
    return new Identity("", "", List.of());
  }

  private static ObjectNode review(String apiVersion, String kind) {
    return Yaml.JSON.createObjectNode().put("apiVersion", apiVersion).put("kind", kind);
  }
}
