package dev.muster.daemon.kubernetes.reach;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.kubernetes.clients.ApiClient;
import dev.muster.daemon.kubernetes.operations.Dashboards;
import dev.muster.daemon.ray.RayAddress;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** One search for a way to a cluster's dashboard: each is tried in its turn. */
final class Search {
  private static final int DASHBOARD = 8265;

  private final Supplier<ApiClient> client;
  private final Map<String, String> environment;
  private final String namespace;
  private final String name;
  private final Function<Map<String, String>, HttpClient> outside;
  private final List<String> failed = new ArrayList<>();

  /**
   * @param name of the cluster; may be empty where there is an address
   * @param outside what asks servers other than the API, with the trust that the environment says
   */
  Search(
      Supplier<ApiClient> client,
      Map<String, String> environment,
      String namespace,
      String name,
      Function<Map<String, String>, HttpClient> outside) {
    this.client = client;
    this.environment = environment;
    this.namespace = namespace;
    this.name = name;
    this.outside = outside;
  }

  /**
   * The way by an address that the user gave.
   *
   * @param http with the trust that the user wants
   */
  Way by(RayAddress address, HttpClient http) {
    URI base = Addresses.of(address.url());
    String token = RayTokens.given(environment);
    JsonNode cluster = seen();
    Way way =
        new Way(
            http,
            base,
            false,
            "the address " + base,
            cluster.at("/metadata/uid").asText(""),
            token.isEmpty() ? secret(cluster) : "",
            address.headers(),
            null);
    Probe.Answer answer = Probe.of(way.http(), base, way.headers(client, token));
    if (answer.result() != Probe.Result.THERE) {
      throw new Failure(
          Failure.Kind.NO_ANSWER,
          "Ray's dashboard at " + base + " cannot be reached: " + answer.why() + ".");
    }
    return way;
  }

  /** An address may be of a cluster that the user cannot see; then nothing is known of it. */
  private JsonNode seen() {
    try {
      return name.isEmpty()
          ? MissingNode.getInstance()
          : new Clusters(client.get(), namespace).cluster(name);
    } catch (Failure failure) {
      return MissingNode.getInstance();
    }
  }

  private String secret(JsonNode cluster) {
    try {
      return cluster.isMissingNode()
          ? RayTokens.file(environment)
          : RayTokens.of(new Clusters(client.get(), namespace), name, cluster, environment);
    } catch (Failure failure) {
      return RayTokens.file(environment);
    }
  }

  /** The first way that leads there. */
  Way first() {
    Clusters clusters = new Clusters(client.get(), namespace);
    JsonNode cluster = clusters.cluster(name);
    String uid = cluster.at("/metadata/uid").asText("");
    String given = RayTokens.given(environment);
    String token = given.isEmpty() ? RayTokens.of(clusters, name, cluster, environment) : "";
    String service = cluster.at("/status/head/serviceName").asText(name + "-head-svc");
    return exposed(uid, token, given)
        .or(() -> proxied(service, uid, token, given))
        .or(() -> forwarded(uid, token, given))
        .orElseThrow(
            () ->
                new Failure(
                    Failure.Kind.NO_ANSWER,
                    "The dashboard of the RayCluster "
                        + name
                        + " in the namespace "
                        + namespace
                        + " cannot be reached: "
                        + String.join("; ", failed)
                        + "."));
  }

  private Optional<Way> exposed(String uid, String token, String given) {
    Dashboards.Exposed exposed = Dashboards.exposed(client, namespace, name);
    if (exposed.url().isEmpty()) {
      failed.add(
          "by an HTTPRoute, Route or Ingress: " + exposed.trouble().replaceFirst("\\.$", ""));
      return Optional.empty();
    }
    URI base = URI.create(exposed.url().replaceFirst("/+$", ""));
    HttpClient http = outside.apply(environment);
    return tried(new Way(http, base, false, exposed.by(), uid, token, Map.of(), null), given);
  }

  private Optional<Way> proxied(String service, String uid, String token, String given) {
    ApiClient now = client.get();
    URI base =
        URI.create(
            "%s/api/v1/namespaces/%s/services/%s:%d/proxy"
                .formatted(now.access().server(), namespace, service, DASHBOARD));
    return tried(
        new Way(
            now.direct(), base, true, "the API server's service proxy", uid, token, Map.of(), null),
        given);
  }

  private Optional<Way> forwarded(String uid, String token, String given) {
    String words = "a port-forward to its head pod";
    try {
      PodTunnel tunnel = PodTunnel.open(client, namespace, name, DASHBOARD, Neighbours.here());
      Way way =
          new Way(
              outside.apply(Map.of()),
              URI.create("http://127.0.0.1:" + tunnel.port()),
              false,
              words,
              uid,
              token,
              Map.of(),
              tunnel);
      // The tunnel's own reason says more than a connection that breaks.
      tunnel.connect().close();
      return tried(way, given);
    } catch (Failure failure) {
      failed.add("by " + words + ": " + clause(failure));
    } catch (IOException e) {
      failed.add("by " + words + ": this machine has no free port");
    }
    return Optional.empty();
  }

  private static String clause(Failure failure) {
    return failure.getMessage().replaceFirst("\\.$", "");
  }

  private Optional<Way> tried(Way way, String given) {
    Probe.Answer answer = Probe.of(way.http(), way.base(), way.headers(client, given));
    if (answer.result() == Probe.Result.THERE) {
      return Optional.of(way);
    }
    way.close();
    failed.add("by " + way.words() + ": " + answer.why());
    return Optional.empty();
  }
}
