package dev.muster.daemon.kubernetes.submission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.core.Cancellation;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.kubernetes.Yaml;
import dev.muster.daemon.kubernetes.clients.ApiClient;
import dev.muster.daemon.kubernetes.clients.ApiException;
import dev.muster.daemon.kubernetes.clients.ApiFailures;
import dev.muster.daemon.kubernetes.clients.UnreachableException;
import dev.muster.daemon.kubernetes.define.JobFiles;
import dev.muster.daemon.kubernetes.jobs.Site;
import dev.muster.daemon.kubernetes.operations.Writing;
import dev.muster.daemon.kubernetes.rayjob.RayJobRow;
import java.time.Duration;
import java.time.Instant;

/**
 * The Secret with a RayJob's files, on the server. The RayJob owns it, so that it goes with it; but
 * does not block its owner's deletion, since who may not change a RayJob's finalizers may not say
 * that (admission plugin OwnerReferencesPermissionEnforcement). What is in it is never read.
 */
final class FilesSecret {
  /** For one to go whose RayJob was just deleted. */
  private static final Duration GOING = Duration.ofSeconds(30);

  private final Site site;
  private final String namespace;
  private final String job;
  private final String name;

  FilesSecret(Site site, String namespace, String job) {
    this(site, namespace, job, JobFiles.secretName(job));
  }

  /**
   * @param name of the Secret
   */
  FilesSecret(Site site, String namespace, String job, String name) {
    this.site = site;
    this.namespace = namespace;
    this.job = job;
    this.name = name;
  }

  /**
   * Asks the server whether it could be made, before anything is.
   *
   * @throws Failure FORBIDDEN, with another way; EXISTS
   */
  void check(ObjectNode secret, Duration pause, Cancellation cancellation) {
    Instant until = site.clock().instant().plus(GOING);
    while (true) {
      try {
        post(secret, "?dryRun=All");
        return;
      } catch (Failure e) {
        switch (e.kind()) {
          case FORBIDDEN -> throw forbidden(e);
          case EXISTS -> {
            boolean waited = site.clock().instant().isAfter(until);
            if (waited || !cancellation.pause(pause)) {
              throw new Failure(
                  e.kind(),
                  "There is a Secret "
                      + name
                      + " in the namespace "
                      + namespace
                      + " already, where the files of the RayJob "
                      + job
                      + " would be; choose another name.",
                  e);
            }
          }
          default -> throw e;
        }
      }
    }
  }

  private static Failure forbidden(Failure e) {
    return new Failure(
        e.kind(),
        e.getMessage()
            + " With --submission-mode InteractiveMode the files are sent to Ray itself.",
        e);
  }

  /**
   * Makes it.
   *
   * @param owner uid of its RayJob
   */
  void create(ObjectNode secret, String owner) {
    ObjectNode owned = secret.deepCopy();
    owned.withObjectProperty("metadata").set("ownerReferences", owners(owner));
    post(owned, "");
  }

  /** Has it stay when its RayJob is deleted. */
  void release() {
    patch(Yaml.JSON.nullNode());
  }

  /** Has it go with that RayJob. */
  void adopt(String owner) {
    patch(owners(owner));
  }

  private JsonNode owners(String uid) {
    return Yaml.JSON
        .createArrayNode()
        .add(
            Yaml.JSON
                .createObjectNode()
                .put("apiVersion", "ray.io/v1")
                .put("kind", RayJobRow.RESOURCE.title())
                .put("name", job)
                .put("uid", uid));
  }

  private void post(ObjectNode secret, String options) {
    ObjectNode placed = secret.deepCopy();
    placed.withObjectProperty("metadata").put("namespace", namespace);
    doing("create", client -> client.call("POST", path() + options, placed));
  }

  private void patch(JsonNode owners) {
    ObjectNode patch = Yaml.JSON.createObjectNode();
    patch.putObject("metadata").set("ownerReferences", owners);
    doing("change", client -> client.call("PATCH", path() + "/" + name, Writing.MERGE, patch));
  }

  private String path() {
    return "/api/v1/namespaces/" + namespace + "/secrets";
  }

  private interface Request {
    JsonNode send(ApiClient client);
  }

  private void doing(String verb, Request request) {
    ApiClient client = site.client().get();
    try {
      request.send(client);
    } catch (ApiException | UnreachableException e) {
      throw ApiFailures.of(
          e,
          client.access(),
          verb + " the Secret " + name + " in the namespace " + namespace,
          "secrets");
    }
  }
}
