package dev.muster.daemon.kubernetes.informers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.core.CacheWriter;
import dev.muster.daemon.core.Key;
import dev.muster.daemon.core.Row;
import dev.muster.daemon.kubernetes.clients.ApiClient;
import dev.muster.daemon.kubernetes.clients.Served;
import dev.muster.daemon.kubernetes.kinds.Meta;
import dev.muster.daemon.kubernetes.kinds.Resource;
import dev.muster.daemon.kubernetes.raycluster.EventRow;
import dev.muster.daemon.kubernetes.raycluster.PodRow;
import dev.muster.daemon.kubernetes.views.View;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** The things that are watched. */
final class Feeds {
  private Feeds() {}

  /** Where the first of these kinds is served, in the highest version. */
  private static String path(ApiClient client, String namespace, List<Resource> resources) {
    for (Resource resource : resources) {
      Served served = client.served(resource);
      if (served.highest().isPresent()) {
        return served.path(served.highest().get(), resource.namespaced() ? namespace : "");
      }
      client.forget(resource);
    }
    throw new UnavailableException(resources.getFirst().missing());
  }

  /**
   * A kind that people name.
   *
   * @param after gets each object once it is put
   * @param before is waited for before what a full list lacks is taken to be gone
   */
  record Objects(
      Resource resource, Rows rows, Clock clock, Consumer<JsonNode> after, Runnable before)
      implements Feed {
    @Override
    public String kind() {
      return resource.name();
    }

    @Override
    public String plural() {
      return resource.plural();
    }

    @Override
    public String path(ApiClient client, String namespace) {
      return Feeds.path(client, namespace, List.of(resource));
    }

    @Override
    public String selector() {
      return resource.selector();
    }

    @Override
    public void put(ObjectNode object, Instant seen) {
      rows.put(resource, object, seen);
      after.accept(object);
    }

    @Override
    public void gone(ObjectNode object, Instant at) {
      rows.gone(resource, object, at);
    }

    @Override
    public long listed(String namespace, Instant started) {
      before.run();
      return rows.listed(resource, namespace, started, clock.instant());
    }
  }

  /**
   * A view: rows made of the objects of another kind, several of one object or none. It has a watch
   * of its own, so that who does not look at it does not pay for it.
   */
  static final class Viewed implements Feed {
    private final View view;
    private final String identity;
    private final CacheWriter writer;

    /** Which rows came of which object, to know which are gone; of the watch's thread only. */
    private final Map<String, Set<Key>> made = new HashMap<>();

    Viewed(View view, Rows rows) {
      this.view = view;
      this.identity = rows.identity();
      this.writer = rows.writer();
    }

    @Override
    public String kind() {
      return view.kind().name();
    }

    @Override
    public String plural() {
      return view.over().getFirst().plural();
    }

    @Override
    public String path(ApiClient client, String namespace) {
      return Feeds.path(client, namespace, view.over());
    }

    @Override
    public String selector() {
      return view.over().getFirst().selector();
    }

    @Override
    public void put(ObjectNode object, Instant seen) {
      Set<Key> before = made.getOrDefault(Meta.uid(object), Set.of());
      Set<Key> now = new HashSet<>();
      for (Row row : view.projector().rows(identity, object, seen)) {
        now.add(row.key());
        writer.put(row);
      }
      before.stream()
          .filter(key -> !now.contains(key))
          .forEach(key -> writer.remove(key, "", seen));
      made.put(Meta.uid(object), now);
    }

    @Override
    public void gone(ObjectNode object, Instant at) {
      Set<Key> before = made.remove(Meta.uid(object));
      if (before != null) {
        before.forEach(key -> writer.remove(key, "", at));
      }
    }

    @Override
    public long listed(String namespace, Instant started) {
      return writer.sweep(identity, kind(), namespace, started);
    }
  }

  /** The pods of Ray clusters: KubeRay labels each. */
  record Pods(Companions companions) implements Feed {
    @Override
    public String kind() {
      return PodRow.KIND;
    }

    @Override
    public String plural() {
      return "pods";
    }

    @Override
    public String path(ApiClient client, String namespace) {
      return core(namespace) + "/pods";
    }

    @Override
    public String selector() {
      return PodRow.SELECTOR;
    }

    @Override
    public void put(ObjectNode object, Instant seen) {
      companions.pod(object, seen);
    }

    @Override
    public void gone(ObjectNode object, Instant at) {
      companions.podGone(object, at);
    }

    @Override
    public long listed(String namespace, Instant started) {
      return companions.podsListed(namespace, started);
    }
  }

  /** Warnings; those that are not about a Ray cluster are passed over. */
  record Events(Companions companions) implements Feed {
    @Override
    public String kind() {
      return EventRow.KIND;
    }

    @Override
    public String plural() {
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
      companions.event(object, seen);
    }

    @Override
    public void gone(ObjectNode object, Instant at) {
      companions.eventGone(object, at);
    }

    @Override
    public long listed(String namespace, Instant started) {
      return companions.eventsListed(namespace, started);
    }
  }

  private static String core(String namespace) {
    return namespace.isEmpty() ? "/api/v1" : "/api/v1/namespaces/" + namespace;
  }
}
