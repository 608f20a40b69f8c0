package dev.muster.daemon.kubernetes;

import dev.muster.daemon.core.CacheReader;
import dev.muster.daemon.core.Caller;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.core.Scope;
import dev.muster.daemon.core.Target;
import dev.muster.daemon.kubernetes.appwrapper.AppWrapperRow;
import dev.muster.daemon.kubernetes.contexts.Access;
import dev.muster.daemon.kubernetes.contexts.Contexts;
import dev.muster.daemon.kubernetes.define.AppWrappers;
import dev.muster.daemon.kubernetes.define.LocalQueue;
import dev.muster.daemon.kubernetes.define.LocalQueues;
import dev.muster.daemon.kubernetes.informers.Watches;
import dev.muster.daemon.kubernetes.kueue.LocalQueueRow;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What definitions ask of the server: which LocalQueues there are, and whether there are
 * AppWrappers at all. Both are watched, so that asking is cheap.
 */
final class WatchedKinds {
  /**
   * For the first answers of all, taken together; a definition is made without knowing rather than
   * later.
   */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final Contexts contexts;
  private final Watches watches;
  private final CacheReader reader;
  private final Clock clock;

  WatchedKinds(Contexts contexts, Watches watches, CacheReader reader, Clock clock) {
    this.contexts = contexts;
    this.watches = watches;
    this.reader = reader;
    this.clock = clock;
  }

  /**
   * @return null where there is no server to ask: a definition can be made before there is one
   */
  Asked of(Caller caller, Target target) {
    try {
      return new Asked(contexts.resolve(caller, target), caller, target);
    } catch (Failure e) {
      return null;
    }
  }

  /** For one definition. */
  final class Asked implements LocalQueues, AppWrappers {
    private final Access access;
    private final Caller caller;
    private final Target target;
    private final Instant deadline = clock.instant().plus(PATIENCE);

    private Asked(Access access, Caller caller, Target target) {
      this.access = access;
      this.caller = caller;
      this.target = target;
    }

    @Override
    public Optional<List<LocalQueue>> in(String namespace) {
      Scope scope = scope(namespace.isEmpty() ? own() : namespace);
      boolean live =
          watches.ensure(scope, access, this::resolve, LocalQueueRow.KIND, patience()).live();
      List<LocalQueue> queues = new ArrayList<>();
      if (live) {
        reader.scan(
            scope.identity(),
            LocalQueueRow.KIND,
            scope.namespace(),
            true,
            row ->
                queues.add(
                    new LocalQueue(
                        row.key().name(),
                        Yaml.fromJson(row.details()).path("default").asBoolean())));
      }
      return live || watches.absent(scope, LocalQueueRow.KIND)
          ? Optional.of(queues)
          : Optional.empty();
    }

    @Override
    public boolean areUnknownToTheServer() {
      return watches.lacks(scope(own()), access, this::resolve, AppWrapperRow.KIND, patience());
    }

    private String own() {
      return access.namespace().isEmpty() ? "default" : access.namespace();
    }

    private Scope scope(String namespace) {
      return new Scope(KubernetesSource.NAME, access.identity(), access.context(), namespace);
    }

    private Access resolve() {
      return contexts.resolve(caller, target);
    }

    private Duration patience() {
      Duration left = Duration.between(clock.instant(), deadline);
      return left.isNegative() ? Duration.ZERO : left;
    }
  }
}
