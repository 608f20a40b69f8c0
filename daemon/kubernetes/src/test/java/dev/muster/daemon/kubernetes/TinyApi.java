package dev.muster.daemon.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An API server that keeps objects and does nothing by itself: what an operator would do with them
 * is said by the test, step by step, so that nothing has to be waited for.
 */
final class TinyApi implements AutoCloseable {
  private static final Map<String, List<String>> PLURALS =
      Map.of(
          "ray.io", List.of("rayclusters", "rayjobs"),
          "kueue.x-k8s.io", List.of("workloadpriorityclasses", "workloads"),
          "route.openshift.io", List.of("routes"));

  final List<String> requests = Collections.synchronizedList(new ArrayList<>());
  final Map<String, ObjectNode> objects = Collections.synchronizedMap(new TreeMap<>());

  /** "METHOD path" that is answered with that code. */
  final Map<String, Integer> refused = new ConcurrentHashMap<>();

  /** The same, but for a dry run, which is taken. */
  final Map<String, Integer> refusedLater = new ConcurrentHashMap<>();

  private final Map<String, Deque<String>> steps = new ConcurrentHashMap<>();
  private final Set<String> lingering = ConcurrentHashMap.newKeySet();
  private final HttpServer server;
  private long version;

  TinyApi() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::handle);
    server.start();
  }

  Path kubeconfig(Path directory) throws IOException {
    Path file = directory.resolve("kubeconfig");
    Files.writeString(
        file,
        """
        clusters: [{name: c, cluster: {server: "http://127.0.0.1:%d"}}]
        users: [{name: u, user: {token: t}}]
        contexts: [{name: here, context: {cluster: c, user: u, namespace: n}}]
        current-context: here
        """
            .formatted(server.getAddress().getPort()));
    return file;
  }

  static String job(String name) {
    return "/apis/ray.io/v1/namespaces/n/rayjobs/" + name;
  }

  static String cluster(String name) {
    return "/apis/ray.io/v1/namespaces/n/rayclusters/" + name;
  }

  synchronized void put(String path, ObjectNode object) {
    ObjectNode metadata = object.withObjectProperty("metadata");
    version++;
    if (!metadata.has("uid")) {
      metadata.put("uid", "u" + version);
      metadata.put("creationTimestamp", "2026-11-21T12:00:00Z");
    }
    metadata.put("resourceVersion", Long.toString(version));
    objects.put(path, object);
  }

  /** The statuses that are shown by one reading after the other; the last one stays. */
  void steps(String path, String... statuses) {
    steps.put(path, new ArrayDeque<>(List.of(statuses)));
  }

  /** It is still there after it was deleted, for as many readings as there are steps. */
  void lingers(String path) {
    lingering.add(path);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      String query = String.valueOf(exchange.getRequestURI().getQuery());
      byte[] sent = exchange.getRequestBody().readAllBytes();
      JsonNode body = sent.length == 0 ? null : Yaml.JSON.readTree(sent);
      requests.add(exchange.getRequestMethod() + " " + path);
      Answer answer = answer(exchange.getRequestMethod(), path, query.contains("dryRun=All"), body);
      byte[] bytes = Yaml.json(answer.body).getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(answer.code, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private record Answer(int code, JsonNode body) {}

  private synchronized Answer answer(String method, String path, boolean dryRun, JsonNode body) {
    Integer code = refused.get(method + " " + path);
    if (code == null && !dryRun) {
      code = refusedLater.get(method + " " + path);
    }
    if (code != null) {
      return refusal(code, "Refused", path);
    }
    String[] parts = path.split("/");
    if (parts.length <= 4) {
      return discovery(parts, path);
    }
    boolean collection =
        PLURALS.values().stream().anyMatch(p -> p.contains(parts[parts.length - 1]));
    if (method.equals("POST")) {
      String at = path + "/" + body.path("metadata").path("name").asText();
      if (objects.containsKey(at)) {
        return refusal(409, "AlreadyExists", path);
      }
      ObjectNode made = (ObjectNode) body;
      if (!dryRun) {
        put(at, made);
      }
      return new Answer(201, made);
    }
    if (collection) {
      ObjectNode list = Yaml.JSON.createObjectNode();
      list.putObject("metadata").put("resourceVersion", Long.toString(version));
      ArrayNode items = list.putArray("items");
      objects.forEach(
          (at, object) -> {
            if (at.startsWith(path + "/")) {
              items.add(object);
            }
          });
      return new Answer(200, list);
    }
    return one(method, path, body);
  }

  private Answer one(String method, String path, JsonNode body) {
    Deque<String> next = steps.get(path);
    if (method.equals("GET") && next != null && !next.isEmpty() && objects.containsKey(path)) {
      String status = next.removeFirst();
      if (status.equals("gone")) {
        objects.remove(path);
      } else {
        objects.get(path).set("status", Samples.yaml(status));
      }
    }
    ObjectNode object = objects.get(path);
    if (object == null) {
      return refusal(404, "NotFound", path);
    }
    switch (method) {
      case "PATCH" -> {
        merge(object, (ObjectNode) body);
        put(path, object);
      }
      case "DELETE" -> {
        if (!lingering.contains(path)) {
          objects.remove(path);
        }
      }
      default -> {
        // It is read.
      }
    }
    return new Answer(200, object);
  }

  private static void merge(ObjectNode into, ObjectNode patch) {
    patch
        .properties()
        .forEach(
            e -> {
              if (e.getValue() instanceof ObjectNode map) {
                merge(into.withObjectProperty(e.getKey()), map);
              } else {
                into.set(e.getKey(), e.getValue());
              }
            });
  }

  private static Answer discovery(String[] parts, String path) {
    ObjectNode answer = Yaml.JSON.createObjectNode();
    String group = parts.length > 2 ? parts[2] : "";
    if (!PLURALS.containsKey(group)) {
      return refusal(404, "NotFound", path);
    }
    if (parts.length == 3) {
      answer.putArray("versions").addObject().put("version", version(group));
      return new Answer(200, answer);
    }
    ArrayNode resources = answer.putArray("resources");
    PLURALS.get(group).forEach(plural -> resources.addObject().put("name", plural));
    return new Answer(200, answer);
  }

  private static String version(String group) {
    return group.equals("ray.io") ? "v1" : "v1beta1";
  }

  private static Answer refusal(int code, String reason, String path) {
    ObjectNode status = Yaml.JSON.createObjectNode();
    status.put("kind", "Status").put("reason", reason).put("message", "no");
    String plural =
        PLURALS.values().stream()
            .flatMap(List::stream)
            .filter(p -> path.contains("/" + p))
            .findFirst()
            .orElse("");
    status.putObject("details").put("kind", plural);
    return new Answer(code, status);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
