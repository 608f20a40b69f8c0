package dev.muster.daemon.kubernetes.operations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.core.CacheWriter;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.core.Row;
import dev.muster.daemon.kubernetes.Yaml;
import dev.muster.daemon.kubernetes.appwrapper.AppWrapperRow;
import dev.muster.daemon.kubernetes.appwrapper.Components;
import dev.muster.daemon.kubernetes.clients.ApiClient;
import dev.muster.daemon.kubernetes.clients.ApiException;
import dev.muster.daemon.kubernetes.informers.Rows;
import dev.muster.daemon.kubernetes.kinds.Meta;
import dev.muster.daemon.kubernetes.kinds.Resource;
import dev.muster.daemon.kubernetes.raycluster.RayClusterRow;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What changes objects on the server. What a write answers is put into the cache before the call
 * returns, so that no later read is older than it.
 */
public final class Writing {
  private static final String JSON = "application/json";
  private static final String APPLY = "application/apply-patch+yaml";
  private static final Pattern OWNER = Pattern.compile("conflict with \"([^\"]+)\"");

  /** To replace an object that an operator keeps writing to; each try reads it first. */
  private static final int ATTEMPTS = 5;

  private final ApiClient client;
  private final Rows rows;
  private final CacheWriter writer;
  private final Clock clock;
  private final Reading reading;

  /**
   * @param rows of the client's identity
   */
  public Writing(ApiClient client, Rows rows, CacheWriter writer, Clock clock) {
    this.client = client;
    this.rows = rows;
    this.writer = writer;
    this.clock = clock;
    this.reading = new Reading(client, rows, clock);
  }

  /**
   * A text that somebody wants to be so, and where.
   *
   * @param resource what was named
   * @param origin what the text came from
   * @param namespace where, unless the text names one
   * @param said whether that namespace was asked for, rather than being the context's
   */
  public record Wish(
      Resource resource, String yaml, String origin, String namespace, boolean said) {}

  public Row create(Wish wish, boolean dryRun) {
    Manifest manifest = Manifest.parse(wish.resource, wish.yaml, wish.origin);
    String place = manifest.place(wish.namespace, wish.said, wish.origin);
    refuseBeside(manifest, place);
    Endpoint endpoint = new Endpoint(client, manifest.resource());
    return endpoint.doing(
        "create " + manifest.sentence(place),
        () -> {
          Endpoint.Target target = endpoint.target(manifest, place, wish.origin);
          JsonNode created;
          try {
            created =
                client.call(
                    "POST",
                    target.path() + options(dryRun),
                    manifest.body(target.apiVersion(), place));
          } catch (ApiException e) {
            throw e.reason().equals("AlreadyExists") ? isThere(manifest, place, e) : e;
          }
          return done(wish.resource, manifest.resource(), created, dryRun);
        });
  }

  /**
   * An AppWrapper cannot make what is there by itself already: it would be reset again and again,
   * and fail in the end.
   */
  private void refuseBeside(Manifest manifest, String place) {
    if (!manifest.resource().name().equals(AppWrapperRow.KIND)) {
      return;
    }
    for (String name : Components.clusters(manifest.object()).keySet()) {
      if (reading.isByItself(place, name)) {
        throw new Failure(
            Failure.Kind.EXISTS,
            "There is a RayCluster "
                + name
                + " in the namespace "
                + place
                + " already, which no AppWrapper wraps.");
      }
    }
  }

  private static Failure isThere(Manifest manifest, String place, ApiException e) {
    Resource resource = manifest.resource();
    String title = resource.title();
    return new Failure(
        Failure.Kind.EXISTS,
        "There is "
            + (title.startsWith("A") ? "an " : "a ")
            + title
            + " "
            + manifest.name()
            + (resource.namespaced() ? " in the namespace " + place : "")
            + " already.",
        e);
  }

  /** Server-side apply, as the field manager "muster". */
  public Row apply(Wish wish, boolean force, boolean dryRun) {
    Manifest manifest = Manifest.parse(wish.resource, wish.yaml, wish.origin);
    String place = manifest.place(wish.namespace, wish.said, wish.origin);
    refuseBeside(manifest, place);
    JsonNode answer = apply(manifest, place, wish.origin, force, dryRun);
    return done(wish.resource, manifest.resource(), answer, dryRun);
  }

  JsonNode apply(Manifest manifest, String place, String origin, boolean force, boolean dryRun) {
    Endpoint endpoint = new Endpoint(client, manifest.resource());
    return endpoint.doing(
        "apply " + manifest.sentence(place),
        () -> {
          Endpoint.Target target = endpoint.target(manifest, place, origin);
          ObjectNode body = manifest.body(target.apiVersion(), place);
          ((ObjectNode) body.path("metadata")).remove("managedFields");
          String path = target.path() + "/" + manifest.name() + options(dryRun) + "&force=" + force;
          try {
            return client.call("PATCH", path, APPLY, body);
          } catch (ApiException e) {
            throw e.code() == 409 && e.reason().equals("Conflict") && !e.causes().isEmpty()
                ? conflict(manifest, place, e)
                : e;
          }
        });
  }

  private static Failure conflict(Manifest manifest, String place, ApiException e) {
    StringBuilder fields = new StringBuilder();
    for (String cause : e.causes()) {
      int colon = cause.indexOf(": ");
      Matcher owner = OWNER.matcher(cause);
      fields
          .append(fields.isEmpty() ? "" : ", ")
          .append(colon < 0 ? cause : cause.substring(0, colon))
          .append(owner.find() ? " (" + owner.group(1) + ")" : "");
    }
    return new Failure(
        Failure.Kind.FAILED,
        "Cannot apply "
            + manifest.sentence(place)
            + ": others set these fields: "
            + fields
            + "; leave them out, or take them over with --force-conflicts.",
        e);
  }

  /** Replaces the whole object. */
  public Row update(Wish wish, boolean dryRun) {
    Manifest manifest = Manifest.parse(wish.resource, wish.yaml, wish.origin);
    String place = manifest.place(wish.namespace, wish.said, wish.origin);
    Endpoint endpoint = new Endpoint(client, manifest.resource());
    Endpoint.Target target = endpoint.target(manifest, place, wish.origin);
    ObjectNode body = manifest.body(target.apiVersion(), place);
    ObjectNode metadata = (ObjectNode) body.path("metadata");
    boolean pinned = !metadata.path("resourceVersion").asText("").isEmpty();
    for (int attempt = 1; ; attempt++) {
      if (!pinned) {
        metadata.put("resourceVersion", Meta.version(endpoint.read(place, manifest.name())));
      }
      try {
        JsonNode answer =
            endpoint.change(
                "update",
                "PUT",
                place,
                manifest.name(),
                target.path() + "/" + manifest.name() + options(dryRun),
                JSON,
                body);
        return done(wish.resource, manifest.resource(), answer, dryRun);
      } catch (Failure e) {
        // An operator wrote its status in between: the newest is to be replaced, whichever that is.
        if (pinned || attempt == ATTEMPTS || !isConflict(e)) {
          throw e;
        }
      }
    }
  }

  private static boolean isConflict(Failure failure) {
    return failure.getCause() instanceof ApiException answer && answer.code() == 409;
  }

  /**
   * @param type "merge" or "json"
   */
  public Row patch(
      Resource resource, String namespace, String name, String patch, String type, boolean dryRun) {
    JsonNode body = Yaml.parse(patch.getBytes(StandardCharsets.UTF_8), "The patch");
    String media =
        switch (type) {
          case "merge" -> "application/merge-patch+json";
          case "json" -> "application/json-patch+json";
          default -> throw usage("A patch is of the type merge or json, not \"" + type + "\".");
        };
    if (type.equals("json") ? !body.isArray() : !body.isObject()) {
      throw usage(
          "A patch of the type "
              + type
              + " is "
              + (type.equals("json") ? "a list of operations." : "a piece of the object."));
    }
    return change(resource, "patch", namespace, name, media, body, dryRun);
  }

  Row change(
      Resource resource,
      String verb,
      String namespace,
      String name,
      String media,
      JsonNode body,
      boolean dryRun) {
    Endpoint endpoint = new Endpoint(client, resource);
    JsonNode answer =
        endpoint.change(
            verb,
            "PATCH",
            namespace,
            name,
            endpoint.path(namespace, name) + options(dryRun),
            media,
            body);
    return done(resource, resource, answer, dryRun);
  }

  /**
   * In the foreground: it goes when what is below it has gone. A cluster that an AppWrapper wraps
   * goes with that one, which would make it again otherwise. Answers with the row as it was.
   */
  public Row delete(Resource resource, String namespace, String name, boolean dryRun) {
    Endpoint endpoint = new Endpoint(client, resource);
    Row before = reading.get(resource, namespace, name);
    Optional<String> wrapper = wrapper(before);
    if (resource.name().equals(RayClusterRow.KIND) && wrapper.isPresent()) {
      Endpoint outer = new Endpoint(client, AppWrapperRow.RESOURCE);
      Optional<ObjectNode> object =
          outer.isServed() ? outer.find(namespace, wrapper.get()) : Optional.empty();
      if (object.isPresent()) {
        delete(outer, object.get(), dryRun);
        return before;
      }
    }
    delete(endpoint, endpoint.read(namespace, name), dryRun);
    return before;
  }

  /** The AppWrapper that owns what that row is about. */
  private static Optional<String> wrapper(Row row) {
    String prefix = AppWrapperRow.TITLE + "/";
    return row.owner().startsWith(prefix)
        ? Optional.of(row.owner().substring(prefix.length()))
        : Optional.empty();
  }

  private void delete(Endpoint endpoint, ObjectNode object, boolean dryRun) {
    String namespace = Meta.namespace(object);
    String name = Meta.name(object);
    ObjectNode options = Yaml.JSON.createObjectNode();
    options.put("apiVersion", "v1").put("kind", "DeleteOptions");
    options.put("propagationPolicy", "Foreground");
    // One of the same name that somebody makes in between is not the one that was meant.
    options.putObject("preconditions").put("uid", Meta.uid(object));
    if (dryRun) {
      options.putArray("dryRun").add("All");
    }
    JsonNode answer =
        endpoint.change(
            "delete", "DELETE", namespace, name, endpoint.path(namespace, name), JSON, options);
    if (dryRun) {
      return;
    }
    Resource resource = endpoint.resource();
    boolean stays =
        answer.path("kind").asText("").equals(resource.title())
            && !answer.path("metadata").path("finalizers").isEmpty();
    writer.await(
        stays
            ? rows.put(resource, (ObjectNode) answer, clock.instant())
            : rows.gone(resource, object, clock.instant()));
  }

  /** Puts what the server answered into the cache, and makes the row of what was asked about. */
  private Row done(Resource asked, Resource resource, JsonNode answer, boolean dryRun) {
    ObjectNode object = (ObjectNode) answer;
    Rows into = dryRun ? rows.aside() : rows;
    ObjectNode wanted = object;
    if (!asked.name().equals(resource.name())) {
      // A cluster was asked for, and came wrapped.
      wanted =
          RayClusterRow.wrapped(Components.clusters(object).values().iterator().next(), object);
    }
    if (dryRun) {
      into.note(resource, object, clock.instant());
      return into.row(asked, wanted.deepCopy(), clock.instant());
    }
    ObjectNode row = wanted.deepCopy();
    long written = into.put(resource, object.deepCopy(), clock.instant());
    writer.await(written);
    return into.row(asked, row, clock.instant());
  }

  private static String options(boolean dryRun) {
    return "?fieldManager=muster&fieldValidation=Strict" + (dryRun ? "&dryRun=All" : "");
  }

  static Failure usage(String sentence) {
    return new Failure(Failure.Kind.USAGE, sentence);
  }
}
