package dev.muster.daemon.sandbox.appwrapper;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.daemon.sandbox.api.Operators;
import dev.muster.daemon.sandbox.controllers.EventRecorder;
import dev.muster.daemon.sandbox.controllers.Objects;
import dev.muster.daemon.sandbox.controllers.Stopwatch;
import dev.muster.daemon.sandbox.store.ResourceType;
import java.time.Duration;
import java.util.Locale;
import java.util.function.BiConsumer;

/** The phases in which what an AppWrapper wraps goes, or is gone. */
final class Undeployment {

  static final String QUOTA = "QuotaReserved";
  static final String READY = "PodsReady";

  private static final Duration SOON = Duration.ofSeconds(5);

  private final Operators operators;
  private final Components components;
  private final EventRecorder events;
  private final Stopwatch watch;
  private final BiConsumer<Wrapper, Duration> again;

  /**
   * @param again asks for another look after that time
   */
  Undeployment(
      Operators operators,
      Components components,
      EventRecorder events,
      Stopwatch watch,
      BiConsumer<Wrapper, Duration> again) {
    this.operators = operators;
    this.components = components;
    this.events = events;
    this.watch = watch;
    this.again = again;
  }

  /** Begins to undeploy when the AppWrapper is suspended, and says whether it is. */
  boolean suspendedBy(Wrapper wrapper) {
    if (!wrapper.suspended()) {
      return false;
    }
    events.normal(
        wrapper.stored(),
        Health.COMPONENT,
        "Suspending",
        "Externally suspended while in the %s phase".formatted(wrapper.phase()));
    wrapper.phase("Suspending");
    return true;
  }

  void suspend(Wrapper wrapper) {
    if (!undeployed(wrapper, "Suspended", "Suspend is true")) {
      return;
    }
    wrapper.conditions().set(QUOTA, "False", "Suspended", "Suspend is true");
    wrapper.conditions().clear(READY, "Suspended", "");
    wrapper.conditions().clear(Health.UNHEALTHY, "Suspended", "");
    wrapper.phase("Suspended");
  }

  void reset(Wrapper wrapper) {
    if (suspendedBy(wrapper)) {
      return;
    }
    wrapper.conditions().clear(READY, "Resetting", "");
    if (!undeployed(wrapper, "Resetting", "Resources deleted for resetting AppWrapper")) {
      return;
    }
    String uid = wrapper.stored().uid();
    Duration pause = Grace.RETRY_PAUSE.of(wrapper);
    if (watch.left(uid, "pause", pause).isPositive()) {
      wrapper.save();
      again.accept(wrapper, pause);
      return;
    }
    watch.forget(uid);
    wrapper.conditions().set(Components.DEPLOYED, "True", "Resuming", "Reset complete; resuming");
    wrapper.phase("Resuming");
  }

  void fail(Wrapper wrapper) {
    Duration delay = Grace.DELETION_ON_FAILURE.of(wrapper);
    if (delay.isPositive() && !wrapper.suspended()) {
      wrapper
          .conditions()
          .set(
              Components.DELETING,
              "False",
              "DeletionPaused",
              "workload.codeflare.dev.appwrapper/deletionOnFailureGracePeriodDuration has value "
                  + delay.toString().substring(2).toLowerCase(Locale.ROOT));
      if (watch.left(wrapper.stored().uid(), "deletion delay", delay).isPositive()) {
        wrapper.save();
        again.accept(wrapper, delay);
        return;
      }
    }
    if (undeployed(wrapper, "Failed", "Resources deleted for failed AppWrapper")) {
      wrapper.conditions().set(QUOTA, "False", "Failed", "No resources deployed");
      wrapper.save();
    }
  }

  void succeed(Wrapper wrapper) {
    if (!wrapper.conditions().holds(Components.DEPLOYED)) {
      return;
    }
    Duration ttl = Grace.SUCCESS_TTL.of(wrapper);
    if (watch.left(wrapper.stored().uid(), "success", ttl).isPositive()) {
      again.accept(wrapper, ttl);
    } else if (undeployed(
        wrapper,
        "Succeeded",
        "Time to live after success of %ss expired".formatted(ttl.toSeconds()))) {
      wrapper.save();
    }
  }

  /** Whether nothing is deployed any more; else the status is saved and there is another look. */
  private boolean undeployed(Wrapper wrapper, String reason, String message) {
    if (!wrapper.conditions().holds(Components.DEPLOYED)) {
      return true;
    }
    if (!components.delete(wrapper)) {
      wrapper.save();
      again.accept(wrapper, SOON);
      return false;
    }
    wrapper.conditions().set(Components.DEPLOYED, "False", reason, message);
    return true;
  }

  void terminate(Wrapper wrapper) {
    boolean ours = false;
    for (JsonNode one : wrapper.stored().tree().at("/metadata/finalizers")) {
      ours |= one.asText().equals(Wrapper.FINALIZER);
    }
    if (!ours) {
      return;
    }
    if (wrapper.conditions().holds(Components.DEPLOYED) && !components.delete(wrapper)) {
      if (!wrapper.phase().equals("Terminating")) {
        wrapper.phase("Terminating");
      }
      again.accept(wrapper, SOON);
      return;
    }
    if (wrapper.conditions().holds(Components.DEPLOYED)) {
      wrapper
          .conditions()
          .set(Components.DEPLOYED, "False", "Terminating", "Resources successfully deleted");
    }
    if (wrapper.conditions().holds(QUOTA)) {
      wrapper.conditions().set(QUOTA, "False", "Terminating", "No resources deployed");
    }
    wrapper.save();
    watch.forget(wrapper.stored().uid());
    operators.change(
        ResourceType.APPWRAPPERS,
        wrapper.stored().key(),
        "appwrapper",
        tree -> Objects.removeFinalizer(tree, Wrapper.FINALIZER));
  }
}
