package dev.muster.daemon.sandbox.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.daemon.sandbox.auth.Access;
import dev.muster.daemon.sandbox.auth.Action;
import dev.muster.daemon.sandbox.auth.User;
import dev.muster.daemon.sandbox.net.PodNetwork;
import dev.muster.daemon.sandbox.store.Json;
import dev.muster.daemon.sandbox.store.ObjectKey;
import dev.muster.daemon.sandbox.store.ResourceType;
import dev.muster.daemon.sandbox.store.Store;
import dev.muster.daemon.sandbox.store.StoredObject;
import java.net.UnixDomainSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Finds where requests lead that the server only lets through: a service's proxy, and a pod's
 * portforward, exec and log. Refuses them in a real server's words (k8s.io/kubernetes,
 * pkg/registry/core).
 */
public final class Passages {
  private final Store store;
  private final Access access;
  private final PodNetwork network;

  public Passages(Store store, Access access, PodNetwork network) {
    this.store = store;
    this.access = access;
    this.network = network;
  }

  /**
   * The passage that a request asks for.
   *
   * @param path as it was sent, without the query
   * @param upgrade whether it asks for another protocol than HTTP
   * @return empty if it is another kind of request
   * @throws ApiException if it is refused
   */
  public Optional<Passage> find(
      User user, String method, String path, Map<String, List<String>> query, boolean upgrade) {
    String[] parts = path.split("/", 9);
    if (parts.length < 8 || !path.startsWith("/api/v1/namespaces/")) {
      return Optional.empty();
    }
    ObjectKey key = new ObjectKey(parts[4], parts[6]);
    String what = parts[5] + "/" + parts[7];
    if (what.equals("services/proxy")) {
      return Optional.of(service(user, method, key, parts));
    }
    if (parts.length > 8) {
      return Optional.empty();
    }
    return Optional.ofNullable(
        switch (what) {
          case "pods/portforward" -> {
            StoredObject pod = pod(user, method, what, key);
            needsUpgrade(upgrade);
            yield ports(pod, query.getOrDefault("ports", List.of()));
          }
          case "pods/exec" -> {
            StoredObject pod = pod(user, method, what, key);
            needsUpgrade(upgrade);
            yield new Passage.ToCommand(pod.key(), query.getOrDefault("command", List.of()));
          }
          case "pods/log" -> new Passage.ToLog(pod(user, method, what, key).key(), query);
          default -> null;
        });
  }

  private void check(User user, String method, String resource, ObjectKey key) {
    String verb =
        switch (method) {
          case "GET", "HEAD" -> "get";
          case "POST" -> "create";
          case "PUT" -> "update";
          default -> method.toLowerCase(Locale.ROOT);
        };
    Action action = new Action(verb, "", resource, key.namespace(), key.name());
    if (!access.allows(user, action)) {
      throw Failures.forbidden(user, action);
    }
  }

  private static void needsUpgrade(boolean upgrade) {
    if (!upgrade) {
      throw Failures.badRequest("Upgrade request required");
    }
  }

  /** A pod with a node and a container that runs. */
  private StoredObject pod(User user, String method, String resource, ObjectKey key) {
    check(user, method, resource, key);
    StoredObject pod =
        store
            .get(ResourceType.PODS, key)
            .orElseThrow(() -> Failures.notFound(ResourceType.PODS, key.name()));
    JsonNode tree = pod.tree();
    if (tree.at("/spec/nodeName").asText("").isEmpty()) {
      throw Failures.badRequest("pod %s does not have a host assigned".formatted(key.name()));
    }
    JsonNode waiting = tree.at("/status/containerStatuses/0/state/waiting");
    if (!waiting.isMissingNode() || tree.at("/status/podIP").asText("").isEmpty()) {
      throw Failures.badRequest(
          "container \"%s\" in pod \"%s\" is waiting to start: %s"
              .formatted(
                  tree.at("/spec/containers/0/name").asText(),
                  key.name(),
                  waiting.path("reason").asText("ContainerCreating")));
    }
    return pod;
  }

  private Passage ports(StoredObject pod, List<String> asked) {
    Map<Integer, Optional<UnixDomainSocketAddress>> locals = new LinkedHashMap<>();
    for (String list : asked) {
      for (String port : list.split(",", -1)) {
        if (!port.matches("[1-9]\\d{0,4}")) {
          throw Failures.badRequest("unable to parse \"%s\" as a port".formatted(port));
        }
        int number = Integer.parseInt(port);
        locals.put(number, network.local(pod.key().namespace(), pod.key().name(), number));
      }
    }
    if (locals.isEmpty()) {
      throw Failures.badRequest("query parameter \"port\" is required");
    }
    return new Passage.ToPorts(locals);
  }

  private Passage service(User user, String method, ObjectKey at, String[] parts) {
    // NAME, NAME:PORT or SCHEME:NAME:PORT.
    String[] id = at.name().replace("%3A", ":").split(":", -1);
    String name = id.length == 3 ? id[1] : id[0];
    String port = id.length == 1 ? "" : id[id.length - 1];
    ObjectKey key = new ObjectKey(at.namespace(), name);
    check(user, method, "services/proxy", at);
    JsonNode spec =
        store
            .get(ResourceType.SERVICES, key)
            .orElseThrow(() -> Failures.notFound(ResourceType.SERVICES, name))
            .tree()
            .path("spec");
    JsonNode served = port(spec, port, name);
    StoredObject pod =
        store.list(ResourceType.PODS, at.namespace()).objects().stream()
            .filter(one -> isBehind(one, spec))
            .findFirst()
            .orElseThrow(
                () ->
                    Failures.unavailable(
                        "no endpoints available for service \"%s\"".formatted(name)));
    int number = served.path("targetPort").asInt(served.path("port").asInt());
    String prefix = String.join("/", List.of(parts).subList(0, 8));
    return new Passage.ToService(
        pod.tree().at("/status/podIP").asText() + ":" + number,
        network.local(pod.key().namespace(), pod.key().name(), number),
        prefix,
        "/" + (parts.length > 8 ? parts[8] : ""));
  }

  private static JsonNode port(JsonNode spec, String port, String service) {
    for (JsonNode one : spec.path("ports")) {
      boolean only = port.isEmpty() && spec.path("ports").size() == 1;
      if (only
          || one.path("port").asText().equals(port)
          || one.path("name").asText("").equals(port)) {
        return one;
      }
    }
    throw Failures.unavailable(
        "no service port %s found for service \"%s\""
            .formatted(port.matches("\\d+") ? port : "\"" + port + "\"", service));
  }

  private static boolean isBehind(StoredObject pod, JsonNode service) {
    JsonNode tree = pod.tree();
    Map<String, String> labels = Json.strings(tree.at("/metadata/labels"));
    Map<String, String> selector = Json.strings(service.path("selector"));
    boolean running =
        tree.at("/status/phase").asText().equals("Running")
            && !tree.at("/status/podIP").asText("").isEmpty()
            && !pod.terminating();
    return running && !selector.isEmpty() && labels.entrySet().containsAll(selector.entrySet());
  }
}
