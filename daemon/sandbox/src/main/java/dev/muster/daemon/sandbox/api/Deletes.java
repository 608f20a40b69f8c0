package dev.muster.daemon.sandbox.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.sandbox.schema.Cause;
import dev.muster.daemon.sandbox.store.Deletion;
import dev.muster.daemon.sandbox.store.Json;
import dev.muster.daemon.sandbox.store.ResourceType;
import dev.muster.daemon.sandbox.store.StaleWriteException;
import dev.muster.daemon.sandbox.store.Store;
import dev.muster.daemon.sandbox.store.StoredObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** DELETE, of one object and of collections. */
final class Deletes {

  private static final Set<String> POLICIES = Set.of("Background", "Foreground", "Orphan");

  private final Store store;
  private final Deletion deletion;

  Deletes(Store store, Deletion deletion) {
    this.store = store;
    this.deletion = deletion;
  }

  /** DeleteOptions, from the body or the query. */
  private record Options(String policy, long grace, String uid, String version, boolean dryRun) {

    static Options of(Call call) {
      JsonNode body = Bodies.options(call);
      // Options in a body replace those of the query altogether.
      String policy = option(call, body.path("propagationPolicy"), "propagationPolicy");
      if (policy.isEmpty() && body.path("orphanDependents").asBoolean()) {
        policy = "Orphan";
      }
      if (!policy.isEmpty() && !POLICIES.contains(policy)) {
        throw Failures.invalidOptions(
            "DeleteOptions",
            new Cause(
                "propagationPolicy",
                "FieldValueNotSupported",
                "Unsupported value: \"%s\": supported values: \"Foreground\", \"Background\","
                        .formatted(policy)
                    + " \"Orphan\", \"nil\""));
      }
      String dryRun = option(call, body.at("/dryRun/0"), "dryRun");
      DryRun.check(dryRun, "DeleteOptions");
      return new Options(
          policy,
          call.hasBody()
              ? body.path("gracePeriodSeconds").asLong(-1)
              : call.number("gracePeriodSeconds", -1),
          body.at("/preconditions/uid").asText(""),
          body.at("/preconditions/resourceVersion").asText(""),
          dryRun.equals("All"));
    }

    private static String option(Call call, JsonNode inBody, String name) {
      return call.hasBody() ? inBody.asText("") : call.option(name);
    }

    String finalizer() {
      return switch (policy) {
        case "Foreground" -> Deletion.FOREGROUND;
        case "Orphan" -> Deletion.ORPHAN;
        default -> "";
      };
    }
  }

  Answer delete(ResourceType type, Target target, Call call) {
    Options options = Options.of(call);
    StoredObject last = delete(type, target, options);
    // A real server answers with a Status once a custom object is gone, with the object until then.
    boolean whole =
        last.terminating() || Set.of(ResourceType.PODS, ResourceType.SERVICES).contains(type);
    return whole ? Answer.json(200, last::writeTo, List.of()) : Answer.json(200, success(last));
  }

  private StoredObject delete(ResourceType type, Target target, Options options) {
    while (true) {
      StoredObject found =
          store.get(type, target.key()).orElseThrow(() -> Failures.notFound(type, target.name()));
      check(found, options);
      if (options.dryRun()) {
        return found;
      }
      try {
        return deletion.delete(found, options.finalizer(), options.grace());
      } catch (StaleWriteException e) {
        // Somebody wrote in between: look again, with the preconditions.
      }
    }
  }

  private static void check(StoredObject found, Options options) {
    String name = found.key().name();
    if (!options.uid().isEmpty() && !options.uid().equals(found.uid())) {
      throw Failures.precondition(
          found.type(),
          name,
          "the UID in the precondition (%s) does not match the UID in record (%s). The object might"
                  .formatted(options.uid(), found.uid())
              + " have been deleted and then recreated");
    }
    String version = Long.toString(found.version());
    if (!options.version().isEmpty() && !options.version().equals(version)) {
      throw Failures.precondition(
          found.type(),
          name,
          "the ResourceVersion in the precondition (%s) does not match the ResourceVersion in record"
                  .formatted(options.version())
              + " (%s). The object might have been modified".formatted(version));
    }
  }

  private static ObjectNode success(StoredObject gone) {
    ObjectNode status = Json.object().put("kind", "Status").put("apiVersion", "v1");
    status.putObject("metadata");
    status.put("status", "Success");
    ResourceType type = gone.type();
    status.set(
        "details",
        Failures.details(type.group(), type.plural(), gone.key().name()).put("uid", gone.uid()));
    return status;
  }

  Answer deleteAll(ResourceType type, Target target, Call call) {
    Options options = Options.of(call);
    Selection selection = Selection.of(type, target, call);
    List<StoredObject> deleted = new ArrayList<>();
    var snapshot = store.list(type, selection.namespace());
    for (StoredObject object : snapshot.objects()) {
      if (selection.includes(object)) {
        deleteOne(object, options).ifPresent(deleted::add);
      }
    }
    ObjectNode metadata = Json.object().put("resourceVersion", Long.toString(store.version()));
    return Answer.json(200, out -> Lists.write(out, type, metadata, deleted), List.of());
  }

  private Optional<StoredObject> deleteOne(StoredObject object, Options options) {
    Target one = new Target("", "", "", object.key().namespace(), object.key().name(), "");
    try {
      return Optional.of(delete(object.type(), one, options));
    } catch (ApiException e) {
      if (e.code() == 404) {
        return Optional.empty();
      }
      throw e;
    }
  }
}
