package dev.muster.daemon.kubernetes.contexts;

import dev.muster.daemon.core.Failure;
import java.net.URI;
import java.net.URISyntaxException;
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
   * @param where that stands, for sentences
   * @return the proxy's URL with its port, or an empty text for none
   * @throws Failure USAGE for what is not the URL of an HTTP proxy; the URL, which may hold a
   *     password, is not in it
   */
  static String of(
      String configured, String where, String server, Map<String, String> environment) {
    if (!configured.isEmpty()) {
      return checked(configured, "The proxy-url of " + where);
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
    String name = uri.getScheme().toUpperCase(Locale.ROOT).concat("_PROXY");
    String proxy = variable(environment, name);
    return proxy.isEmpty()
        ? ""
        : checked(proxy.contains("://") ? proxy : "http://" + proxy, "The environment's " + name);
  }

  /** With the port that Go's HTTP client, and so kubectl, takes where none is given: 80. */
  private static String checked(String proxy, String what) {
    URI uri;
    try {
      uri = new URI(proxy.strip());
    } catch (URISyntaxException e) {
      throw bad(what + " is not a URL");
    }
    if (!"http".equalsIgnoreCase(uri.getScheme())) {
      // The scheme of something like "proxy:3128" is its host.
      throw bad(
          proxy.contains("://")
              ? what + " is of the kind " + uri.getScheme() + ", which muster cannot use"
              : what + " is not a URL");
    }
    if (uri.getHost() == null) {
      throw bad(what + " names no host");
    }
    return uri.getPort() >= 0
        ? uri.toString()
        : URI.create("http://" + uri.getRawAuthority() + ":80").toString();
  }

  private static Failure bad(String what) {
    return Failure.usage(what + ": give an HTTP proxy, as in http://proxy.example.org:3128.");
  }

  private static String variable(Map<String, String> environment, String name) {
    String lower = environment.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    return lower.isEmpty() ? environment.getOrDefault(name, "") : lower;
  }
}
