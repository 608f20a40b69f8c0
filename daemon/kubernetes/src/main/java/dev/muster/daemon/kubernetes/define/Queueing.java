package dev.muster.daemon.kubernetes.define;

import dev.muster.daemon.core.Failure;
import dev.muster.daemon.kubernetes.Nearest;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The queue that a definition is for: the one that was named, else the namespace's default. A name
 * that is known to be wrong is refused, since Kueue would let the cluster wait for ever.
 */
public final class Queueing {
  /**
   * <a href="https://kueue.sigs.k8s.io/docs/reference/labels-and-annotations/">Kueue's label</a>.
   */
  public static final String LABEL = "kueue.x-k8s.io/queue-name";

  private static final String OPTION = "local-queue";

  private final Settings settings;
  private final LocalQueues queues;
  private final List<String> warnings;

  /**
   * @param queues null: nobody can say, and nobody is told
   */
  Queueing(Settings settings, LocalQueues queues, List<String> warnings) {
    this.settings = settings;
    this.queues = queues;
    this.warnings = warnings;
  }

  /**
   * @param labels those that were given: the queue's may be among them
   * @param namespace empty: the context's
   * @return empty for none
   */
  Optional<String> queue(Map<String, String> labels, String namespace) {
    return queue(
        settings.text(OPTION).or(() -> Optional.ofNullable(labels.get(LABEL))),
        namespace,
        queues,
        warnings);
  }

  /**
   * The queue for what was asked.
   *
   * @param named the one that was asked for; empty text: none is wanted
   * @param namespace empty: the context's
   * @param queues null: nobody can say, and nobody is told
   * @param warnings gets sentences
   * @return empty for none
   */
  public static Optional<String> queue(
      Optional<String> named, String namespace, LocalQueues queues, List<String> warnings) {
    if (named.isPresent() && named.get().isEmpty()) {
      return Optional.empty();
    }
    named
        .flatMap(Syntax::object)
        .ifPresent(broken -> Settings.complain(OPTION, named.get(), broken));
    if (queues == null || (named.isPresent() && queues == LocalQueues.NO_SERVER)) {
      return named;
    }
    Optional<List<LocalQueue>> known = queues.in(namespace);
    if (known.isEmpty()) {
      warnings.add(
          named.isPresent()
              ? "Whether there is a local queue "
                  + named.get()
                  + " is not known: "
                  + queues.unknown()
                  + "."
              : "The namespace's default queue, if there is one, is not set, and so no quota is waited for: "
                  + queues.unknown()
                  + " (--local-queue names one).");
      return named;
    }
    named.ifPresent(name -> mustBeThere(name, known.get(), namespace));
    return named.or(
        () -> known.get().stream().filter(LocalQueue::isDefault).map(LocalQueue::name).findFirst());
  }

  private static void mustBeThere(String name, List<LocalQueue> known, String namespace) {
    List<String> names = known.stream().map(LocalQueue::name).toList();
    if (names.contains(name)) {
      return;
    }
    List<String> near = Nearest.to(name, names);
    throw new Failure(
        Failure.Kind.USAGE,
        "--local-queue: there is no LocalQueue \""
            + name
            + "\" in "
            + (namespace.isEmpty() ? "the context's namespace" : "the namespace " + namespace)
            + (names.isEmpty()
                ? ", which has none."
                : near.isEmpty()
                    ? "; there is " + String.join(", ", names) + "."
                    : "; did you mean " + String.join(" or ", near) + "?"));
  }
}
