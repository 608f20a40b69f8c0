package dev.muster.daemon.kubernetes.ddp;

import dev.muster.daemon.kubernetes.Nearest;
import dev.muster.daemon.kubernetes.define.Syntax;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What schedulers are told beyond the definition, by the names that TorchX gave it. */
final class SchedulerArgs {
  static final String NAMESPACE = "namespace";
  static final String SERVICE_ACCOUNT = "service_account";
  static final String PRIORITY = "priority";
  static final String PRIORITY_CLASS = "priority_class_name";
  static final String IMAGE_SECRET = "image_secret";
  static final String COSCHEDULER = "coscheduler_name";
  static final String NETWORK = "network";

  /** Where TorchX pushed images that it made of workspaces. */
  static final String IMAGE_REPO = "image_repo";

  /** A requirements.txt, for Ray. */
  static final String REQUIREMENTS = "requirements";

  private static final Set<String> NAMES =
      Set.of(SERVICE_ACCOUNT, PRIORITY_CLASS, IMAGE_SECRET, COSCHEDULER);

  private static final Set<String> ALL =
      new TreeSet<>(
          Set.of(
              NAMESPACE,
              SERVICE_ACCOUNT,
              PRIORITY,
              PRIORITY_CLASS,
              IMAGE_SECRET,
              COSCHEDULER,
              NETWORK,
              IMAGE_REPO,
              REQUIREMENTS));

  private SchedulerArgs() {}

  /** The rule that is broken, as the end of a sentence about the key. */
  static Optional<String> broken(String key, String value) {
    if (!ALL.contains(key)) {
      List<String> near = Nearest.to(key, ALL);
      return Optional.of(
          "is nothing that a scheduler is told"
              + (near.isEmpty()
                  ? " (there are " + String.join(", ", ALL) + ")"
                  : " (did you mean " + String.join(" or ", near) + "?)"));
    }
    Optional<String> rule =
        switch (key) {
          case NAMESPACE -> Syntax.namespace(value);
          case PRIORITY ->
              value.matches("-?\\d{1,9}") ? Optional.empty() : Optional.of("is no whole number");
          default -> NAMES.contains(key) ? Syntax.object(value) : Optional.empty();
        };
    return rule.map(broken -> "has the value " + value + ", which " + broken);
  }
}
