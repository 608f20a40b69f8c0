package dev.muster.daemon.sandbox.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.daemon.sandbox.store.Json;
import dev.muster.daemon.sandbox.store.ObjectKey;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Where the next page begins, in the encoding of k8s.io/apiserver/pkg/storage/continue.go.
 *
 * @param version of the first page; {@link #NOW} goes on with the present state
 * @param last the last object of the page before
 */
record ContinueToken(long version, ObjectKey last) {

  static final long NOW = -1;

  static ContinueToken decode(String token) {
    try {
      byte[] json = Base64.getUrlDecoder().decode(token);
      JsonNode tree = Json.MAPPER.readTree(new String(json, StandardCharsets.UTF_8));
      String[] start = tree.path("start").asText().split("/", -1);
      if (start.length != 2 || !tree.path("v").asText().equals("meta.k8s.io/v1")) {
        throw new IllegalArgumentException(token);
      }
      return new ContinueToken(
          tree.path("rv").asLong(), new ObjectKey(start[0], start[1].replace("\0", "")));
    } catch (IllegalArgumentException | JsonProcessingException e) {
      throw Failures.badRequest("invalid continue token: continue key is not valid: " + token);
    }
  }

  String encode() {
    byte[] json =
        Json.bytes(
            Json.object()
                .put("v", "meta.k8s.io/v1")
                .put("rv", version)
                .put("start", last.namespace() + "/" + last.name() + "\0"));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(json);
  }
}
