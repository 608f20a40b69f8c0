package dev.muster.daemon.sandbox.api;

import dev.muster.daemon.sandbox.store.ResourceType;
import dev.muster.daemon.sandbox.store.Snapshot;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Optional;

/**
 * What paged lists go on from, so that all pages of one list show the same moment. They hold
 * references to objects, no copies; old ones are dropped, and a token for one of those has expired.
 */
final class Snapshots {

  private static final int KEPT = 50;
  private static final long LIFETIME = Duration.ofMinutes(5).toNanos();

  private record Id(ResourceType type, String namespace, long version) {}

  private record Entry(Snapshot snapshot, long made) {}

  private final LinkedHashMap<Id, Entry> entries = new LinkedHashMap<>();

  synchronized void keep(ResourceType type, String namespace, Snapshot snapshot) {
    entries.put(
        new Id(type, namespace, snapshot.version()), new Entry(snapshot, System.nanoTime()));
    if (entries.size() > KEPT) {
      entries.pollFirstEntry();
    }
  }

  synchronized Optional<Snapshot> find(ResourceType type, String namespace, long version) {
    Entry entry = entries.get(new Id(type, namespace, version));
    return entry == null || System.nanoTime() - entry.made() > LIFETIME
        ? Optional.empty()
        : Optional.of(entry.snapshot());
  }

  synchronized void clear() {
    entries.clear();
  }
}
