package dev.muster.daemon.sandbox.appwrapper;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.sandbox.api.ApiException;
import dev.muster.daemon.sandbox.api.Operators;
import dev.muster.daemon.sandbox.controllers.Conditions;
import dev.muster.daemon.sandbox.controllers.Objects;
import dev.muster.daemon.sandbox.controllers.Stopwatch;
import dev.muster.daemon.sandbox.store.Json;
import dev.muster.daemon.sandbox.store.ObjectKey;
import dev.muster.daemon.sandbox.store.ResourceType;
import dev.muster.daemon.sandbox.store.StoredObject;
import java.util.List;
import java.util.Optional;

/**
 * Makes and deletes what an AppWrapper wraps (internal/controller/appwrapper/resource_management.go
 * of AppWrapper 1.2.0).
 */
final class Components {

  static final String DEPLOYED = "ResourcesDeployed";
  static final String DELETING = "DeletingResources";

  private static final String OPERATOR = "appwrapper";

  private final Objects objects;
  private final Operators operators;
  private final Stopwatch watch;

  Components(Objects objects, Operators operators, Stopwatch watch) {
    this.objects = objects;
    this.operators = operators;
    this.watch = watch;
  }

  /**
   * Why something could not be made.
   *
   * @param fatal trying again would not help
   */
  record Problem(String text, boolean fatal) {}

  /** Makes what is not there yet, and notes each in the status; stops at the first problem. */
  Optional<Problem> create(Wrapper wrapper) {
    JsonNode components = wrapper.spec().path("components");
    for (int i = 0; i < components.size(); i++) {
      if (!Conditions.holds(wrapper.component(i), DEPLOYED)) {
        Optional<Problem> problem = create(wrapper, components.get(i), wrapper.component(i));
        if (problem.isPresent()) {
          return problem;
        }
      }
    }
    return Optional.empty();
  }

  private Optional<Problem> create(Wrapper wrapper, JsonNode component, ObjectNode status) {
    ObjectNode object = object(wrapper, component, status);
    if (Conditions.find(status, DEPLOYED) == null) {
      String apiVersion = object.path("apiVersion").asText();
      status.put("name", object.at("/metadata/name").asText());
      status.put("kind", object.path("kind").asText()).put("apiVersion", apiVersion);
      wrapper.conditions(status).set(DEPLOYED, "Unknown", "ComponentCreationInitiated", "");
      wrapper.save();
    }
    Optional<Problem> problem = make(wrapper, object, status);
    wrapper
        .conditions(status)
        .set(
            DEPLOYED,
            problem.isEmpty() ? "True" : "False",
            problem.isEmpty() ? "ComponentCreatedSuccessfully" : "ComponentCreationErrored",
            "");
    wrapper.save();
    return problem;
  }

  private Optional<Problem> make(Wrapper wrapper, ObjectNode object, ObjectNode status) {
    String apiVersion = object.path("apiVersion").asText();
    String kind = object.path("kind").asText();
    Optional<ResourceType> type = operators.served(apiVersion, kind);
    if (type.isEmpty()) {
      return Optional.of(
          new Problem(
              "no matches for kind \"%s\" in version \"%s\"".formatted(kind, apiVersion), true));
    }
    try {
      StoredObject made = operators.create(type.get(), object, OPERATOR);
      status.put("name", made.key().name());
      return Optional.empty();
    } catch (ApiException e) {
      boolean ours =
          e.status().path("reason").asText().equals("AlreadyExists")
              && objects
                  .store()
                  .get(type.get(), StoredObject.keyOf(object))
                  .filter(found -> found.owners().contains(wrapper.stored().uid()))
                  .isPresent();
      return ours
          ? Optional.empty()
          : Optional.of(new Problem(e.getMessage(), e.code() == 409 || e.code() == 422));
    }
  }

  /** The wrapped object with its owner, and with what Kueue wants in its pod templates. */
  private static ObjectNode object(Wrapper wrapper, JsonNode component, JsonNode status) {
    ObjectNode object = component.path("template").deepCopy();
    ObjectNode metadata = Json.child(object, "metadata");
    metadata.put("namespace", wrapper.namespace());
    Json.child(metadata, "labels").put(Wrapper.LABEL, wrapper.name());
    Json.child(metadata, "annotations").put(Objects.SIMULATED, "true");
    metadata
        .putArray("ownerReferences")
        .addObject()
        .put("apiVersion", ResourceType.APPWRAPPERS.apiVersion())
        .put("kind", "AppWrapper")
        .put("name", wrapper.name())
        .put("uid", wrapper.stored().uid())
        .put("controller", true)
        .put("blockOwnerDeletion", true);
    JsonNode sets = status.path("podSets");
    for (int i = 0; i < sets.size(); i++) {
      JsonNode place = Templates.at(object, sets.get(i).path("path").asText());
      inject((ObjectNode) place, component.path("podSetInfos").path(i), wrapper.name());
    }
    return object;
  }

  private static void inject(ObjectNode template, JsonNode info, String wrapper) {
    ObjectNode metadata = Json.child(template, "metadata");
    ObjectNode spec = Json.child(template, "spec");
    Json.strings(info.path("annotations")).forEach(Json.child(metadata, "annotations")::put);
    if (metadata.path("annotations").isEmpty()) {
      metadata.remove("annotations");
    }
    Json.strings(info.path("labels")).forEach(Json.child(metadata, "labels")::put);
    Json.child(metadata, "labels").put(Wrapper.LABEL, wrapper);
    if (!info.path("nodeSelector").isEmpty()) {
      Json.strings(info.path("nodeSelector")).forEach(Json.child(spec, "nodeSelector")::put);
    }
    for (String list : List.of("tolerations", "schedulingGates")) {
      if (!info.path(list).isEmpty()) {
        ArrayNode all = spec.path(list) instanceof ArrayNode old ? old : spec.putArray(list);
        info.path(list).forEach(all::add);
      }
    }
  }

  /**
   * Has everything deleted, and notes it in the status, which the caller saves.
   *
   * @return whether it is gone, its pods too
   */
  boolean delete(Wrapper wrapper) {
    String uid = wrapper.stored().uid();
    wrapper.conditions().set(DELETING, "True", "DeletionInitiated", "");
    boolean left = false;
    for (JsonNode one : wrapper.status().path("componentStatus")) {
      ObjectNode status = (ObjectNode) one;
      Optional<StoredObject> found = find(wrapper, status);
      found.filter(object -> !object.terminating()).ifPresent(objects::delete);
      left |= found.isPresent();
      ObjectNode deployed = Conditions.find(status, DEPLOYED);
      boolean was = deployed != null && !deployed.path("status").asText().equals("False");
      if (found.isEmpty() && was) {
        // The reason is spelled as the operator spells it.
        wrapper.conditions(status).set(DEPLOYED, "False", "CompononetDeleted", "");
      }
    }
    boolean late = !watch.left(uid, DELETING, Grace.FORCEFUL_DELETION.of(wrapper)).isPositive();
    List<StoredObject> pods = pods(wrapper);
    if (late) {
      pods.forEach(objects::deleteNow);
    }
    boolean gone = !left && pods.isEmpty();
    if (gone) {
      watch.reset(uid, DELETING);
      wrapper.conditions().clear(DELETING, "DeletionComplete", "");
    }
    return gone;
  }

  /** How many of the components are there and not being deleted. */
  int deployed(Wrapper wrapper) {
    int deployed = 0;
    for (JsonNode component : wrapper.status().path("componentStatus")) {
      deployed += find(wrapper, component).filter(one -> !one.terminating()).isPresent() ? 1 : 0;
    }
    return deployed;
  }

  private Optional<StoredObject> find(Wrapper wrapper, JsonNode component) {
    ObjectKey key = new ObjectKey(wrapper.namespace(), component.path("name").asText());
    return ResourceType.of(component.path("apiVersion").asText(), component.path("kind").asText())
        .flatMap(type -> objects.store().get(type, key))
        .filter(found -> found.owners().contains(wrapper.stored().uid()));
  }

  List<StoredObject> pods(Wrapper wrapper) {
    return objects.store().list(ResourceType.PODS, wrapper.namespace()).objects().stream()
        .filter(pod -> wrapper.name().equals(pod.labels().get(Wrapper.LABEL)))
        .toList();
  }
}
