package dev.muster.daemon.kubernetes.contexts;

import java.net.URI;
import java.util.Locale;
import java.util.Map;

/**
 * Which proxy a server is reached by: as curl and Go read HTTPS_PROXY, HTTP_PROXY and NO_PROXY, in
 * either case.
 */
final class Proxies {
  private Proxies() {}

  /**
   * @param configured the kubeconfig's "proxy-url"; wins when it is not empty
   * @return the proxy's URL, or an empty text for none
   */
  static String of(String configured, String server, Map<String, String> environment) {
    if (!configured.isEmpty()) {
      return configured;
    }
    URI uri = URI.create(server);
    String host = uri.getHost() == null ? "" : uri.getHost();
    if (host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]")) {
      return "";
    }
    for (String exempt : variable(environment, "NO_PROXY").split(",", -1)) {
      String suffix = exempt.strip().replaceFirst("^\\*?\\.", "");
      if (suffix.equals("*")
          || (!suffix.isEmpty() && (host.equals(suffix) || host.endsWith("." + suffix)))) {
        return "";
      }
    }
    String proxy = variable(environment, uri.getScheme().toUpperCase(Locale.ROOT).concat("_PROXY"));
    return proxy.isEmpty() || proxy.contains("://") ? proxy : "http://" + proxy;
  }

  private static String variable(Map<String, String> environment, String name) {
    String lower = environment.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    return lower.isEmpty() ? environment.getOrDefault(name, "") : lower;
  }
}
