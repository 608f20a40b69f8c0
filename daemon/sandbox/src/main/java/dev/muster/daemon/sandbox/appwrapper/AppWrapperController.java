package dev.muster.daemon.sandbox.appwrapper;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.muster.daemon.sandbox.api.Operators;
import dev.muster.daemon.sandbox.controllers.EventRecorder;
import dev.muster.daemon.sandbox.controllers.Objects;
import dev.muster.daemon.sandbox.controllers.Pace;
import dev.muster.daemon.sandbox.controllers.Stopwatch;
import dev.muster.daemon.sandbox.controllers.WorkQueue;
import dev.muster.daemon.sandbox.store.Change;
import dev.muster.daemon.sandbox.store.Json;
import dev.muster.daemon.sandbox.store.ObjectKey;
import dev.muster.daemon.sandbox.store.ResourceType;
import dev.muster.daemon.sandbox.store.StoredObject;
import java.time.Duration;
import java.util.Optional;

/**
 * The AppWrapper operator: takes an AppWrapper from phase to phase, one write at a time, as
 * AppWrapper 1.2.0 does (internal/controller/appwrapper/appwrapper_controller.go). It looks at
 * running AppWrappers every minute only, so that it may be late to notice what happens to them.
 */
public final class AppWrapperController implements AutoCloseable {

  private static final String MANAGER = "workload.codeflare.dev/appwrapper";

  private final Objects objects;
  private final Operators operators;
  private final Pace pace;
  private final Stopwatch watch;
  private final Components components;
  private final Health health;
  private final Undeployment undeployment;
  private final WorkQueue<ObjectKey> queue = new WorkQueue<>("appwrapper", this::reconcile);

  public AppWrapperController(
      Objects objects, Operators operators, EventRecorder events, Pace pace) {
    this.objects = objects;
    this.operators = operators;
    this.pace = pace;
    this.watch = new Stopwatch(pace);
    this.components = new Components(objects, operators, watch);
    this.health = new Health(components, events, watch, this::again);
    this.undeployment = new Undeployment(operators, components, events, watch, this::again);
  }

  /** An AppWrapper was written. */
  public void changed(Change change) {
    queue.add(change.after().key(), pace.millis(50));
  }

  /** A pod was written; one that succeeded may end its AppWrapper. */
  public void podChanged(Change change) {
    StoredObject pod = change.after();
    String wrapper = pod.labels().get(Wrapper.LABEL);
    if (wrapper != null && pod.fields().get("status.phase").equals("Succeeded")) {
      queue.add(new ObjectKey(pod.key().namespace(), wrapper), pace.millis(50));
    }
  }

  private void again(Wrapper wrapper, Duration real) {
    queue.add(wrapper.stored().key(), pace.of(real));
  }

  private void reconcile(ObjectKey key) {
    Optional<StoredObject> found = objects.store().get(ResourceType.APPWRAPPERS, key);
    if (found.isEmpty()) {
      return;
    }
    Wrapper wrapper = new Wrapper(objects, found.get());
    if (!wrapper.spec().path("managedBy").asText(MANAGER).equals(MANAGER)) {
      return;
    }
    if (found.get().terminating()) {
      undeployment.terminate(wrapper);
      return;
    }
    switch (wrapper.phase()) {
      case "" -> begin(wrapper);
      case "Suspended" -> resume(wrapper);
      case "Resuming" -> deploy(wrapper);
      case "Running" -> {
        if (!undeployment.suspendedBy(wrapper)) {
          health.check(wrapper);
        }
      }
      case "Suspending" -> undeployment.suspend(wrapper);
      case "Resetting" -> undeployment.reset(wrapper);
      case "Failed" -> undeployment.fail(wrapper);
      case "Succeeded" -> undeployment.succeed(wrapper);
      default -> {
        // Terminating, seen a moment before the deletion itself is.
      }
    }
  }

  private static void begin(Wrapper wrapper) {
    ArrayNode all = wrapper.status().putArray("componentStatus");
    for (JsonNode component : wrapper.spec().path("components")) {
      all.addObject()
          .put("apiVersion", "")
          .put("kind", "")
          .put("name", "")
          .set("podSets", PodSets.of(component));
    }
    wrapper.phase("Suspended");
  }

  private void resume(Wrapper wrapper) {
    if (wrapper.suspended()) {
      return;
    }
    operators.change(
        ResourceType.APPWRAPPERS,
        wrapper.stored().key(),
        "appwrapper",
        tree -> {
          ArrayNode finalizers = Json.child(tree, "metadata").withArray("finalizers");
          for (JsonNode one : finalizers) {
            if (one.asText().equals(Wrapper.FINALIZER)) {
              return;
            }
          }
          finalizers.add(Wrapper.FINALIZER);
        });
    for (String condition :
        new String[] {
          Undeployment.QUOTA, Components.DEPLOYED, Undeployment.READY, Health.UNHEALTHY
        }) {
      boolean holds = condition.equals(Undeployment.QUOTA) || condition.equals(Components.DEPLOYED);
      wrapper.conditions().set(condition, holds ? "True" : "False", "Resuming", "Suspend is false");
    }
    watch.forget(wrapper.stored().uid());
    wrapper.phase("Resuming");
  }

  private void deploy(Wrapper wrapper) {
    if (undeployment.suspendedBy(wrapper)) {
      return;
    }
    Optional<Components.Problem> problem = components.create(wrapper);
    if (problem.isEmpty()) {
      wrapper.phase("Running");
      return;
    }
    Duration patience = Grace.ADMISSION.of(wrapper);
    boolean fatal = problem.get().fatal();
    if (!fatal && watch.left(wrapper.stored().uid(), "creation", patience).isPositive()) {
      again(wrapper, Duration.ofSeconds(1));
      return;
    }
    String message = "error creating components: " + problem.get().text();
    health.unhealthy(wrapper, "CreateFailed", message);
    if (fatal) {
      wrapper.phase("Failed");
    } else {
      health.resetOrFail(wrapper, false);
    }
  }

  @Override
  public void close() {
    queue.close();
  }
}
