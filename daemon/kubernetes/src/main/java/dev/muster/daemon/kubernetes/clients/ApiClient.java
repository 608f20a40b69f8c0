package dev.muster.daemon.kubernetes.clients;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.muster.daemon.kubernetes.Yaml;
import dev.muster.daemon.kubernetes.contexts.Access;
import dev.muster.daemon.kubernetes.contexts.ExecPlugins;
import dev.muster.daemon.kubernetes.kinds.Resource;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The requests that muster makes of one API server as one user, as raw JSON: generated model
 * classes would cost memory for fields that nobody reads. Never retries but once, after a refused
 * credential that could be renewed. Safe for many threads.
 */
public final class ApiClient implements AutoCloseable {
  /** How long a request may take until the answer begins. */
  static final Duration ANSWER = Duration.ofSeconds(20);

  private final Access access;
  private final HttpClient http;
  private final ExecPlugins plugins;
  private final Map<String, Map<String, Set<String>>> groups = new ConcurrentHashMap<>();
  private java.net.http.HttpClient direct;

  ApiClient(Access access, HttpClient http, ExecPlugins plugins) {
    this.access = access;
    this.http = http;
    this.plugins = plugins;
  }

  public Access access() {
    return access;
  }

  /**
   * Where the server serves a kind: in the first of those groups that has it. What a group has is
   * asked once, and kept until {@link #forget}.
   *
   * @return without versions if no group has it
   */
  public Served served(Resource resource) {
    Served last = null;
    for (String group : resource.groups()) {
      last = Served.of(group, resource.plural(), group(group));
      if (last.highest().isPresent()) {
        return last;
      }
    }
    return last;
  }

  /** The same for that group only. */
  public Served served(Resource resource, String group) {
    return Served.of(group, resource.plural(), group(group));
  }

  private Map<String, Set<String>> group(String group) {
    Map<String, Set<String>> known = groups.get(group);
    if (known == null) {
      known = Served.discover(this, group);
      // What is not there may be installed at any time, and whoever asks wants to know.
      if (!known.isEmpty()) {
        groups.put(group, known);
      }
    }
    return known;
  }

  /** What the server serves may have changed. */
  public void forget() {
    groups.clear();
  }

  /** Whether it serves that kind may have changed. */
  public void forget(Resource resource) {
    resource.groups().forEach(groups::remove);
  }

  /** GET of one object. */
  public JsonNode get(String path) {
    return call("GET", path, null);
  }

  /**
   * One request with a whole answer.
   *
   * @param path with the query, beginning with a slash
   * @param body null for none
   * @throws ApiException if the server says no
   * @throws UnreachableException if it says nothing
   */
  public JsonNode call(String method, String path, JsonNode body) {
    return call(method, path, "application/json", body);
  }

  /**
   * The same with a body of another type.
   *
   * @param type such as "application/merge-patch+json"; JSON is also YAML
   */
  public JsonNode call(String method, String path, String type, JsonNode body) {
    Stalled watchdog = Stalled.NEVER;
    try (InputStream answer = open(method, path, type, body)) {
      watchdog = Stalled.close(answer, ANSWER);
      return Yaml.JSON.readTree(answer);
    } catch (IOException e) {
      throw Unreachable.of(access, watchdog.happened() ? new TimeoutException() : e);
    } finally {
      watchdog.cancel();
    }
  }

  /** GET whose answer is read as it comes; the caller closes it. */
  public InputStream stream(String path) {
    return open("GET", path, "application/json", null);
  }

  /**
   * For what lies behind the server: with the same trust, certificate and proxy. Shared, and ended
   * with this client.
   */
  public synchronized java.net.http.HttpClient direct() {
    if (direct == null) {
      direct = Direct.of(access, credential());
    }
    return direct;
  }

  /**
   * The headers that say who is asking, as of now. Of several groups to act as, the first: what
   * takes these headers takes one value of each.
   */
  public Map<String, String> credentials() {
    Map<String, String> headers = new TreeMap<>();
    Credentials.headers(access, credential())
        .forEach((name, values) -> headers.put(name, values.getFirst()));
    return headers;
  }

  private InputStream open(String method, String path, String type, JsonNode body) {
    ExecPlugins.Credential credential = credential();
    HttpResponse<InputStream> response = send(method, path, type, body, credential);
    if (response.code() == 401 && access.login().exec() != null) {
      plugins.refused(access.login().exec(), credential);
      ExecPlugins.Credential renewed = credential();
      if (!renewed.token().equals(credential.token())) {
        close(response.body());
        response = send(method, path, type, body, renewed);
      }
    }
    if (response.code() / 100 != 2) {
      throw refusal(response);
    }
    return response.body();
  }

  private ExecPlugins.Credential credential() {
    return access.login().exec() == null ? null : plugins.get(access.login().exec());
  }

  private HttpResponse<InputStream> send(
      String method, String path, String type, JsonNode body, ExecPlugins.Credential credential) {
    HttpRequest.Builder request = http.newHttpRequestBuilder().uri(access.server() + path);
    request.method(method, type, body == null ? null : Yaml.json(body));
    request.setHeader("Accept", "application/json");
    request.setHeader("User-Agent", "muster");
    Credentials.headers(access, credential)
        .forEach((name, values) -> values.forEach(v -> request.header(name, v)));
    request.timeout(ANSWER.toMillis(), TimeUnit.MILLISECONDS);
    CompletableFuture<HttpResponse<InputStream>> future =
        http.sendAsync(request.build(), InputStream.class);
    try {
      return future.get(ANSWER.toMillis() + 5_000, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      future.cancel(true);
      Thread.currentThread().interrupt();
      throw new UnreachableException("interrupted", false, e);
    } catch (ExecutionException e) {
      throw Unreachable.of(access, e.getCause());
    } catch (TimeoutException e) {
      future.cancel(true);
      throw Unreachable.of(access, e);
    }
  }

  private static ApiException refusal(HttpResponse<InputStream> response) {
    JsonNode status = MissingNode.getInstance();
    Stalled watchdog = Stalled.close(response.body(), ANSWER);
    try (InputStream body = response.body()) {
      status = Yaml.JSON.readTree(new String(body.readNBytes(1 << 20), StandardCharsets.UTF_8));
    } catch (IOException e) {
      // A proxy's page, for instance: the code alone has to do.
      status = MissingNode.getInstance();
    } finally {
      watchdog.cancel();
    }
    String after = response.header("Retry-After");
    return new ApiException(
        response.code(),
        status == null ? MissingNode.getInstance() : status,
        after != null && after.matches("\\d{1,6}")
            ? Duration.ofSeconds(Long.parseLong(after))
            : Duration.ZERO);
  }

  private static void close(InputStream stream) {
    try {
      stream.close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Override
  public synchronized void close() {
    http.close();
    if (direct != null) {
      direct.shutdownNow();
    }
  }
}
