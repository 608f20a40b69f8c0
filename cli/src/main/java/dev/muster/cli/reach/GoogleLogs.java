package dev.muster.cli.reach;

import dev.muster.cli.CliFailure;
import dev.muster.cli.ExitCode;
import dev.muster.cli.output.Json;
import dev.muster.v1.Resource;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;

/**
 * Where Google Cloud's console shows what a Ray cluster on GKE has logged; it has what a
 * "fluentbit" container in the pods hands over.
 *
 * @param namespace of the cluster
 * @param cluster the RayCluster's name
 * @param nodes "all", "head" or "worker"
 * @param project of Google Cloud; empty if it is not known
 */
record GoogleLogs(String namespace, String cluster, String nodes, String project) {
  private static final String CONSOLE = "https://console.cloud.google.com/logs/query;query=";

  /** How gcloud names the contexts that it makes: gke_PROJECT_LOCATION_NAME. */
  private static final String CONTEXT = "gke_";

  /**
   * @param resource a RayCluster, or what has one
   * @throws CliFailure if it has none at present
   */
  static GoogleLogs of(Resource resource, String nodes) {
    String cluster =
        resource.getKind().equals("raycluster")
            ? resource.getName()
            : Json.parse(resource.getDetailsJson()) instanceof Map<?, ?> details
                ? Objects.toString(details.get("rayCluster"), "")
                : "";
    if (cluster.isEmpty()) {
      throw new CliFailure(
          ExitCode.NOT_FOUND,
          "the %s %s has no Ray cluster at present"
              .formatted(resource.getKind(), resource.getName()));
    }
    String context = resource.getContext();
    int end = context.indexOf('_', CONTEXT.length());
    String project =
        context.startsWith(CONTEXT) && end > 0 ? context.substring(CONTEXT.length(), end) : "";
    return new GoogleLogs(resource.getNamespace(), cluster, nodes, project);
  }

  String url() {
    String query =
        """
        resource.type="k8s_container"
        resource.labels.namespace_name="%s"
        labels."k8s-pod/ray_io/cluster"="%s"
        %s"""
            .formatted(
                namespace,
                cluster,
                nodes.equals("all")
                    ? "labels.\"k8s-pod/ray_io/is-ray-node\"=\"yes\""
                    : "labels.\"k8s-pod/ray_io/node-type\"=\"" + nodes + "\"");
    return CONSOLE + escaped(query) + (project.isEmpty() ? "" : "?project=" + escaped(project));
  }

  private static String escaped(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
