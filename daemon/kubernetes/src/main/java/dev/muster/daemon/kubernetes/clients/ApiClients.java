package dev.muster.daemon.kubernetes.clients;

import dev.muster.daemon.kubernetes.contexts.Access;
import dev.muster.daemon.kubernetes.contexts.ExecPlugins;
import dev.muster.daemon.kubernetes.contexts.ExecPlugins.Credential;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;

/**
 * One client for each identity and credential, shared by everybody who asks as that user. A client
 * whose credential was replaced is dropped as soon as another is asked for; requests that still run
 * on it come to their end.
 *
 * <p>On the JDK's HTTP client, and on HTTP/1.1: a watch then has a connection of its own, so that
 * one that is half-open is closed and forgotten with its watch. On HTTP/2 it would be shared with
 * the requests that find out.
 */
public final class ApiClients implements AutoCloseable {
  private static final int CONNECT_MILLIS = 10_000;

  /** As many users of one machine as are kept at once. */
  private static final int KEPT = 50;

  private record Kept(String key, ApiClient client) {}

  private final Map<String, Kept> clients = new LinkedHashMap<>(16, 0.75f, true);
  private final ExecPlugins plugins;

  public ApiClients(ExecPlugins plugins) {
    this.plugins = plugins;
  }

  /** The client for that access; made if there is none yet. Does not connect. */
  public ApiClient get(Access access) {
    Credential credential =
        access.login().exec() == null ? null : plugins.get(access.login().exec());
    String certificate = credential == null ? "" : credential.certificate();
    String key = access.digest() + certificate.hashCode();
    synchronized (clients) {
      Kept kept = clients.get(access.identity());
      if (kept != null && kept.key.equals(key)) {
        return kept.client;
      }
      ApiClient client = new ApiClient(access, http(access, credential), plugins);
      clients.put(access.identity(), new Kept(key, client));
      if (clients.size() > KEPT) {
        clients.remove(clients.keySet().iterator().next());
      }
      return client;
    }
  }

  /** Drops the clients of such access, and with them its credentials. */
  public void forget(Predicate<Access> of) {
    synchronized (clients) {
      clients.values().removeIf(kept -> of.test(kept.client.access()));
    }
  }

  private HttpClient http(Access access, Credential credential) {
    Config config =
        new ConfigBuilder(Config.empty())
            .withMasterUrl(access.server())
            .withConnectionTimeout(CONNECT_MILLIS)
            .withHttp2Disable(true)
            .withRequestRetryBackoffLimit(0)
            .withHttpProxy(access.proxy().isEmpty() ? null : access.proxy())
            .withHttpsProxy(access.proxy().isEmpty() ? null : access.proxy())
            .build();
    boolean plugin = credential != null && !credential.certificate().isEmpty();
    SSLContext tls =
        Tls.context(
            Tls.keys(
                plugin ? credential.certificate() : access.login().certificate(),
                plugin ? credential.key() : access.login().key(),
                access.where()),
            Tls.trust(access.authority(), access.insecure(), access.where()),
            access.tlsServerName());
    return new Factory(tls).newBuilder(config).build();
  }

  @Override
  public void close() {
    synchronized (clients) {
      clients.values().forEach(kept -> kept.client.close());
      clients.clear();
    }
  }

  /**
   * Never follows a redirection, which would carry the token elsewhere; blocking reads are done on
   * virtual threads.
   */
  private static final class Factory extends JdkHttpClientFactory {
    private final SSLContext tls;

    Factory(SSLContext tls) {
      this.tls = tls;
    }

    @Override
    protected java.net.http.HttpClient.Builder createNewHttpClientBuilder() {
      return java.net.http.HttpClient.newBuilder()
          .executor(Executors.newVirtualThreadPerTaskExecutor());
    }

    @Override
    protected void additionalConfig(java.net.http.HttpClient.Builder builder) {
      builder.sslContext(tls).followRedirects(java.net.http.HttpClient.Redirect.NEVER);
    }
  }
}
