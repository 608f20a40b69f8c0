package dev.muster.daemon.sandbox.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.muster.daemon.sandbox.store.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Talks plain HTTP to the server of a kubeconfig's first cluster, as that file's first user. */
public final class ApiClient implements AutoCloseable {

  /** An answer: the body is a missing node when it was no JSON. */
  public record Reply(int code, JsonNode body, String text, List<String> warnings) {
    public String reason() {
      return body.path("reason").asText();
    }

    public String message() {
      return body.path("message").asText();
    }

    public String version() {
      return body.at("/metadata/resourceVersion").asText();
    }
  }

  private final String server;
  private final String token;
  private final String acting;
  private final HttpClient http;

  private ApiClient(String server, String token, String acting, HttpClient http) {
    this.server = server;
    this.token = token;
    this.acting = acting;
    this.http = http;
  }

  public static ApiClient of(Path kubeconfig) {
    try {
      JsonNode config = new ObjectMapper(new YAMLFactory()).readTree(kubeconfig.toFile());
      JsonNode cluster = config.at("/clusters/0/cluster");
      JsonNode user = config.at("/users/0/user");
      SSLContext tls = tls(cluster, user);
      HttpClient http =
          HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).sslContext(tls).build();
      return new ApiClient(
          cluster.path("server").asText(), user.path("token").asText(""), "", http);
    } catch (IOException | GeneralSecurityException e) {
      throw new AssertionError("unusable kubeconfig " + kubeconfig, e);
    }
  }

  /** The same server with another token. */
  public ApiClient withToken(String other) {
    return new ApiClient(server, other, acting, http);
  }

  /** The same client, acting as somebody else. */
  public ApiClient as(String user) {
    return new ApiClient(server, token, user, http);
  }

  private static SSLContext tls(JsonNode cluster, JsonNode user)
      throws IOException, GeneralSecurityException {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("ca", certificate(cluster, "certificate-authority-data"));
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    KeyStore own = KeyStore.getInstance("PKCS12");
    own.load(null, null);
    if (user.has("client-key-data")) {
      Certificate[] chain = {certificate(user, "client-certificate-data")};
      own.setKeyEntry("own", key(user), new char[0], chain);
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(own, new char[0]);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  private static Certificate certificate(JsonNode in, String field)
      throws GeneralSecurityException {
    byte[] pem = Base64.getDecoder().decode(in.path(field).asText());
    return CertificateFactory.getInstance("X.509")
        .generateCertificate(new ByteArrayInputStream(pem));
  }

  private static PrivateKey key(JsonNode user) throws GeneralSecurityException {
    byte[] pem = Base64.getDecoder().decode(user.path("client-key-data").asText());
    String body =
        new String(pem, StandardCharsets.US_ASCII).replaceAll("-----[A-Z ]+-----|\\s", "");
    PKCS8EncodedKeySpec spec = new PKCS8EncodedKeySpec(Base64.getDecoder().decode(body));
    return KeyFactory.getInstance("EC").generatePrivate(spec);
  }

  public Reply get(String path) {
    return send("GET", path, null, null);
  }

  public Reply post(String path, JsonNode body) {
    return send("POST", path, "application/json", Json.bytes(body));
  }

  public Reply put(String path, JsonNode body) {
    return send("PUT", path, "application/json", Json.bytes(body));
  }

  public Reply delete(String path, JsonNode options) {
    return send("DELETE", path, "application/json", Json.bytes(options));
  }

  public Reply delete(String path) {
    return delete(path, Json.object());
  }

  public Reply merge(String path, String patch) {
    return patch(path, "application/merge-patch+json", patch);
  }

  public Reply patch(String path, String type, String patch) {
    return send("PATCH", path, type, patch.getBytes(StandardCharsets.UTF_8));
  }

  public Reply send(String method, String path, String contentType, byte[] body) {
    HttpRequest.BodyPublisher publisher =
        body == null
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofByteArray(body);
    HttpRequest.Builder request = request(path).method(method, publisher);
    if (contentType != null) {
      request.header("Content-Type", contentType);
    }
    try {
      HttpResponse<String> response =
          http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      boolean json =
          response.headers().firstValue("Content-Type").orElse("").startsWith("application/json");
      ObjectNode tree = json ? (ObjectNode) Json.MAPPER.readTree(response.body()) : Json.object();
      return new Reply(
          response.statusCode(), tree, response.body(), response.headers().allValues("Warning"));
    } catch (IOException e) {
      throw new AssertionError(method + " " + path + " failed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server + path));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    if (!acting.isEmpty()) {
      request.header("Impersonate-User", acting);
    }
    return request.header("Accept", "application/json");
  }

  /** Opens a web socket. */
  public WebSocket webSocket(String path, String protocol, WebSocket.Listener listener) {
    return http.newWebSocketBuilder()
        .subprotocols(protocol)
        .header("Authorization", "Bearer " + token)
        .buildAsync(URI.create(server.replaceFirst("^http", "ws") + path), listener)
        .join();
  }

  /** The lines of an answer as they come; ends when the stream is closed. */
  public Stream<String> lines(String path) throws IOException, InterruptedException {
    return http.send(request(path).build(), HttpResponse.BodyHandlers.ofLines()).body();
  }

  /** Sends bytes as they are after the credentials, and reads until the server closes. */
  public String raw(String head, String rest) throws IOException {
    URI uri = URI.create(server);
    try (Socket socket =
        http.sslContext().getSocketFactory().createSocket(uri.getHost(), uri.getPort())) {
      String all = head + "Authorization: Bearer " + token + "\r\n\r\n" + rest;
      socket.getOutputStream().write(all.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }
  }

  /** Starts to watch; {@code watch=true} is added to the path's query. */
  public WatchProbe watch(String path) {
    String url = path + (path.contains("?") ? "&" : "?") + "watch=true";
    return WatchProbe.start(http, request(url).build());
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
