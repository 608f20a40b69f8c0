package dev.muster.truth.drive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** The API server by plain HTTPS: nothing of muster's and no client library in between. */
final class ApiServer {
  static final ObjectMapper JSON = new ObjectMapper();

  /** The collection of all RayClusters. */
  static final String CLUSTERS = "/apis/ray.io/v1/rayclusters";

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HttpClient http;
  private final String url;
  private final String token;

  private ApiServer(HttpClient http, String url, String token) {
    this.http = http;
    this.url = url;
    this.token = token;
  }

  /** An answer that is not 2xx. */
  static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int code;

    Refused(int code, String message) {
      super(message);
      this.code = code;
    }

    int code() {
      return code;
    }
  }

  /**
   * @param kubeconfig with one cluster with its CA, and one user with a token
   */
  static ApiServer of(Path kubeconfig) throws IOException, GeneralSecurityException {
    JsonNode tree = new YAMLMapper().readTree(kubeconfig.toFile());
    JsonNode cluster = tree.path("clusters").path(0).path("cluster");
    String token = tree.path("users").path(0).path("user").path("token").asText("");
    if (token.isEmpty()) {
      throw new IOException(kubeconfig + " has no user with a token");
    }
    byte[] ca = Base64.getDecoder().decode(cluster.path("certificate-authority-data").asText());
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    trusted.setCertificateEntry(
        "ca",
        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(ca)));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(null, trust.getTrustManagers(), null);
    HttpClient http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .sslContext(tls)
            .connectTimeout(PATIENCE)
            .build();
    return new ApiServer(http, cluster.path("server").asText(), token);
  }

  JsonNode get(String path) throws IOException, InterruptedException {
    return call("GET", path, "application/json", null);
  }

  JsonNode post(String path, JsonNode body) throws IOException, InterruptedException {
    return call("POST", path, "application/json", body);
  }

  JsonNode delete(String path, JsonNode options) throws IOException, InterruptedException {
    return call("DELETE", path, "application/json", options);
  }

  /**
   * @param type "merge" or "json"
   */
  JsonNode patch(String path, String type, JsonNode body) throws IOException, InterruptedException {
    return call("PATCH", path, "application/" + type + "-patch+json", body);
  }

  /** What comes until the server ends it: one event a line. */
  InputStream watch(String version) throws IOException, InterruptedException {
    HttpResponse<InputStream> response =
        http.send(
            request(
                    CLUSTERS
                        + "?watch=1&allowWatchBookmarks=true&timeoutSeconds=3600&resourceVersion="
                        + version)
                .build(),
            BodyHandlers.ofInputStream());
    if (response.statusCode() / 100 != 2) {
      throw new Refused(response.statusCode(), "the watch was refused: " + response.statusCode());
    }
    return response.body();
  }

  private JsonNode call(String method, String path, String type, JsonNode body)
      throws IOException, InterruptedException {
    HttpRequest.BodyPublisher content =
        body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString());
    HttpResponse<String> response =
        http.send(
            request(path)
                .timeout(PATIENCE)
                .header("Content-Type", type)
                .method(method, content)
                .build(),
            BodyHandlers.ofString());
    if (response.statusCode() / 100 != 2) {
      throw new Refused(response.statusCode(), method + " " + path + ": " + response.body());
    }
    return JSON.readTree(response.body());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(url + path))
        .header("Authorization", "Bearer " + token)
        .header("Accept", "application/json");
  }
}
