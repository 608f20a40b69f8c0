package dev.muster.daemon.ray;

import java.net.URI;
import java.net.http.HttpClient;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A dashboard that can be reached now, and how.
 *
 * @param http with the right trust and certificates; follows no redirections. Whoever made it
 *     closes it
 * @param base without a slash at its end:
 *     "https://api:6443/api/v1/namespaces/a/services/b:8265/proxy"
 * @param headers that every request carries, web sockets too, asked for anew for each: credentials
 *     are renewed
 * @param words how it is reached, for people, without secrets: "the API server's service proxy"
 */
public record RayEndpoint(
    HttpClient http, URI base, Supplier<Map<String, String>> headers, String words) {
  /** Names no header: they can hold secrets. */
  @Override
  public String toString() {
    return address() + " by " + words;
  }

  /** The base without what somebody may have written in front of the host's name: a password. */
  String address() {
    return base.getRawUserInfo() == null
        ? base.toString()
        : base.toString().replace(base.getRawUserInfo() + "@", "");
  }
}
