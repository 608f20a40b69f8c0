package dev.muster.daemon.kubernetes.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.kubernetes.clients.ApiClient;
import dev.muster.daemon.kubernetes.clients.ApiException;
import dev.muster.daemon.kubernetes.clients.ApiFailures;
import dev.muster.daemon.kubernetes.clients.UnreachableException;
import dev.muster.daemon.kubernetes.ddp.DdpPods;
import dev.muster.daemon.kubernetes.kinds.Meta;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The pods of one distributed job, and what they print. */
final class Pods {
  private static final List<String> RANKS = List.of(DdpPods.REPLICA, DdpPods.INDEX);

  private final Supplier<ApiClient> client;
  private final String namespace;
  private final String job;

  Pods(Supplier<ApiClient> client, String namespace, String job) {
    this.client = client;
    this.namespace = namespace;
    this.job = job;
  }

  /**
   * @param rank -1: none
   * @param over whether its container prints no more
   */
  record Pod(String name, String uid, int rank, String container, boolean over) {}

  /** By rank. */
  List<Pod> list() {
    String selector = URLEncoder.encode(WrappedJobRow.APP + "=" + job, StandardCharsets.UTF_8);
    JsonNode found =
        doing(
            "list the pods of the job " + job,
            () -> client.get().get(path() + "?labelSelector=" + selector));
    List<Pod> pods = new ArrayList<>();
    found.path("items").forEach(pod -> pods.add(pod(pod)));
    pods.sort(Comparator.comparingInt(Pod::rank).thenComparing(Pod::name));
    return pods;
  }

  /** The same as it is now; empty if it is gone. */
  Optional<Pod> again(Pod pod) {
    return doing(
        "read the pod " + pod.name,
        () -> {
          try {
            return Optional.of(pod(client.get().get(path() + "/" + pod.name)))
                .filter(now -> now.uid.equals(pod.uid));
          } catch (ApiException e) {
            if (e.code() == 404) {
              return Optional.empty();
            }
            throw e;
          }
        });
  }

  /**
   * What it prints; the caller closes it.
   *
   * @param query beginning with an ampersand; empty for none
   * @return empty while it has printed nothing because it has not begun, or if it is gone
   */
  Optional<InputStream> log(Pod pod, String query) {
    String path = path() + "/" + pod.name + "/log?container=" + pod.container + query;
    return doing(
        "read the log of the pod " + pod.name,
        () -> {
          try {
            return Optional.of(client.get().stream(path));
          } catch (ApiException e) {
            if (e.code() == 400 || e.code() == 404) {
              return Optional.empty();
            }
            throw e;
          }
        });
  }

  private String path() {
    return "/api/v1/namespaces/" + namespace + "/pods";
  }

  private static Pod pod(JsonNode pod) {
    JsonNode labels = pod.path("metadata").path("labels");
    int rank = -1;
    for (String label : RANKS) {
      rank = rank < 0 && labels.has(label) ? labels.path(label).asInt(-1) : rank;
    }
    String phase = pod.path("status").path("phase").asText("");
    JsonNode state = pod.path("status").path("containerStatuses").path(0).path("state");
    boolean over = phase.equals("Succeeded") || phase.equals("Failed") || state.has("terminated");
    return new Pod(
        Meta.name(pod),
        Meta.uid(pod),
        rank,
        pod.path("spec").path("containers").path(0).path("name").asText(""),
        over);
  }

  private <T> T doing(String doing, Supplier<T> operation) {
    try {
      return operation.get();
    } catch (ApiException | UnreachableException e) {
      Failure failure = ApiFailures.of(e, client.get().access(), doing, "pods");
      throw failure;
    }
  }
}
