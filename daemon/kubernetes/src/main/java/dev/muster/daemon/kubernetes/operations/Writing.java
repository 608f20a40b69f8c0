package dev.muster.daemon.kubernetes.operations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.core.Row;
import dev.muster.daemon.kubernetes.Yaml;
import dev.muster.daemon.kubernetes.appwrapper.AppWrapperRow;
import dev.muster.daemon.kubernetes.appwrapper.Components;
import dev.muster.daemon.kubernetes.clients.ApiClient;
import dev.muster.daemon.kubernetes.clients.ApiException;
import dev.muster.daemon.kubernetes.kinds.Meta;
import dev.muster.daemon.kubernetes.kinds.Resource;
import dev.muster.daemon.kubernetes.raycluster.RayClusterRow;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes objects on the server be as somebody wants them. */
public final class Writing {
  private static final String JSON = "application/json";
  public static final String MERGE = "application/merge-patch+json";
  private static final String APPLY = "application/apply-patch+yaml";
  private static final Pattern OWNER = Pattern.compile("conflict with \"([^\"]+)\"");

  /** To replace an object that an operator keeps writing to; each try reads it first. */
  private static final int ATTEMPTS = 5;

  private final ApiClient client;
  private final Reading reading;
  private final Answers answers;

  Writing(ApiClient client, Reading reading, Answers answers) {
    this.client = client;
    this.reading = reading;
    this.answers = answers;
  }

  public Row create(Wish wish, boolean dryRun) {
    Manifest manifest = wish.manifest();
    String place = wish.place(manifest);
    refuseBeside(manifest, place);
    JsonNode created = create(manifest, place, wish.origin(), dryRun);
    return answers.written(wish.resource(), manifest.resource(), created, dryRun);
  }

  JsonNode create(Manifest manifest, String place, String origin, boolean dryRun) {
    Endpoint endpoint = new Endpoint(client, manifest.resource());
    return endpoint.doing(
        "create " + manifest.sentence(place),
        () -> {
          Endpoint.Target target = endpoint.target(manifest, place, origin);
          try {
            return client.call(
                "POST", target.path() + options(dryRun), manifest.body(target.apiVersion(), place));
          } catch (ApiException e) {
            throw e.reason().equals("AlreadyExists") ? isThere(manifest, place, e) : e;
          }
        });
  }

  /**
   * An AppWrapper cannot make what is there by itself already: it would be reset again and again,
   * and fail in the end. Nor may anything be made that an AppWrapper is going to make.
   */
  private void refuseBeside(Manifest manifest, String place) {
    if (manifest.resource().name().equals(RayClusterRow.KIND)) {
      reading
          .wrapperToMake(place, manifest.name())
          .ifPresent(
              wrapper -> {
                throw new Failure(
                    Failure.Kind.EXISTS,
                    "There is an AppWrapper %s in the namespace %s already, which is going to make the RayCluster %s; delete that one first, or choose another name."
                        .formatted(wrapper, place, manifest.name()));
              });
    }
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
    return new Failure(
        Failure.Kind.EXISTS,
        "There is "
            + resource.titleWithArticle()
            + " "
            + manifest.name()
            + (resource.namespaced() ? " in the namespace " + place : "")
            + " already.",
        e);
  }

  /** Server-side apply, as the field manager "muster". */
  public Row apply(Wish wish, boolean force, boolean dryRun) {
    Manifest manifest = wish.manifest();
    String place = wish.place(manifest);
    refuseBeside(manifest, place);
    JsonNode answer = apply(manifest, place, wish.origin(), force, dryRun);
    return answers.written(wish.resource(), manifest.resource(), answer, dryRun);
  }

  JsonNode apply(Manifest manifest, String place, String origin, boolean force, boolean dryRun) {
    Endpoint endpoint = new Endpoint(client, manifest.resource());
    return endpoint.doing(
        "apply " + manifest.sentence(place),
        () -> {
          Endpoint.Target target = endpoint.target(manifest, place, origin);
          ObjectNode body = manifest.body(target.apiVersion(), place);
          ((ObjectNode) body.path("metadata")).remove("managedFields");
          String path = target.path() + "/" + manifest.name() + options(dryRun) + "&force=";
          try {
            return client.call("PATCH", path + force, APPLY, body);
          } catch (ApiException e) {
            if (e.code() != 409 || !e.reason().equals("Conflict") || e.causes().isEmpty()) {
              throw e;
            }
            if (!isOurs(e)) {
              throw conflict(manifest, place, e);
            }
            return client.call("PATCH", path + true, APPLY, body);
          }
        });
  }

  /**
   * Whether it is muster alone that set those fields, by a create or a patch: for the server each
   * kind of write has an owner of its own, even under one name.
   */
  private static boolean isOurs(ApiException e) {
    return e.causes().stream().allMatch(Writing::isOurs);
  }

  private static boolean isOurs(String cause) {
    Matcher owner = OWNER.matcher(cause);
    return owner.find() && owner.group(1).equals("muster");
  }

  private static Failure conflict(Manifest manifest, String place, ApiException e) {
    StringBuilder fields = new StringBuilder();
    for (String cause : e.causes()) {
      if (isOurs(cause)) {
        continue;
      }
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
    Manifest manifest = wish.manifest();
    String place = wish.place(manifest);
    Endpoint endpoint = new Endpoint(client, manifest.resource());
    Endpoint.Target target = endpoint.target(manifest, place, wish.origin());
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
        return answers.written(wish.resource(), manifest.resource(), answer, dryRun);
      } catch (Failure e) {
        // An operator wrote its status in between: the newest is to be replaced, whichever that is.
        if (pinned || attempt == ATTEMPTS || !isConflict(e)) {
          throw e;
        }
      }
    }
  }

  /**
   * Changes what differs between a manifest as it was read and as it is to be, and nothing that an
   * operator wrote since: its status moves at any time, also while somebody is in an editor.
   */
  public Row edit(Wish wish, String before, boolean dryRun) {
    Manifest manifest = wish.manifest();
    String place = wish.place(manifest);
    Manifest shown = Manifest.parse(wish.resource(), before, "What was edited");
    if (!manifest.isOf(shown)) {
      throw Failure.usage(
          "An edit cannot change the kind, the name or the namespace: it was "
              + shown.sentence(place)
              + "; muster create makes another one.");
    }
    ObjectNode patch = MergePatch.between(shown.object(), manifest.object());
    // One of the same name that somebody makes in between is not the one that was edited.
    patch.withObject("/metadata").put("uid", Meta.uid(shown.object()));
    return change(manifest.resource(), "edit", place, manifest.name(), MERGE, patch, dryRun);
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
          case "merge" -> MERGE;
          case "json" -> "application/json-patch+json";
          default ->
              throw Failure.usage("A patch is of the type merge or json, not \"" + type + "\".");
        };
    if (type.equals("json") ? !body.isArray() : !body.isObject()) {
      throw Failure.usage(
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
    return answers.written(resource, resource, answer, dryRun);
  }

  static String options(boolean dryRun) {
    return "?fieldManager=muster&fieldValidation=Strict" + (dryRun ? "&dryRun=All" : "");
  }
}
