package dev.muster.daemon.kubernetes.reach;

import dev.muster.daemon.core.Failure;
import java.net.URI;

/** Addresses of dashboards as people give them. */
final class Addresses {
  private Addresses() {}

  /**
   * "http://host:8265/path/" or "host:8265".
   *
   * @return without a slash at its end
   * @throws Failure USAGE if it is no such address
   */
  static URI of(String address) {
    String whole = address.contains("://") ? address : "http://" + address;
    try {
      URI uri = URI.create(whole.replaceFirst("/+$", ""));
      boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (web && uri.getHost() != null && uri.getUserInfo() == null && uri.getQuery() == null) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      throw refused(e);
    }
    throw refused(null);
  }

  /** Does not repeat it: there may be a password in it. */
  private static Failure refused(Exception cause) {
    return new Failure(
        Failure.Kind.USAGE,
        "The address of Ray's dashboard must look like http://HOST:8265.",
        cause);
  }
}
