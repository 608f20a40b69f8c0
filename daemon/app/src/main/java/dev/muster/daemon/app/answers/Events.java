package dev.muster.daemon.app.answers;

import dev.muster.daemon.core.CacheReader;
import dev.muster.daemon.core.Caller;
import dev.muster.daemon.core.Row;
import dev.muster.daemon.core.Target;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The warnings about one resource: rows of the kind "event", which sources watch for others' sake,
 * that belong to it or to what it owns.
 */
public final class Events {
  private static final String KIND = "event";

  private final Reads reads;
  private final Sources sources;
  private final CacheReader cache;

  public Events(Reads reads, Sources sources, CacheReader cache) {
    this.reads = reads;
    this.sources = sources;
    this.cache = cache;
  }

  /**
   * @param found what they are about
   * @param rows the oldest first
   */
  public record About(Reads.Found found, List<Row> rows) {}

  public About of(Caller caller, Target target, String kind, String typed) {
    Reads.Found found = reads.get(caller, target, kind, typed, Freshness.ANY);
    String name = found.row().key().name();
    String identity = found.scope().identity();
    String namespace = found.row().key().namespace();
    Set<String> owners = new HashSet<>(Set.of(owner(kind, name)));
    sources
        .kinds()
        .forEach(
            owned ->
                cache.scan(
                    identity,
                    owned,
                    namespace,
                    false,
                    row -> {
                      if (row.owner().equalsIgnoreCase(owner(kind, name))) {
                        owners.add(owner(row.key().kind(), row.key().name()));
                      }
                    }));
    List<Row> rows = new ArrayList<>();
    cache.scan(
        identity,
        KIND,
        namespace,
        false,
        row -> {
          boolean about =
              owners.contains(row.owner().toLowerCase(Locale.ROOT))
                  || owners.contains(row.key().name().toLowerCase(Locale.ROOT));
          if (about && !isEarlier(row, found.row())) {
            rows.add(row);
          }
        });
    rows.sort(Comparator.comparing(Row::changed).thenComparing(row -> row.key().name()));
    return new About(found, rows);
  }

  /** About another one of the same name. */
  private static boolean isEarlier(Row event, Row about) {
    return about.created() != null && event.changed().isBefore(about.created());
  }

  private static String owner(String kind, String name) {
    return kind.toLowerCase(Locale.ROOT) + "/" + name.toLowerCase(Locale.ROOT);
  }
}
