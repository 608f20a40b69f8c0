package dev.muster.daemon.kubernetes.reach;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.kubernetes.certificates.Authority;
import dev.muster.daemon.kubernetes.clients.ApiClient;
import dev.muster.daemon.kubernetes.clients.ApiException;
import dev.muster.daemon.kubernetes.clients.ApiFailures;
import dev.muster.daemon.kubernetes.clients.Pages;
import dev.muster.daemon.kubernetes.clients.Served;
import dev.muster.daemon.kubernetes.clients.UnreachableException;
import dev.muster.daemon.kubernetes.kinds.Meta;
import dev.muster.daemon.kubernetes.kinds.Resource;
import dev.muster.daemon.kubernetes.raycluster.RayClusterRow;
import dev.muster.daemon.kubernetes.rayjob.RayJobRow;
import dev.muster.daemon.kubernetes.rayservice.RayServiceRow;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What the API server knows of Ray clusters: themselves, their pods and their tokens. */
final class Clusters {
  private static final String SELECTOR = "&labelSelector=ray.io%2Fcluster%3D";

  private final ApiClient client;
  private final String namespace;

  Clusters(ApiClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
  }

  /**
   * That cluster.
   *
   * @throws Failure NOT_FOUND if there is none
   */
  JsonNode cluster(String name) {
    return read(RayClusterRow.RESOURCE, name);
  }

  /**
   * The name of the cluster that a thing runs on.
   *
   * @param kind "raycluster", "rayjob" or "rayservice"
   */
  String behind(String kind, String name) {
    String cluster =
        switch (kind) {
          case RayClusterRow.KIND -> Meta.name((ObjectNode) cluster(name));
          case RayJobRow.KIND ->
              read(RayJobRow.RESOURCE, name).at("/status/rayClusterName").asText("");
          case RayServiceRow.KIND ->
              read(RayServiceRow.RESOURCE, name)
                  .at("/status/activeServiceStatus/rayClusterName")
                  .asText("");
          default ->
              throw Failure.usage(
                  "A \""
                      + kind
                      + "\" has no Ray cluster: name a raycluster, a rayjob or a rayservice.");
        };
    if (cluster.isEmpty()) {
      throw new Failure(
          Failure.Kind.NO_ANSWER,
          "The " + kind + " " + name + " in the namespace " + namespace + " has no cluster yet.");
    }
    return cluster;
  }

  /**
   * @throws Failure USAGE for what can be no name of a cluster
   */
  static String checked(String cluster) {
    return checked(RayClusterRow.RESOURCE, cluster);
  }

  private static String checked(Resource resource, String name) {
    if (!name.matches("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?")) {
      throw Failure.usage("\"" + name + "\" is not the name of a " + resource.title() + ".");
    }
    return name;
  }

  private JsonNode read(Resource resource, String name) {
    checked(resource, name);
    return doing(
        "read " + resource.sentence(namespace, name),
        resource.plural(),
        () -> {
          Served served = client.served(resource);
          String version =
              served
                  .highest()
                  .orElseThrow(
                      () ->
                          new Failure(
                              Failure.Kind.FAILED,
                              "The server "
                                  + client.access().server()
                                  + " has no "
                                  + resource.title()
                                  + " kind: "
                                  + resource.component()
                                  + " is not installed there."));
          try {
            return client.get(served.path(version, namespace) + "/" + name);
          } catch (ApiException e) {
            if (e.code() == 404) {
              client.forget(resource);
              throw new Failure(
                  Failure.Kind.NOT_FOUND,
                  "There is no "
                      + resource.title()
                      + " "
                      + name
                      + " in the namespace "
                      + namespace
                      + ".",
                  e);
            }
            throw e;
          }
        });
  }

  /**
   * A cluster's pods.
   *
   * @param nodes "head", "worker" or "all"
   */
  List<ObjectNode> pods(String cluster, String nodes) {
    String type = nodes.equals("all") ? "" : "%2Cray.io%2Fnode-type%3D" + nodes;
    return doing(
        "list pods in the namespace " + namespace,
        "pods",
        () -> {
          List<ObjectNode> found = new ArrayList<>();
          String path = "/api/v1/namespaces/" + namespace + "/pods";
          Pages.read(client, path, SELECTOR + cluster + type, found::add);
          return found;
        });
  }

  /**
   * The head pod that runs now.
   *
   * @throws Failure NO_ANSWER if there is none
   */
  String head(String cluster) {
    return pods(cluster, "head").stream()
        .filter(Clusters::runs)
        .map(Meta::name)
        .findFirst()
        .orElseThrow(() -> new Failure(Failure.Kind.NO_ANSWER, "no head pod of it runs"));
  }

  static boolean runs(JsonNode pod) {
    return pod.at("/status/phase").asText().equals("Running")
        && pod.at("/metadata/deletionTimestamp").isMissingNode();
  }

  /** Whether a cluster's Ray wants a token. */
  static boolean wantsToken(JsonNode cluster) {
    return cluster.at("/spec/authOptions/mode").asText("").equals("token");
  }

  /** The token in the Secret that KubeRay makes for a cluster. */
  String token(String cluster) {
    JsonNode secret =
        doing(
            "read the Secret " + cluster + " in the namespace " + namespace,
            "secrets",
            () -> client.get("/api/v1/namespaces/" + namespace + "/secrets/" + cluster));
    byte[] token = Base64.getDecoder().decode(secret.at("/data/auth_token").asText(""));
    return new String(token, StandardCharsets.UTF_8).strip();
  }

  /** The Secret of who signs certificates for a cluster's clients, if it wants any. */
  Optional<ObjectNode> authority(String cluster) {
    return doing(
        "list secrets in the namespace " + namespace + ", one of which signs certificates",
        "secrets",
        () -> {
          List<ObjectNode> found = new ArrayList<>();
          Pages.read(
              client,
              "/api/v1/namespaces/" + namespace + "/secrets",
              "&labelSelector="
                  + URLEncoder.encode(Authority.LABEL + "=" + cluster, StandardCharsets.UTF_8),
              found::add);
          return found.stream().filter(secret -> Authority.isIn(secret, cluster)).findFirst();
        });
  }

  private <T> T doing(String doing, String plural, Supplier<T> operation) {
    try {
      return operation.get();
    } catch (ApiException | UnreachableException e) {
      throw ApiFailures.of(e, client.access(), doing, plural);
    }
  }
}
