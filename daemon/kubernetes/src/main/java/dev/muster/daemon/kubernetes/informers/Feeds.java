package dev.muster.daemon.kubernetes.informers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.core.CacheWriter;
import dev.muster.daemon.kubernetes.clients.ApiClient;
import dev.muster.daemon.kubernetes.clients.Served;
import dev.muster.daemon.kubernetes.raycluster.EventRow;
import dev.muster.daemon.kubernetes.raycluster.PodRow;
import dev.muster.daemon.kubernetes.raycluster.RayClusterRow;
import java.time.Instant;

/** The three things that are watched for RayClusters. */
final class Feeds {
  private Feeds() {}

  /** RayClusters, in the highest version that is served. */
  record RayClusters(Rows rows, CacheWriter writer) implements Feed {
    @Override
    public String kind() {
      return RayClusterRow.KIND;
    }

    @Override
    public String resource() {
      return "rayclusters";
    }

    @Override
    public String path(ApiClient client, String namespace) {
      Served served = client.rayClusters();
      if (served.highest().isEmpty()) {
        client.forget();
        throw new UnavailableException(
            "the server has no RayCluster kind (KubeRay is not installed)");
      }
      return served.path(served.highest().get(), namespace);
    }

    @Override
    public String selector() {
      return "";
    }

    @Override
    public void put(ObjectNode object, Instant seen) {
      rows.cluster(object, seen);
    }

    @Override
    public void gone(ObjectNode object, Instant at) {
      rows.clusterGone(
          object.path("metadata").path("namespace").asText(""),
          object.path("metadata").path("name").asText(""),
          object.path("metadata").path("uid").asText(""),
          at);
    }

    @Override
    public long listed(String namespace, Instant started) {
      return writer.sweep(rows.identity(), kind(), namespace, started);
    }
  }

  /** Their pods: KubeRay labels each. */
  record Pods(Rows rows) implements Feed {
    @Override
    public String kind() {
      return PodRow.KIND;
    }

    @Override
    public String resource() {
      return "pods";
    }

    @Override
    public String path(ApiClient client, String namespace) {
      return core(namespace) + "/pods";
    }

    @Override
    public String selector() {
      return "&labelSelector=ray.io%2Fcluster";
    }

    @Override
    public void put(ObjectNode object, Instant seen) {
      rows.pod(object, seen);
    }

    @Override
    public void gone(ObjectNode object, Instant at) {
      rows.podGone(object, at);
    }

    @Override
    public long listed(String namespace, Instant started) {
      return rows.podsListed(namespace, started);
    }
  }

  /** Warnings; those that are not about a Ray cluster are passed over. */
  record Events(Rows rows) implements Feed {
    @Override
    public String kind() {
      return EventRow.KIND;
    }

    @Override
    public String resource() {
      return "events";
    }

    @Override
    public String path(ApiClient client, String namespace) {
      return core(namespace) + "/events";
    }

    @Override
    public String selector() {
      return "&fieldSelector=type%3DWarning";
    }

    @Override
    public void put(ObjectNode object, Instant seen) {
      rows.event(object, seen);
    }

    @Override
    public void gone(ObjectNode object, Instant at) {
      rows.eventGone(object, at);
    }

    @Override
    public long listed(String namespace, Instant started) {
      return rows.eventsListed(namespace, started);
    }
  }

  private static String core(String namespace) {
    return namespace.isEmpty() ? "/api/v1" : "/api/v1/namespaces/" + namespace;
  }
}
