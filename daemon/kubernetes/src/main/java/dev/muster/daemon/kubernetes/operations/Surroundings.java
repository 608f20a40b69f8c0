package dev.muster.daemon.kubernetes.operations;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.kubernetes.appwrapper.AppWrapperRow;
import dev.muster.daemon.kubernetes.appwrapper.Components;
import dev.muster.daemon.kubernetes.clients.ApiClient;
import dev.muster.daemon.kubernetes.informers.Rows;
import dev.muster.daemon.kubernetes.kinds.Resource;
import dev.muster.daemon.kubernetes.raycluster.RayClusterRow;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What stands around an object on the server now, read for one answer. What the server does not
 * have, or the user may not see, is as if it were not there.
 */
final class Surroundings {
  private final ApiClient client;
  private final Clock clock;
  private final Rows rows;

  /**
   * @param rows of the identity; only read
   */
  Surroundings(ApiClient client, Rows rows, Clock clock) {
    this.client = client;
    this.clock = clock;
    this.rows = rows.aside();
  }

  /** Makes rows that know what was read here. */
  Rows rows() {
    return rows;
  }

  /** Reads all of that kind, and takes note of each. */
  List<ObjectNode> read(Resource resource, String namespace) {
    Optional<List<ObjectNode>> found = visible(resource, namespace);
    found.ifPresent(
        objects -> {
          objects.forEach(object -> rows.note(resource, object, clock.instant()));
          if (resource.name().equals(RayClusterRow.KIND)) {
            rows.clustersAreKnown();
          }
        });
    return found.orElse(List.of());
  }

  void note(Resource resource, ObjectNode object) {
    rows.note(resource, object, clock.instant());
  }

  /** The AppWrapper that wraps a cluster of that name: the one of the same name, or another. */
  Optional<ObjectNode> wrapperOf(String namespace, String cluster) {
    return visible(AppWrapperRow.RESOURCE, namespace).orElse(List.of()).stream()
        .filter(wrapper -> Components.clusters(wrapper).containsKey(cluster))
        .findFirst();
  }

  /** One of them; empty also if the server does not have the kind, or not for this user. */
  Optional<ObjectNode> find(Resource resource, String namespace, String name) {
    return visible(resource, endpoint -> endpoint.find(namespace, name)).flatMap(found -> found);
  }

  private Optional<List<ObjectNode>> visible(Resource resource, String namespace) {
    return visible(resource, endpoint -> endpoint.list(namespace));
  }

  /** Empty if the server does not have it, or not for this user. */
  private <T> Optional<T> visible(Resource resource, Function<Endpoint, T> question) {
    Endpoint endpoint = new Endpoint(client, resource);
    try {
      boolean served = endpoint.doing("ask for " + resource.plural(), endpoint::isServed);
      return served ? Optional.of(question.apply(endpoint)) : Optional.empty();
    } catch (Failure failure) {
      if (failure.kind() == Failure.Kind.FORBIDDEN) {
        return Optional.empty();
      }
      throw failure;
    }
  }
}
