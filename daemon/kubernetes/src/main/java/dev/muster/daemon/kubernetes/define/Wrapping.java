package dev.muster.daemon.kubernetes.define;

import dev.muster.daemon.core.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether a definition is an AppWrapper around the RayCluster, or the RayCluster itself. */
final class Wrapping {
  private static final String WRAP = "appwrapper";
  private static final String VERSION = "appwrapper-version";
  private static final String MACHINES = "machine-types";
  private static final String INSTASCALE = "instascale";

  private static final String BARE =
      "The server has no AppWrapper kind: the RayCluster is defined by itself, without an"
          + " AppWrapper (--appwrapper makes one all the same).";

  private final boolean wrapped;
  private final Optional<Wrapper.Shape> shape;
  private final Optional<String> machines;

  /**
   * @param template what the template decides: whether it is an AppWrapper; empty if nothing
   * @param server asked where neither an option nor the template decides; null: nobody can say
   * @throws Failure USAGE if the options contradict each other
   */
  Wrapping(
      Settings settings, Optional<Boolean> template, AppWrappers server, List<String> warnings) {
    this.shape =
        settings
            .checked(
                VERSION,
                value ->
                    Wrapper.Shape.of(value).isPresent()
                        ? Optional.empty()
                        : Optional.of("is none of v1beta2, v1beta1 and mcad"))
            .flatMap(Wrapper.Shape::of);
    this.machines = machines(settings);
    List<String> needing = new ArrayList<>();
    for (String option : List.of(VERSION, Exposure.OPTION)) {
      if (settings.has(option)) {
        needing.add(option);
      }
    }
    if (machines.isPresent()) {
      needing.add(MACHINES);
    }
    Optional<Boolean> asked = settings.flag(WRAP);
    if (!asked.orElse(true) && !needing.isEmpty()) {
      throw new Failure(
          Failure.Kind.USAGE,
          "--" + needing.getFirst() + " needs an AppWrapper; drop --no-appwrapper or it.");
    }
    Optional<Boolean> decided = asked.or(() -> needing.isEmpty() ? template : Optional.of(true));
    this.wrapped = decided.orElseGet(() -> server == null || !server.areUnknownToTheServer());
    if (!wrapped && decided.isEmpty()) {
      warnings.add(BARE);
    }
  }

  /** InstaScale reads the machines' types in the order head, workers. */
  private static Optional<String> machines(Settings settings) {
    boolean off = !settings.flag(INSTASCALE).orElse(true);
    List<String> types =
        settings.words(
            MACHINES,
            type ->
                type.isEmpty() ? Optional.of("is no type of a machine") : Syntax.labelValue(type));
    if (settings.has(INSTASCALE) && !off && types.isEmpty()) {
      throw new Failure(
          Failure.Kind.USAGE,
          "--instascale needs --machine-types, such as m5.xlarge,g4dn.xlarge: the head's and the"
              + " workers'.");
    }
    String label = String.join("_", types);
    Syntax.labelValue(label).ifPresent(broken -> Settings.complain(MACHINES, label, broken));
    return off || types.isEmpty() ? Optional.empty() : Optional.of(label);
  }

  boolean isWrapped() {
    return wrapped;
  }

  /** The one that was asked for. */
  Optional<Wrapper.Shape> shape() {
    return shape;
  }

  /** The value of the label for InstaScale. */
  Optional<String> machineTypes() {
    return machines;
  }
}
