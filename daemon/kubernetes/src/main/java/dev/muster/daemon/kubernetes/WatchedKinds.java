package dev.muster.daemon.kubernetes;

import dev.muster.daemon.core.CacheReader;
import dev.muster.daemon.core.Caller;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.core.Scope;
import dev.muster.daemon.core.Target;
import dev.muster.daemon.kubernetes.appwrapper.AppWrapperRow;
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
      return new Asked(new Aim(contexts, caller, target));
    } catch (Failure e) {
      return null;
    }
  }

  /** For one definition. */
  final class Asked implements LocalQueues, AppWrappers {
    private final Aim aim;
    private final Instant deadline = clock.instant().plus(PATIENCE);

    private Asked(Aim aim) {
      this.aim = aim;
    }

    @Override
    public Optional<List<LocalQueue>> in(String namespace) {
      Scope scope = aim.scope(namespace.isEmpty() ? aim.ownNamespace() : namespace);
      boolean live =
          watches.ensure(scope, aim.access(), aim::resolved, LocalQueueRow.KIND, patience()).live();
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
      return watches.lacks(
          aim.scope(aim.ownNamespace()),
          aim.access(),
          aim::resolved,
          AppWrapperRow.KIND,
          patience());
    }

    private Duration patience() {
      Duration left = Duration.between(clock.instant(), deadline);
      return left.isNegative() ? Duration.ZERO : left;
    }
  }
}
