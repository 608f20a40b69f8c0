package dev.muster.daemon.kubernetes.define;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.core.Failure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How many workers the first group has, and whether Ray may change that. */
final class Scaling {
  private final Settings settings;
  private final boolean automatic;
  private final Optional<Integer> number;
  private final Optional<Integer> min;
  private final Optional<Integer> max;

  /**
   * @throws Failure USAGE if the numbers do not fit each other
   */
  Scaling(Settings settings) {
    this.settings = settings;
    this.number = settings.workers("num-workers");
    this.min = settings.workers("min-workers");
    this.max = settings.workers("max-workers");
    Optional<String> version =
        settings.checked(
            "autoscaler",
            value ->
                value.matches("v1|v2") ? Optional.empty() : Optional.of("is neither v1 nor v2"));
    Optional<Boolean> enabled = settings.flag("enable-autoscaling");
    if (version.isPresent() && enabled.isPresent() && !enabled.get()) {
      throw Failure.usage("--autoscaler and --enable-autoscaling=false do not go together.");
    }
    this.automatic = version.isPresent() || enabled.orElse(false);
    if (automatic) {
      checkBounds();
    } else if (differs(min) || differs(max)) {
      throw Failure.usage(
          "--min-workers and --max-workers must be the same number (and that of --num-workers)"
              + " without --enable-autoscaling.");
    }
  }

  private void checkBounds() {
    if (min.isEmpty() || max.isEmpty()) {
      throw Failure.usage(
          "--"
              + option()
              + " needs both --min-workers and --max-workers; --"
              + (min.isEmpty() ? "min" : "max")
              + "-workers is missing.");
    }
    if (min.get() > max.get()) {
      throw Failure.usage(
          "--min-workers is %d, which is more than --max-workers, %d."
              .formatted(min.get(), max.get()));
    }
    if (number.isPresent() && (number.get() < min.get() || number.get() > max.get())) {
      throw Failure.usage(
          "--num-workers is %d, which is not between --min-workers, %d, and --max-workers, %d."
              .formatted(number.get(), min.get(), max.get()));
    }
  }

  private boolean differs(Optional<Integer> bound) {
    return bound.isPresent() && !bound.equals(said());
  }

  private Optional<Integer> said() {
    return number.or(() -> min).or(() -> max);
  }

  /** Whether there are to be workers at all, as far as the options say. */
  boolean asksForWorkers() {
    return said().orElse(0) > 0 || max.orElse(0) > 0;
  }

  boolean isGiven() {
    return said().isPresent();
  }

  private String option() {
    return settings.has("autoscaler") ? "autoscaler" : "enable-autoscaling";
  }

  /**
   * The numbers of another group of the same cluster: its bounds may differ where those of the
   * first may.
   */
  Scaling within(Settings group) {
    boolean bounds = group.has("min-workers") || group.has("max-workers");
    if (!automatic || !bounds) {
      return new Scaling(group);
    }
    String number = group.text("num-workers").orElse(group.text("min-workers").orElse("1"));
    Map<String, List<String>> all = new LinkedHashMap<>();
    all.put("enable-autoscaling", List.of("true"));
    all.put("num-workers", List.of(number));
    all.put("min-workers", List.of(group.text("min-workers").orElse(number)));
    all.put("max-workers", List.of(group.text("max-workers").orElse(number)));
    return new Scaling(new Settings(all));
  }

  /** Kueue counts what a cluster asks for when it starts, so it may not grow later. */
  void refuseIn(Optional<String> queue) {
    if (automatic && queue.isPresent()) {
      throw Failure.usage(
          "--"
              + option()
              + " does not go together with a Kueue queue, and "
              + queue.get()
              + (settings.has("local-queue") ? " was named." : " is the namespace's default.")
              + " --local-queue \"\" is for none.");
    }
  }

  /**
   * @param spec of the RayCluster
   */
  void set(ObjectNode spec) {
    if (automatic || settings.has("enable-autoscaling")) {
      spec.put("enableInTreeAutoscaling", automatic);
    }
    settings
        .text("autoscaler")
        .ifPresent(version -> spec.withObjectProperty("autoscalerOptions").put("version", version));
  }

  /**
   * @param group the first of the workers
   */
  void setOn(ObjectNode group) {
    if (automatic) {
      group.put("replicas", number.orElse(min.orElseThrow()));
      group.put("minReplicas", min.orElseThrow()).put("maxReplicas", max.orElseThrow());
    } else {
      said().ifPresent(n -> group.put("replicas", n).put("minReplicas", n).put("maxReplicas", n));
    }
  }
}
