package dev.muster.daemon.kubernetes.clients;

import dev.muster.daemon.kubernetes.contexts.Access;
import dev.muster.daemon.kubernetes.contexts.ExecPlugins;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/**
 * The JDK's HTTP clients for what is not the API: streams of any length and web sockets. They speak
 * HTTP/1.1 and follow no redirection, which would carry credentials elsewhere.
 */
public final class Direct {
  private static final Duration CONNECT = Duration.ofSeconds(5);

  private Direct() {}

  /**
   * For servers that are reached without a proxy and without a certificate of one's own.
   *
   * @param authority certificates as PEM of whom to trust; empty: those that the JDK trusts
   * @param where they are from, for messages
   */
  public static HttpClient trusting(String authority, String where) {
    return client(null, Tls.trust(authority, false, where)).build();
  }

  /** The same for a server whose certificate the user does not want to be looked at. */
  public static HttpClient trustingAnybody() {
    return client(null, Tls.trust("", true, "")).build();
  }

  /**
   * For the API server and what lies behind it.
   *
   * @param plugin what a credential plugin gave; null without one
   */
  static HttpClient of(Access access, ExecPlugins.Credential plugin) {
    boolean given = plugin != null && !plugin.certificate().isEmpty();
    HttpClient.Builder client =
        client(
            Tls.keys(
                given ? plugin.certificate() : access.login().certificate(),
                given ? plugin.key() : access.login().key(),
                access.where()),
            Tls.trust(access.authority(), access.insecure(), access.where()));
    if (!access.proxy().isEmpty()) {
      // Whoever made the API's own client has seen that it is an HTTP proxy with a port.
      URI proxy = URI.create(access.proxy());
      client.proxy(ProxySelector.of(new InetSocketAddress(proxy.getHost(), proxy.getPort())));
    }
    return client.build();
  }

  private static HttpClient.Builder client(KeyManager[] keys, TrustManager[] trust) {
    try {
      SSLContext tls = SSLContext.getInstance("TLS");
      tls.init(keys, trust, null);
      return HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(CONNECT)
          .executor(Executors.newVirtualThreadPerTaskExecutor())
          .sslContext(tls);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no TLS", e);
    }
  }
}
