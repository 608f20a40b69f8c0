package dev.muster.daemon.sandbox.kuberay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.sandbox.controllers.Objects;
import dev.muster.daemon.sandbox.store.ObjectKey;
import dev.muster.daemon.sandbox.store.ResourceType;
import dev.muster.daemon.sandbox.store.StoredObject;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * The Secret with the token of a cluster that wants one (spec.authOptions.mode is token): named as
 * the cluster, key {@code auth_token}, as KubeRay 1.5 makes it.
 */
final class AuthSecret {

  private static final String KEY = "auth_token";
  private static final int TOKEN_BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  private AuthSecret() {}

  private static boolean wanted(JsonNode spec) {
    return spec.at("/authOptions/mode").asText().equals("token");
  }

  /** Makes it when it is wanted and not there. */
  static void ensure(Objects objects, StoredObject cluster, JsonNode spec) {
    if (!wanted(spec) || objects.store().get(ResourceType.SECRETS, cluster.key()).isPresent()) {
      return;
    }
    ObjectKey key = cluster.key();
    ObjectNode secret = Objects.blank(ResourceType.SECRETS, key.namespace(), key.name());
    RayPods.own(secret, cluster);
    byte[] random = new byte[TOKEN_BYTES];
    RANDOM.nextBytes(random);
    String token = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    byte[] text = token.getBytes(StandardCharsets.UTF_8);
    secret.putObject("data").put(KEY, Base64.getEncoder().encodeToString(text));
    objects.create(ResourceType.SECRETS, secret.put("type", "Opaque"));
  }

  /** The token, empty when the cluster wants none. */
  static String token(Objects objects, ObjectKey cluster, JsonNode spec) {
    if (!wanted(spec)) {
      return "";
    }
    String data =
        objects
            .store()
            .get(ResourceType.SECRETS, cluster)
            .map(secret -> secret.tree().path("data").path(KEY).asText())
            .orElse("");
    return new String(Base64.getDecoder().decode(data), StandardCharsets.UTF_8);
  }
}
