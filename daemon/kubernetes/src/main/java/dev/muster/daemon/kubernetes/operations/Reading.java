package dev.muster.daemon.kubernetes.operations;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.core.Row;
import dev.muster.daemon.kubernetes.Yaml;
import dev.muster.daemon.kubernetes.appwrapper.AppWrapperRow;
import dev.muster.daemon.kubernetes.appwrapper.Components;
import dev.muster.daemon.kubernetes.clients.ApiClient;
import dev.muster.daemon.kubernetes.informers.Catalog;
import dev.muster.daemon.kubernetes.informers.Rows;
import dev.muster.daemon.kubernetes.kinds.Meta;
import dev.muster.daemon.kubernetes.kinds.Resource;
import dev.muster.daemon.kubernetes.kueue.WorkloadRow;
import dev.muster.daemon.kubernetes.raycluster.RayClusterRow;
import dev.muster.daemon.kubernetes.rayjob.RayJobRow;
import dev.muster.daemon.kubernetes.views.View;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the server has now, past the cache. */
public final class Reading {
  private final ApiClient client;
  private final Rows rows;
  private final Clock clock;

  /**
   * @param rows of the client's identity
   */
  Reading(ApiClient client, Rows rows, Clock clock) {
    this.client = client;
    this.rows = rows;
    this.clock = clock;
  }

  /**
   * The rows of a kind that people can name.
   *
   * @param namespace empty for all
   */
  public List<Row> list(String kind, String namespace) {
    Optional<View> view = Catalog.view(kind);
    return view.isPresent() ? list(view.get(), namespace) : list(resource(kind, "list"), namespace);
  }

  private List<Row> list(Resource resource, String namespace) {
    Surroundings around = new Surroundings(client, rows, clock);
    List<ObjectNode> found = new Endpoint(client, resource).list(namespace);
    found.forEach(object -> around.note(resource, object));
    Instant now = clock.instant();
    List<Row> listed = new ArrayList<>();
    switch (resource.name()) {
      case RayClusterRow.KIND -> {
        List<ObjectNode> wrappers = around.read(AppWrapperRow.RESOURCE, namespace);
        around.read(WorkloadRow.RESOURCE, namespace);
        listed.addAll(wrappedOnly(around, wrappers, found, now));
      }
      case AppWrapperRow.KIND -> {
        around.read(RayClusterRow.RESOURCE, namespace);
        around.read(WorkloadRow.RESOURCE, namespace);
      }
      case RayJobRow.KIND -> around.read(WorkloadRow.RESOURCE, namespace);
      default -> {
        // It stands for itself.
      }
    }
    found.forEach(object -> listed.add(around.rows().row(resource, object, now)));
    listed.sort(
        Comparator.<Row, String>comparing(row -> row.key().namespace())
            .thenComparing(row -> row.key().name()));
    return listed;
  }

  /** The clusters that are wrapped but do not exist. */
  private static List<Row> wrappedOnly(
      Surroundings around, List<ObjectNode> wrappers, List<ObjectNode> clusters, Instant now) {
    Set<String> there = new HashSet<>();
    clusters.forEach(c -> there.add(Meta.namespace(c) + "/" + Meta.name(c)));
    List<Row> missing = new ArrayList<>();
    for (ObjectNode wrapper : wrappers) {
      Components.clusters(wrapper)
          .forEach(
              (name, template) -> {
                if (there.add(Meta.namespace(wrapper) + "/" + name)) {
                  ObjectNode cluster = RayClusterRow.wrapped(template, wrapper);
                  missing.add(around.rows().row(RayClusterRow.RESOURCE, cluster, now));
                }
              });
    }
    return missing;
  }

  private List<Row> list(View view, String namespace) {
    Resource over =
        view.over().stream()
            .filter(r -> new Endpoint(client, r).isServed())
            .findFirst()
            .orElse(view.over().getFirst());
    String identity = client.access().identity();
    Instant now = clock.instant();
    return new Endpoint(client, over)
        .list(namespace).stream()
            .flatMap(object -> view.projector().rows(identity, object, now).stream())
            .sorted(
                Comparator.<Row, String>comparing(row -> row.key().namespace())
                    .thenComparing(row -> row.key().name()))
            .toList();
  }

  /** One row of a kind that people can name. */
  public Row get(String kind, String namespace, String name) {
    Optional<View> view = Catalog.view(kind);
    return view.isPresent()
        ? get(view.get(), namespace, name)
        : get(resource(kind, "get"), namespace, name);
  }

  private Row get(View view, String namespace, String name) {
    return list(view, namespace).stream()
        .filter(row -> row.key().name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new Failure(
                    Failure.Kind.NOT_FOUND,
                    "There is no "
                        + view.kind().name()
                        + " "
                        + name
                        + " in the namespace "
                        + namespace
                        + "."));
  }

  Row get(Resource resource, String namespace, String name) {
    return get(new Surroundings(client, rows, clock), resource, namespace, name);
  }

  /** The same, with all that was read for it left in the surroundings. */
  Row get(Surroundings around, Resource resource, String namespace, String name) {
    Endpoint endpoint = new Endpoint(client, resource);
    Optional<ObjectNode> found = endpoint.find(namespace, name);
    ObjectNode object =
        switch (resource.name()) {
          case RayClusterRow.KIND -> cluster(around, found, namespace, name);
          default -> found.orElseThrow(() -> endpoint.none(namespace, name));
        };
    around.note(resource, object);
    if (resource.name().equals(AppWrapperRow.KIND)) {
      around.read(WorkloadRow.RESOURCE, namespace);
      around.read(RayClusterRow.RESOURCE, namespace);
    } else if (resource.name().equals(RayJobRow.KIND)) {
      around.read(WorkloadRow.RESOURCE, namespace);
    }
    return around.rows().row(resource, object, clock.instant());
  }

  private ObjectNode cluster(
      Surroundings around, Optional<ObjectNode> found, String namespace, String name) {
    if (found.isPresent() && !Rows.isWrapped(found.get())) {
      if (!Meta.queue(found.get()).isEmpty()) {
        around.read(WorkloadRow.RESOURCE, namespace);
      }
      return found.get();
    }
    Optional<ObjectNode> wrapper = around.wrapperOf(namespace, name);
    wrapper.ifPresent(
        object -> {
          around.note(AppWrapperRow.RESOURCE, object);
          around.read(WorkloadRow.RESOURCE, namespace);
        });
    return found
        .or(
            () ->
                wrapper.map(
                    object -> RayClusterRow.wrapped(Components.clusters(object).get(name), object)))
        .orElseThrow(() -> new Endpoint(client, RayClusterRow.RESOURCE).none(namespace, name));
  }

  /** The AppWrapper that wraps a RayCluster of that name which is not there yet, or not now. */
  Optional<String> wrapperToMake(String namespace, String name) {
    Surroundings around = new Surroundings(client, rows, clock);
    return around
        .wrapperOf(namespace, name)
        .filter(w -> around.find(RayClusterRow.RESOURCE, namespace, name).isEmpty())
        .map(Meta::name);
  }

  /** Whether there is a RayCluster of that name that no AppWrapper wraps, as far as one may see. */
  boolean isByItself(String namespace, String name) {
    return new Surroundings(client, rows, clock)
        .find(RayClusterRow.RESOURCE, namespace, name)
        .filter(cluster -> !Rows.isWrapped(cluster))
        .isPresent();
  }

  /**
   * The server's object as YAML; without managedFields, as kubectl shows it.
   *
   * @param clean see {@link Cleaned}
   */
  public String manifest(Resource resource, String namespace, String name, boolean clean) {
    ObjectNode object =
        new Endpoint(client, resource)
            .find(namespace, name)
            .orElseThrow(() -> noObject(resource, namespace, name));
    ((ObjectNode) object.path("metadata")).remove("managedFields");
    return Yaml.write(clean ? Cleaned.of(object) : object);
  }

  /** Says so when there is a row, but no object to it. */
  Failure noObject(Resource resource, String namespace, String name) {
    if (resource.name().equals(RayClusterRow.KIND)) {
      Optional<String> wrapper =
          new Surroundings(client, rows, clock).wrapperOf(namespace, name).map(Meta::name);
      if (wrapper.isPresent()) {
        return new Failure(
            Failure.Kind.NOT_FOUND,
            "The RayCluster "
                + name
                + " does not exist at present, only the AppWrapper "
                + wrapper.get()
                + " that wraps it; ask for that one.");
      }
    }
    return new Endpoint(client, resource).none(namespace, name);
  }

  /** A kind that people can read but that no server has. */
  public static Failure isView(String kind, String verb) {
    String of = kind.equals("queued") ? "AppWrapper or RayCluster" : "RayCluster";
    return new Failure(
        Failure.Kind.USAGE,
        "muster cannot " + verb + " a " + kind + " by itself: it is part of a " + of + ".");
  }

  /** Whether somebody can name it. */
  public static Resource resource(String kind, String verb) {
    return Catalog.resource(kind)
        .orElseThrow(
            () ->
                Catalog.view(kind).isPresent()
                    ? isView(kind, verb)
                    : new Failure(
                        Failure.Kind.USAGE, "Kubernetes has no kind \"" + kind + "\" for muster."));
  }
}
