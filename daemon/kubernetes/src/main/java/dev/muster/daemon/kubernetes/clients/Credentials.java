package dev.muster.daemon.kubernetes.clients;

import dev.muster.daemon.kubernetes.contexts.Access;
import dev.muster.daemon.kubernetes.contexts.ExecPlugins;
import dev.muster.daemon.kubernetes.contexts.Login;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The headers that say who is asking. */
final class Credentials {
  private Credentials() {}

  /**
   * @param plugin what a credential plugin gave; null without one
   */
  static Map<String, List<String>> headers(Access access, ExecPlugins.Credential plugin) {
    Map<String, List<String>> headers = new LinkedHashMap<>(access.impersonation());
    Login login = access.login();
    String token = plugin == null ? login.token() : plugin.token();
    if (!token.isEmpty()) {
      headers.put("Authorization", List.of("Bearer " + token));
    } else if (!login.username().isEmpty()) {
      String pair = login.username() + ":" + login.password();
      headers.put(
          "Authorization",
          List.of(
              "Basic "
                  + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8))));
    }
    return headers;
  }
}
