package dev.muster.daemon.kubernetes.kinds;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.core.Kind;
import dev.muster.daemon.core.Row;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A kind of object that API servers have, under its name for people and under theirs.
 *
 * @param kind its noun and columns
 * @param title the server's name of it, such as "RayCluster"
 * @param plural such as "rayclusters"
 * @param groups the API groups that may serve it, the preferred first; the core group is ""
 * @param component what has to be installed for a server to serve it, such as "KubeRay"
 * @param selector query parameters that narrow every list and watch of it, beginning with an
 *     ampersand; empty for none
 * @param projector makes its row of an object alone; what belongs to the object comes later
 */
public record Resource(
    Kind kind,
    String title,
    String plural,
    List<String> groups,
    String component,
    String selector,
    Projector projector) {
  public Resource {
    groups = List.copyOf(groups);
  }

  /** How an object becomes a row. */
  @FunctionalInterface
  public interface Projector {
    /**
     * @param object stripped in passing
     * @param observed when it was seen to be so
     */
    Row row(String identity, ObjectNode object, Instant observed);
  }

  public String name() {
    return kind.name();
  }

  public boolean namespaced() {
    return kind.namespaced();
  }

  /** Whether its versions have one shape, so that a manifest of one can be sent as another. */
  public boolean sameShape() {
    return groups.equals(List.of("ray.io"));
  }

  /** Why there is nothing to be seen of it, as a clause. */
  public String missing() {
    return "the server has no " + title + " kind (" + component + " is not installed)";
  }

  /** "the RayCluster demo in the namespace default". */
  public String sentence(String namespace, String name) {
    return "the " + title + " " + name + (namespaced() ? " in the namespace " + namespace : "");
  }

  /** "a RayCluster", "an AppWrapper". */
  public String titleWithArticle() {
    return (title.startsWith("A") ? "an " : "a ") + title;
  }

  /** The name of an owner of this kind, "AppWrapper/demo"; empty for an owner of another. */
  public Optional<String> nameOf(String owner) {
    String prefix = title + "/";
    return owner.startsWith(prefix)
        ? Optional.of(owner.substring(prefix.length()))
        : Optional.empty();
  }
}
