package dev.muster.daemon.sandbox.store;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One resource of the API, as discovery describes it.
 *
 * @param group empty for the core group
 * @param plural the name in URLs, for example {@code rayclusters}
 * @param fields what a fieldSelector may name, besides {@code metadata.name} and {@code
 *     metadata.namespace}
 */
public record ResourceType(
    String group,
    String version,
    String plural,
    String kind,
    List<String> shortNames,
    boolean namespaced,
    boolean status,
    Set<String> fields) {

  public static final ResourceType NAMESPACES =
      core("namespaces", "Namespace", "ns", false, true, Set.of("status.phase"));
  public static final ResourceType PODS =
      core("pods", "Pod", "po", true, true, Set.of("status.phase", "spec.nodeName"));
  public static final ResourceType SERVICES =
      core("services", "Service", "svc", true, true, Set.of());
  public static final ResourceType SECRETS = core("secrets", "Secret", "", true, false, Set.of());
  public static final ResourceType EVENTS =
      core(
          "events",
          "Event",
          "ev",
          true,
          false,
          Set.of(
              "involvedObject.kind",
              "involvedObject.name",
              "involvedObject.namespace",
              "involvedObject.uid",
              "reason",
              "type"));
  public static final ResourceType RAYCLUSTERS = ray("rayclusters", "RayCluster", List.of());
  public static final ResourceType RAYJOBS = ray("rayjobs", "RayJob", List.of());
  public static final ResourceType RAYSERVICES = ray("rayservices", "RayService", List.of());
  public static final ResourceType APPWRAPPERS =
      new ResourceType(
          "workload.codeflare.dev",
          "v1beta2",
          "appwrappers",
          "AppWrapper",
          List.of("aw"),
          true,
          true,
          Set.of());

  /** The two older shapes, of which there is no operator: an object stays as it was made. */
  public static final List<ResourceType> OLDER_APPWRAPPERS =
      List.of(older("workload.codeflare.dev"), older("mcad.ibm.com"));

  public static final ResourceType LOCALQUEUES =
      kueue("localqueues", "LocalQueue", List.of("queue", "queues", "lq"), true, true);
  public static final ResourceType CLUSTERQUEUES =
      kueue("clusterqueues", "ClusterQueue", List.of("cq"), false, true);
  public static final ResourceType WORKLOADS =
      kueue("workloads", "Workload", List.of("wl"), true, true);
  public static final ResourceType RESOURCEFLAVORS =
      kueue("resourceflavors", "ResourceFlavor", List.of("flavor", "flavors", "rf"), false, false);
  public static final ResourceType WORKLOADPRIORITYCLASSES =
      kueue("workloadpriorityclasses", "WorkloadPriorityClass", List.of(), false, false);

  /** Every resource that there can be. Kueue has one version here, the one that 0.12 serves. */
  public static final List<ResourceType> ALL =
      List.of(
          NAMESPACES,
          PODS,
          SERVICES,
          SECRETS,
          EVENTS,
          RAYCLUSTERS,
          RAYJOBS,
          RAYSERVICES,
          APPWRAPPERS,
          OLDER_APPWRAPPERS.getFirst(),
          OLDER_APPWRAPPERS.getLast(),
          LOCALQUEUES,
          CLUSTERQUEUES,
          WORKLOADS,
          RESOURCEFLAVORS,
          WORKLOADPRIORITYCLASSES);

  private static ResourceType older(String group) {
    return new ResourceType(
        group, "v1beta1", "appwrappers", "AppWrapper", List.of("aw"), true, true, Set.of());
  }

  private static ResourceType ray(String plural, String kind, List<String> shortNames) {
    return new ResourceType("ray.io", "v1", plural, kind, shortNames, true, true, Set.of());
  }

  private static ResourceType kueue(
      String plural, String kind, List<String> shortNames, boolean namespaced, boolean status) {
    return new ResourceType(
        "kueue.x-k8s.io", "v1beta1", plural, kind, shortNames, namespaced, status, Set.of());
  }

  private static ResourceType core(
      String plural,
      String kind,
      String shortName,
      boolean namespaced,
      boolean status,
      Set<String> fields) {
    List<String> shortNames = shortName.isEmpty() ? List.of() : List.of(shortName);
    return new ResourceType("", "v1", plural, kind, shortNames, namespaced, status, fields);
  }

  /** {@code v1} or {@code ray.io/v1}. */
  public String apiVersion() {
    return group.isEmpty() ? version : group + "/" + version;
  }

  /** {@code pods} or {@code rayclusters.ray.io}, as error texts name it. */
  public String qualified() {
    return qualify(plural);
  }

  /** {@code Pod} or {@code RayCluster.ray.io}, as error texts name it. */
  public String qualifiedKind() {
    return qualify(kind);
  }

  private String qualify(String name) {
    return group.isEmpty() ? name : name + "." + group;
  }

  /** The one of that version and kind, as an ownerReference or a manifest names it. */
  public static Optional<ResourceType> of(String apiVersion, String kind) {
    return ALL.stream()
        .filter(type -> type.apiVersion().equals(apiVersion) && type.kind().equals(kind))
        .findFirst();
  }

  /** Counts the changes of its spec. */
  boolean generation() {
    return custom() || equals(PODS);
  }

  /** Defined by a CustomResourceDefinition, with the rules that come with one. */
  public boolean custom() {
    return !group.isEmpty();
  }
}
