package dev.muster.daemon.kubernetes.reach;

import dev.muster.daemon.kubernetes.clients.ApiClient;
import dev.muster.daemon.ray.RayEndpoint;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * A way to a dashboard.
 *
 * @param http what it is asked with
 * @param base without a slash at its end
 * @param proxied whether the API server stands in between: it takes its own credentials, and Ray's
 *     token in a header of its own
 * @param words how it leads there
 * @param uid of the cluster; empty if it is not known
 * @param token that the cluster wants; empty for none
 * @param more headers that the user wants to be sent, which win; can be secrets
 * @param tunnel that is part of the way; null without one
 */
record Way(
    HttpClient http,
    URI base,
    boolean proxied,
    String words,
    String uid,
    String token,
    Map<String, String> more,
    PodTunnel tunnel)
    implements AutoCloseable {

  /**
   * The headers of a request.
   *
   * @param given the token that the caller set, which wins; empty for none
   */
  Map<String, String> headers(Supplier<ApiClient> client, String given) {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    if (proxied) {
      headers.putAll(client.get().credentials());
    }
    String sent = given.isEmpty() ? token : given;
    if (!sent.isEmpty()) {
      headers.put(proxied ? "X-Ray-Authorization" : "Authorization", "Bearer " + sent);
    }
    headers.putAll(more);
    return headers;
  }

  RayEndpoint endpoint(Supplier<ApiClient> client, String given) {
    return new RayEndpoint(http, base, () -> headers(client, given), words);
  }

  boolean isOf(RayEndpoint endpoint) {
    return http == endpoint.http() && base.equals(endpoint.base());
  }

  /** Names no token. */
  @Override
  public String toString() {
    return base + " by " + words;
  }

  @Override
  public void close() {
    if (tunnel != null) {
      tunnel.close();
    }
  }
}
