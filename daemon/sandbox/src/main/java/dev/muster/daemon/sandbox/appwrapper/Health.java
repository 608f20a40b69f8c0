package dev.muster.daemon.sandbox.appwrapper;

import dev.muster.daemon.sandbox.controllers.EventRecorder;
import dev.muster.daemon.sandbox.controllers.Stopwatch;
import java.time.Duration;
import java.util.function.BiConsumer;

/** Looks after a running AppWrapper: success, failed pods, missing components, readiness. */
final class Health {

  static final String COMPONENT = "appwrappers";
  static final String UNHEALTHY = "Unhealthy";

  private final Components components;
  private final EventRecorder events;
  private final Stopwatch watch;
  private final BiConsumer<Wrapper, Duration> again;

  /**
   * @param again asks for another look after that time
   */
  Health(
      Components components,
      EventRecorder events,
      Stopwatch watch,
      BiConsumer<Wrapper, Duration> again) {
    this.components = components;
    this.events = events;
    this.watch = watch;
    this.again = again;
  }

  void check(Wrapper wrapper) {
    int wanted = wrapper.status().path("componentStatus").size();
    int deployed = components.deployed(wrapper);
    if (deployed != wanted) {
      unhealthy(
          wrapper,
          "MissingComponent",
          "Only found %d deployed components, but was expecting %d".formatted(deployed, wanted));
      wrapper.phase("Failed");
      return;
    }
    PodCount pods = PodCount.of(wrapper, components.pods(wrapper));
    int expected = PodSets.expected(wrapper.status());
    if (pods.succeeded() >= expected && pods.pending() + pods.running() + pods.failed() == 0) {
      succeeded(wrapper, pods);
    } else if (pods.failed() > 0) {
      failed(wrapper, pods);
    } else {
      wrapper.conditions().clear(UNHEALTHY, "FoundNoFailedPods", "");
      watch.reset(wrapper.stored().uid(), UNHEALTHY);
      ready(wrapper, pods, expected);
    }
  }

  private static void succeeded(Wrapper wrapper, PodCount pods) {
    String message =
        "%d pods succeeded and no running, pending, or failed pods".formatted(pods.succeeded());
    wrapper.conditions().set("QuotaReserved", "False", "Succeeded", message);
    wrapper.conditions().set(Components.DEPLOYED, "True", "Succeeded", message);
    wrapper.phase("Succeeded");
  }

  private void failed(Wrapper wrapper, PodCount pods) {
    wrapper.conditions().set(UNHEALTHY, "True", "FoundFailedPods", "");
    String uid = wrapper.stored().uid();
    Duration grace = Grace.FAILURE.of(wrapper);
    if (watch.left(uid, UNHEALTHY, grace).isPositive()) {
      wrapper.save();
      again.accept(wrapper, grace);
      return;
    }
    event(wrapper, "FoundFailedPods: %d failed pods".formatted(pods.failed()));
    resetOrFail(wrapper, pods.terminal());
  }

  private void ready(Wrapper wrapper, PodCount pods, int expected) {
    String done = "%d pods running; %d pods succeeded".formatted(pods.running(), pods.succeeded());
    if (pods.running() + pods.succeeded() >= expected) {
      wrapper.conditions().set("PodsReady", "True", "SufficientPodsReady", done);
      wrapper.save();
      again.accept(wrapper, Duration.ofMinutes(1));
      return;
    }
    String details = "%d pods pending; %s".formatted(pods.pending(), done);
    wrapper.conditions().clear("PodsReady", "InsufficientPodsReady", details);
    boolean made = pods.pending() + pods.running() + pods.succeeded() >= expected;
    Duration patience = (made ? Grace.WARMUP : Grace.ADMISSION).of(wrapper);
    if (watch.left(wrapper.stored().uid(), Components.DEPLOYED, patience).isPositive()) {
      wrapper.save();
      again.accept(wrapper, Duration.ofSeconds(5));
      return;
    }
    unhealthy(wrapper, "InsufficientPodsReady", details);
    resetOrFail(wrapper, pods.terminal());
  }

  void unhealthy(Wrapper wrapper, String reason, String message) {
    wrapper.conditions().set(UNHEALTHY, "True", reason, message);
    event(wrapper, reason + ": " + message);
  }

  private void event(Wrapper wrapper, String message) {
    events.normal(wrapper.stored(), COMPONENT, UNHEALTHY, message);
  }

  /** Tries again from the start as often as the AppWrapper allows. */
  void resetOrFail(Wrapper wrapper, boolean terminal) {
    int resets = wrapper.status().path("resettingCount").asInt();
    if (terminal || resets >= Grace.retries(wrapper)) {
      wrapper.phase("Failed");
    } else {
      wrapper.status().put("resettingCount", resets + 1);
      wrapper.phase("Resetting");
    }
  }
}
