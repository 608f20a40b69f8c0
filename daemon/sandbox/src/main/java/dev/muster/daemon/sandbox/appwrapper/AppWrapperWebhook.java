package dev.muster.daemon.sandbox.appwrapper;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.sandbox.api.Webhook;
import dev.muster.daemon.sandbox.auth.Access;
import dev.muster.daemon.sandbox.auth.Action;
import dev.muster.daemon.sandbox.auth.User;
import dev.muster.daemon.sandbox.schema.Cause;
import dev.muster.daemon.sandbox.store.Json;
import dev.muster.daemon.sandbox.store.ResourceType;
import java.util.ArrayList;
import java.util.List;

/**
 * The webhooks of AppWrapper 1.2.0 (internal/webhook/appwrapper_webhook.go): who made it goes into
 * labels, nobody wraps what he may not create, and what is wrapped cannot be changed.
 */
public final class AppWrapperWebhook implements Webhook {

  static final String USER = "workload.codeflare.dev/user";
  static final String USER_ID = "workload.codeflare.dev/userid";

  private static final int MOST_POD_SETS = 8;
  private static final String FIXED = "attempt to change immutable field";

  private final Access access;

  public AppWrapperWebhook(Access access) {
    this.access = access;
  }

  @Override
  public void mutate(ResourceType type, ObjectNode created, User by) {
    if (type.equals(ResourceType.APPWRAPPERS)) {
      ObjectNode labels = Json.child(Json.child(created, "metadata"), "labels");
      labels.put(USER, label(by.name())).put(USER_ID, "");
    }
  }

  private static String label(String name) {
    String cut = name.length() > 63 ? name.substring(0, 63) : name;
    return cut.replaceAll("[^-_.\\w]", "_").replaceAll("^[-_.]+|[-_.]+$", "");
  }

  @Override
  public List<Cause> review(ResourceType type, JsonNode object, JsonNode before, User by) {
    if (!type.equals(ResourceType.APPWRAPPERS)) {
      return List.of();
    }
    List<Cause> causes = new ArrayList<>();
    if (before == null) {
      created(object, by, causes);
    } else {
      updated(object, before, causes);
    }
    return causes;
  }

  private void created(JsonNode object, User by, List<Cause> causes) {
    String namespace = object.at("/metadata/namespace").asText();
    JsonNode components = object.at("/spec/components");
    int podSets = 0;
    for (int i = 0; i < components.size(); i++) {
      String path = "spec.components[%d]".formatted(i);
      JsonNode template = components.get(i).path("template");
      wrapped(template, path + ".template", namespace, by, causes);
      podSets += podSets(components.get(i), path, causes);
    }
    if (podSets == 0) {
      causes.add(
          Cause.invalid(
              "spec.components", components.toString(), "components contains no podspecs"));
    }
    if (podSets > MOST_POD_SETS) {
      causes.add(
          Cause.invalid(
              "spec.components",
              components.toString(),
              "components contains %d podspecs; at most 8 are allowed".formatted(podSets)));
    }
  }

  private void wrapped(
      JsonNode template, String path, String namespace, User by, List<Cause> causes) {
    String apiVersion = template.path("apiVersion").asText();
    String kind = template.path("kind").asText();
    if (apiVersion.equals(ResourceType.APPWRAPPERS.apiVersion()) && kind.equals("AppWrapper")) {
      causes.add(Cause.forbidden(path, "Nested AppWrappers are forbidden"));
    }
    if (!template.at("/metadata/namespace").asText(namespace).equals(namespace)) {
      causes.add(
          Cause.forbidden(
              path + ".metadata.namespace",
              "AppWrappers cannot create objects in other namespaces"));
    }
    String resource = ResourceType.of(apiVersion, kind).map(ResourceType::plural).orElse("*");
    int slash = apiVersion.indexOf('/');
    String group = slash < 0 ? "" : apiVersion.substring(0, slash);
    if (!access.allows(by, new Action("create", group, resource, namespace, ""))) {
      causes.add(
          Cause.forbidden(
              path,
              "User %s is not authorized to create %s in %s"
                  .formatted(by.name(), resource, namespace)));
    }
  }

  /** Checks a component's pod sets and counts them. */
  private static int podSets(JsonNode component, String path, List<Cause> causes) {
    JsonNode template = component.path("template");
    JsonNode declared = component.path("podSets");
    for (int i = 0; i < declared.size(); i++) {
      String at = declared.get(i).path("path").asText();
      try {
        Templates.podTemplate(template, at);
      } catch (IllegalArgumentException e) {
        causes.add(
            Cause.invalid(
                "%s.podSets[%d].path".formatted(path, i),
                "\"" + at + "\"",
                "path does not refer to a v1.PodSpecTemplate: " + e.getMessage()));
      }
    }
    ArrayNode inferred;
    try {
      inferred = PodSets.infer(template);
    } catch (IllegalArgumentException e) {
      causes.add(
          Cause.invalid(
              path + ".template",
              template.toString(),
              "error inferring PodSets: " + e.getMessage()));
      return 1;
    }
    String mismatch = PodSets.mismatch(declared, inferred);
    if (!mismatch.isEmpty()) {
      causes.add(Cause.invalid(path + ".podSets", declared.toString(), mismatch));
    }
    return Math.max(declared.size(), inferred.size());
  }

  private static void updated(JsonNode object, JsonNode before, List<Cause> causes) {
    JsonNode components = object.at("/spec/components");
    JsonNode old = before.at("/spec/components");
    if (components.size() != old.size()) {
      causes.add(Cause.forbidden("spec.components", FIXED));
      return;
    }
    for (int i = 0; i < components.size(); i++) {
      String path = "spec.components[%d]".formatted(i);
      if (!components.get(i).path("template").equals(old.get(i).path("template"))) {
        causes.add(Cause.forbidden(path + ".template.raw", FIXED));
      }
      if (!components.get(i).path("podSets").equals(old.get(i).path("podSets"))) {
        causes.add(Cause.forbidden(path + ".podsets", FIXED));
      }
    }
    for (String label : List.of(USER, USER_ID)) {
      if (!text(object, label).equals(text(before, label))) {
        causes.add(Cause.forbidden("metadata.labels[%s]".formatted(label), FIXED));
      }
    }
    if (!object.at("/spec/managedBy").equals(before.at("/spec/managedBy"))) {
      causes.add(Cause.forbidden("spec.managedBy", FIXED));
    }
  }

  private static String text(JsonNode object, String label) {
    return object.path("metadata").path("labels").path(label).asText("");
  }
}
