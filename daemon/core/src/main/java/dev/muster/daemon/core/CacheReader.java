package dev.muster.daemon.core;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What the cache knows. Every method answers from one snapshot. */
public interface CacheReader {
  /**
   * Calls back for each row of that kind, ordered by namespace and name, without the object and
   * details unless asked for.
   *
   * @param namespace empty for all
   * @param whole also read {@link Row#details} and {@link Row#object} (else both are empty strings)
   */
  void scan(String identity, String kind, String namespace, boolean whole, Consumer<Row> each);

  /** One row, whole. */
  Optional<Row> get(Key key);

  /** When the kind was last known to be true, over restarts too; empty: never. */
  Optional<Instant> seen(String identity, String kind, String namespace);

  /** How many rows there are. */
  long rows();

  /** How many rows each identity and kind has. */
  List<Count> counts();

  /** Size of the database on disk in bytes. */
  long bytes();

  record Count(String identity, String kind, long rows) {}
}
