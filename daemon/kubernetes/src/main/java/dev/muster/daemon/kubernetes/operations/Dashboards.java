package dev.muster.daemon.kubernetes.operations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.core.Kind;
import dev.muster.daemon.core.Row;
import dev.muster.daemon.kubernetes.Yaml;
import dev.muster.daemon.kubernetes.clients.ApiClient;
import dev.muster.daemon.kubernetes.kinds.Meta;
import dev.muster.daemon.kubernetes.kinds.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where a Ray cluster's dashboard can be reached from outside, as the server has it now: by an
 * HTTPRoute with its labels, else by a Route or an Ingress with its name. A kind that the server
 * does not have, or the user may not see, leads nowhere and is no failure.
 */
public final class Dashboards {
  private static final Resource HTTP_ROUTES =
      resource("HTTPRoute", "httproutes", "gateway.networking.k8s.io", "");
  private static final Resource GATEWAYS =
      resource("Gateway", "gateways", "gateway.networking.k8s.io", "");
  private static final Resource ROUTES = resource("Route", "routes", "route.openshift.io", "");
  private static final Resource INGRESSES =
      resource("Ingress", "ingresses", "networking.k8s.io", "");

  private final Supplier<ApiClient> client;
  private final String namespace;
  private final String cluster;
  private final List<String> hidden = new ArrayList<>();

  private Dashboards(Supplier<ApiClient> client, String namespace, String cluster) {
    this.client = client;
    this.namespace = namespace;
    this.cluster = cluster;
  }

  /**
   * A way from outside.
   *
   * @param url without a slash at its end; empty if there is none that can be seen
   * @param by what leads there, such as "Route/ray-dashboard-demo"; empty like the URL
   * @param trouble why there is none, as a clause; empty if there is one
   */
  public record Exposed(String url, String by, String trouble) {}

  private record Way(String url, String by) {}

  /** Where that cluster's dashboard is exposed. */
  public static Exposed exposed(Supplier<ApiClient> client, String namespace, String cluster) {
    return new Dashboards(client, namespace, cluster).find();
  }

  /** The details of a cluster's row, with where its dashboard is. */
  public static String into(Supplier<ApiClient> client, Row row) {
    ObjectNode details = (ObjectNode) Yaml.fromJson(row.details());
    String namespace = row.key().namespace();
    String given = details.path("head").path("service").asText("");
    String service = given.isEmpty() ? row.key().name() + "-head-svc" : given;
    Exposed exposed = exposed(client, namespace, row.key().name());
    details.put("dashboard", exposed.url);
    details.put("dashboardBy", exposed.by);
    details.put(
        "dashboardNote",
        exposed.trouble.isEmpty()
            ? ""
            : exposed.trouble
                + "; within Kubernetes http://%2$s.%1$s.svc:8265, from here by 'muster dashboard raycluster %3$s -n %1$s'"
                    .formatted(namespace, service, row.key().name()));
    return Yaml.json(details);
  }

  private Exposed find() {
    try {
      return httpRoute()
          .or(this::route)
          .or(this::ingress)
          .map(way -> new Exposed(way.url, way.by, ""))
          .orElseGet(
              () ->
                  new Exposed(
                      "",
                      "",
                      hidden.isEmpty()
                          ? "not exposed"
                          : "not exposed, as far as you may see: not "
                              + String.join(", ", hidden)));
    } catch (Failure failure) {
      // What else is known of the cluster is worth being told without this.
      return new Exposed(
          "", "", "whether it is exposed is not known (" + failure.getMessage() + ")");
    }
  }

  private Optional<Way> httpRoute() {
    String labels =
        "&labelSelector=ray.io%2Fcluster-name%3D"
            + cluster
            + "%2Cray.io%2Fcluster-namespace%3D"
            + namespace;
    String label = "&labelSelector=ray.io%2Fcluster-name%3D" + cluster;
    List<ObjectNode> found = list(labelled(labels), "", false).orElse(List.of());
    if (found.isEmpty()) {
      // Somebody may see his own namespace only; and one that was made there need not name it.
      found = list(labelled(label), namespace, true).orElse(List.of());
    }
    for (ObjectNode route : found) {
      JsonNode parent = route.path("spec").path("parentRefs").path(0);
      Optional<ObjectNode> gateway = gateway(route, parent);
      String host = host(route.path("spec").path("hostnames"));
      if (host.isEmpty()) {
        host = gateway.map(g -> listener(g, parent).path("hostname").asText("")).orElse("");
      }
      if (isHost(host)) {
        boolean plain =
            gateway
                .map(g -> listener(g, parent).path("protocol").asText("").equals("HTTP"))
                .orElse(false);
        JsonNode path =
            route.path("spec").path("rules").path(0).path("matches").path(0).path("path");
        return Optional.of(
            new Way(url(!plain, host, path.path("value").asText("")), by(HTTP_ROUTES, route)));
      }
    }
    return Optional.empty();
  }

  private Optional<ObjectNode> gateway(JsonNode route, JsonNode parent) {
    String at = parent.path("namespace").asText(Meta.namespace(route));
    String name = parent.path("name").asText("");
    return list(GATEWAYS, at, false).orElse(List.of()).stream()
        .filter(gateway -> Meta.name(gateway).equals(name))
        .findFirst();
  }

  /** The one that the route names, else the first. */
  private static JsonNode listener(JsonNode gateway, JsonNode parent) {
    JsonNode listeners = gateway.path("spec").path("listeners");
    String section = parent.path("sectionName").asText("");
    for (JsonNode one : listeners) {
      if (one.path("name").asText("").equals(section)) {
        return one;
      }
    }
    return listeners.path(0);
  }

  private Optional<Way> route() {
    for (ObjectNode route : named(ROUTES)) {
      JsonNode spec = route.path("spec");
      String given = route.path("status").path("ingress").path(0).path("host").asText("");
      String host = spec.path("host").asText(given);
      if (isHost(host)) {
        String url = url(spec.has("tls"), host, spec.path("path").asText(""));
        return Optional.of(new Way(url, by(ROUTES, route)));
      }
    }
    return Optional.empty();
  }

  private Optional<Way> ingress() {
    for (ObjectNode ingress : named(INGRESSES)) {
      JsonNode spec = ingress.path("spec");
      JsonNode rule = spec.path("rules").path(0);
      JsonNode balancer = ingress.path("status").path("loadBalancer").path("ingress").path(0);
      String otherwise = balancer.path("hostname").asText(balancer.path("ip").asText(""));
      String host = rule.path("host").asText(otherwise);
      if (isHost(host)) {
        String path = rule.path("http").path("paths").path(0).path("path").asText("");
        // Some controllers take a pattern for a path, as KubeRay writes it: "/demo/(.*)".
        String plain = path.replaceFirst("\\(.*", "");
        return Optional.of(
            new Way(url(!spec.path("tls").isEmpty(), host, plain), by(INGRESSES, ingress)));
      }
    }
    return Optional.empty();
  }

  /** By the names that codeflare-sdk, muster and KubeRay give them. */
  private List<ObjectNode> named(Resource resource) {
    List<String> names =
        List.of(
            "ray-dashboard-" + cluster,
            cluster + "-head-" + (resource.equals(ROUTES) ? "route" : "ingress"));
    return list(resource, namespace, true).orElse(List.of()).stream()
        .filter(
            object ->
                names.contains(Meta.name(object))
                    || Meta.name(object).startsWith(cluster + "-ingress"))
        .toList();
  }

  /**
   * @param said whether it is said of a kind that it may not be seen
   */
  private Optional<List<ObjectNode>> list(Resource resource, String where, boolean said) {
    Endpoint endpoint = new Endpoint(client.get(), resource);
    try {
      boolean served = endpoint.doing("ask for " + resource.plural(), endpoint::isServed);
      return served ? Optional.of(endpoint.list(where)) : Optional.empty();
    } catch (Failure failure) {
      if (failure.kind() != Failure.Kind.FORBIDDEN) {
        throw failure;
      }
      if (said) {
        hidden.add(resource.plural());
      }
      return Optional.empty();
    }
  }

  private static Resource labelled(String selector) {
    return resource(
        HTTP_ROUTES.title(), HTTP_ROUTES.plural(), HTTP_ROUTES.groups().getFirst(), selector);
  }

  /** There are no rows of these. */
  private static Resource resource(String title, String plural, String group, String selector) {
    return new Resource(
        new Kind(title, false, List.of()), title, plural, List.of(group), title, selector, null);
  }

  private static String host(JsonNode hostnames) {
    return hostnames.path(0).asText("");
  }

  /** A pattern of hosts is none. */
  private static boolean isHost(String host) {
    return host.matches("[A-Za-z0-9.:-]+");
  }

  private static String url(boolean tls, String host, String path) {
    String at = path.isEmpty() || path.equals("/") ? "" : path;
    return (tls ? "https://" : "http://") + host + at;
  }

  private static String by(Resource resource, JsonNode object) {
    return resource.title() + "/" + Meta.name(object);
  }
}
