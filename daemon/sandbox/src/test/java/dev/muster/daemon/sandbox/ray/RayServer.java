package dev.muster.daemon.sandbox.ray;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.sandbox.net.Relay;
import dev.muster.daemon.sandbox.store.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.awaitility.Awaitility;

/** A dashboard stand-in for tests, a hundred times as fast as Ray, and a plain client for it. */
final class RayServer implements AutoCloseable {

  private static final Pattern TIME =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d,\\d{3}");

  final RayDashboard dashboard;
  private final Relay relay;
  private final HttpClient client = HttpClient.newHttpClient();

  RayServer(RayDashboardOptions options) {
    try {
      UnixDomainSocketAddress socket =
          UnixDomainSocketAddress.of(
              options.directory().resolveSibling(options.directory().getFileName() + ".sock"));
      dashboard = RayDashboard.start(options.withPace(real -> real.dividedBy(100)), socket);
      relay = Relay.to(socket);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static RayServer in(Path directory) {
    return new RayServer(RayDashboardOptions.in(directory.resolve("ray")));
  }

  /** A recorded answer: status, content_type and body. */
  static JsonNode recorded(String sample) {
    try (InputStream file = RayServer.class.getResourceAsStream("/ray-jobs/" + sample + ".json")) {
      String text = new String(file.readAllBytes(), UTF_8);
      return Json.MAPPER
          .readTree(
              text.replace("VENV/", "/home/ray/anaconda3/")
                  .replace("PYTHON/", "/home/ray/anaconda3/"))
          .path("response");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The body without what no two jobs have in common. */
  static JsonNode timeless(JsonNode job) {
    ObjectNode json = job.deepCopy();
    for (String field : new String[] {"start_time", "end_time"}) {
      json.put(field, json.path(field).isNull() ? "none" : "some");
    }
    if (json.path("driver_node_id").isTextual()) {
      json.put("driver_node_id", "some");
    }
    if (json.path("driver_info").isObject()) {
      json.withObject("driver_info").put("pid", "some");
    }
    return json.put("message", timeless(json.path("message").asText()));
  }

  static String timeless(String log) {
    return TIME.matcher(log).replaceAll("TIME");
  }

  /** A port that leads to it. */
  int port() {
    return relay.port();
  }

  URI uri(String scheme, String path) {
    return URI.create("%s://127.0.0.1:%d%s".formatted(scheme, port(), path));
  }

  HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  HttpResponse<String> call(String method, String path) {
    return send(HttpRequest.newBuilder(uri("http", path)).method(method, BodyPublishers.noBody()));
  }

  HttpResponse<String> get(String path) {
    return call("GET", path);
  }

  HttpResponse<String> submit(String body) {
    return send(
        HttpRequest.newBuilder(uri("http", "/api/jobs/")).POST(BodyPublishers.ofString(body)));
  }

  /** Submits and waits for the end. */
  JsonNode run(String id, String body) {
    submit(body);
    return ended(id);
  }

  HttpResponse<String> put(String path, byte[] bytes) {
    return send(
        HttpRequest.newBuilder(uri("http", path))
            .expectContinue(true)
            .PUT(BodyPublishers.ofByteArray(bytes)));
  }

  static JsonNode json(String text) {
    try {
      return Json.MAPPER.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  JsonNode job(String id) {
    return json(get("/api/jobs/" + id).body());
  }

  String logs(String id) {
    return json(get("/api/jobs/" + id + "/logs").body()).path("logs").asText();
  }

  JsonNode has(String id, String status) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(10))
        .until(() -> job(id).path("status").asText().equals(status));
    return job(id);
  }

  JsonNode ended(String id) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(10))
        .until(() -> !job(id).path("end_time").isNull());
    return job(id);
  }

  static byte[] zip(Map<String, String> files) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, String> file : files.entrySet()) {
        zip.putNextEntry(new ZipEntry(file.getKey()));
        zip.write(file.getValue().getBytes(UTF_8));
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  @Override
  public void close() {
    client.close();
    dashboard.close();
    relay.close();
  }
}
