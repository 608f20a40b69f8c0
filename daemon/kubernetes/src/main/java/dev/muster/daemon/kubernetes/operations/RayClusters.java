package dev.muster.daemon.kubernetes.operations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.core.CacheWriter;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.core.Row;
import dev.muster.daemon.kubernetes.Yaml;
import dev.muster.daemon.kubernetes.clients.ApiClient;
import dev.muster.daemon.kubernetes.clients.ApiException;
import dev.muster.daemon.kubernetes.clients.ApiFailures;
import dev.muster.daemon.kubernetes.clients.Pages;
import dev.muster.daemon.kubernetes.clients.Served;
import dev.muster.daemon.kubernetes.clients.UnreachableException;
import dev.muster.daemon.kubernetes.define.Syntax;
import dev.muster.daemon.kubernetes.informers.Rows;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What can be done with RayClusters on the server itself, past the cache. What a write answers is
 * put into the cache before the call returns, so that no later read is older than it.
 */
public final class RayClusters {
  private static final String PLURAL = "rayclusters";

  private final ApiClient client;
  private final Rows rows;
  private final CacheWriter writer;
  private final Clock clock;

  public RayClusters(ApiClient client, Rows rows, CacheWriter writer, Clock clock) {
    this.client = client;
    this.rows = rows;
    this.writer = writer;
    this.clock = clock;
  }

  /**
   * @param namespace empty for all
   */
  public List<Row> list(String namespace) {
    String where = namespace.isEmpty() ? "in all namespaces" : "in the namespace " + namespace;
    return failing(
        "list " + PLURAL + " " + where,
        () -> {
          List<Row> found = new ArrayList<>();
          Pages.read(
              client,
              path(version(), namespace),
              "",
              cluster -> found.add(rows.row(cluster, clock.instant())));
          return found;
        });
  }

  public Row get(String namespace, String name) {
    return rows.row(read(namespace, name), clock.instant());
  }

  /** The server's object as YAML; without managedFields, as kubectl shows it. */
  public String manifest(String namespace, String name) {
    ObjectNode object = read(namespace, name);
    ((ObjectNode) object.path("metadata")).remove("managedFields");
    return Yaml.write(object);
  }

  private ObjectNode read(String namespace, String name) {
    return failing(
        "read the RayCluster " + name + " in the namespace " + namespace,
        () -> {
          try {
            return (ObjectNode) client.get(path(version(), namespace) + "/" + checked(name));
          } catch (ApiException e) {
            throw e.code() == 404 && e.about().equals(PLURAL) ? none(namespace, name) : e;
          }
        });
  }

  /**
   * @param namespace where, unless the manifest names one
   * @param said whether that namespace was asked for, rather than being the context's
   */
  public Row create(String yaml, String origin, String namespace, boolean said, boolean dryRun) {
    Manifest manifest = Manifest.parse(yaml, origin);
    if (said && !manifest.namespace().isEmpty() && !manifest.namespace().equals(namespace)) {
      throw new Failure(
          Failure.Kind.USAGE,
          origin
              + " is for the namespace "
              + manifest.namespace()
              + ", but "
              + namespace
              + " was asked for; drop one of the two.");
    }
    String where = manifest.namespace().isEmpty() ? namespace : manifest.namespace();
    String what = "the RayCluster " + manifest.name() + " in the namespace " + where;
    return failing(
        "create " + what,
        () -> {
          String version = versionFor(manifest);
          ObjectNode body = manifest.object().deepCopy();
          body.put("apiVersion", "ray.io/" + version);
          ((ObjectNode) body.path("metadata")).put("namespace", where);
          JsonNode created;
          try {
            created =
                client.call(
                    "POST",
                    path(version, where)
                        + "?fieldManager=muster&fieldValidation=Strict"
                        + (dryRun ? "&dryRun=All" : ""),
                    body);
          } catch (ApiException e) {
            if (e.reason().equals("AlreadyExists")) {
              throw new Failure(
                  Failure.Kind.EXISTS,
                  "There is a RayCluster "
                      + manifest.name()
                      + " in the namespace "
                      + where
                      + " already.",
                  e);
            }
            throw e;
          }
          if (dryRun) {
            return rows.row((ObjectNode) created, clock.instant());
          }
          Row row = rows.row(((ObjectNode) created).deepCopy(), clock.instant());
          writer.await(rows.cluster((ObjectNode) created, clock.instant()));
          return row;
        });
  }

  /**
   * In the foreground: the RayCluster goes when its pods have gone. Answers with the row as it was.
   */
  public Row delete(String namespace, String name, boolean dryRun) {
    ObjectNode before = read(namespace, name);
    String uid = before.path("metadata").path("uid").asText("");
    Row row = rows.row(before, clock.instant());
    ObjectNode options = Yaml.JSON.createObjectNode();
    options.put("apiVersion", "v1").put("kind", "DeleteOptions");
    options.put("propagationPolicy", "Foreground");
    // A cluster of the same name that somebody makes in between is not the one that was meant.
    options.putObject("preconditions").put("uid", uid);
    if (dryRun) {
      options.putArray("dryRun").add("All");
    }
    return failing(
        "delete the RayCluster " + name + " in the namespace " + namespace,
        () -> {
          JsonNode answer;
          try {
            answer =
                client.call("DELETE", path(version(), namespace) + "/" + checked(name), options);
          } catch (ApiException e) {
            throw e.code() == 404 && e.about().equals(PLURAL) ? none(namespace, name) : e;
          }
          if (!dryRun) {
            boolean stays =
                answer.path("kind").asText("").equals("RayCluster")
                    && !answer.path("metadata").path("finalizers").isEmpty();
            writer.await(
                stays
                    ? rows.cluster((ObjectNode) answer, clock.instant())
                    : rows.clusterGone(namespace, name, uid, clock.instant()));
          }
          return row;
        });
  }

  private <T> T failing(String doing, Supplier<T> operation) {
    try {
      return operation.get();
    } catch (ApiException | UnreachableException e) {
      if (e instanceof ApiException answer && answer.code() == 404) {
        client.forget();
      }
      throw ApiFailures.of(e, client.access(), doing, PLURAL);
    }
  }

  private String version() {
    return served().highest().orElseThrow(this::notInstalled);
  }

  private String versionFor(Manifest manifest) {
    Served served = served();
    return served.versions().contains(manifest.version()) ? manifest.version() : version();
  }

  private Served served() {
    Served served = client.rayClusters();
    if (served.highest().isEmpty()) {
      client.forget();
    }
    return served;
  }

  private Failure notInstalled() {
    return new Failure(
        Failure.Kind.FAILED,
        "The server "
            + client.access().server()
            + " has no RayCluster kind: KubeRay is not installed there.");
  }

  private String path(String version, String namespace) {
    Optional<String> broken = namespace.isEmpty() ? Optional.empty() : Syntax.namespace(namespace);
    if (broken.isPresent()) {
      throw new Failure(Failure.Kind.USAGE, "\"" + namespace + "\" " + broken.get() + ".");
    }
    return client.rayClusters().path(version, namespace);
  }

  /** A name goes into a path: it may not be able to leave its place there. */
  private static String checked(String name) {
    if (!name.matches("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?")) {
      throw new Failure(
          Failure.Kind.USAGE,
          "\"" + name + "\" is not a name: use lower-case letters, digits and \"-\" (RFC 1123).");
    }
    return name;
  }

  private static Failure none(String namespace, String name) {
    return new Failure(
        Failure.Kind.NOT_FOUND,
        "There is no RayCluster " + name + " in the namespace " + namespace + ".");
  }
}
