package dev.muster.daemon.sandbox.store;

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
    String shortName,
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
  public static final ResourceType RAYCLUSTERS =
      new ResourceType("ray.io", "v1", "rayclusters", "RayCluster", "", true, true, Set.of());

  private static ResourceType core(
      String plural,
      String kind,
      String shortName,
      boolean namespaced,
      boolean status,
      Set<String> fields) {
    return new ResourceType("", "v1", plural, kind, shortName, namespaced, status, fields);
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

  /** Counts the changes of its spec. */
  boolean generation() {
    return custom() || equals(PODS);
  }

  /** Defined by a CustomResourceDefinition, with the rules that come with one. */
  public boolean custom() {
    return !group.isEmpty();
  }
}
