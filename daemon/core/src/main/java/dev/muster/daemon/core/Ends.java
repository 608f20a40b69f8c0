package dev.muster.daemon.core;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Finds what went while no daemon ran, where the cache does not remember it either: a newer daemon
 * begins with an empty one. Looks once for each kind and namespace, when the first full list of it
 * is in the cache; of the writer's thread only.
 */
final class Ends {
  private static final Logger log = Logger.getLogger(Ends.class);

  private final HistoryFile file;
  private final CacheReader cache;
  private final Cursors cursors;
  private final Clock clock;
  private final Set<Of> looked = new HashSet<>();

  private record Of(String identity, String kind, String namespace) {}

  Ends(HistoryFile file, CacheReader cache, Cursors cursors, Clock clock) {
    this.file = file;
    this.cache = cache;
    this.cursors = cursors;
    this.clock = clock;
  }

  /**
   * The ends that are not recorded yet.
   *
   * @param next the number in the feed of the first of them; the others' follow
   */
  List<Sighting> listed(Operation.Sweep sweep, long next) {
    Of of = new Of(sweep.identity(), sweep.kind(), sweep.namespace());
    if (looked.contains(of)) {
      return List.of();
    }
    List<HistoryEntry> open;
    try {
      open = file.with(tables -> tables.open(of.identity(), of.kind(), of.namespace()));
    } catch (SQLException e) {
      log.debugf("What has gone of %s is not recorded: %s", of.kind(), e.getMessage());
      return List.of();
    }
    looked.add(of);
    Set<Key> there = new HashSet<>();
    cache.scan(of.identity(), of.kind(), of.namespace(), false, row -> there.add(row.key()));
    Instant now = clock.instant();
    List<Sighting> ends = new ArrayList<>();
    for (HistoryEntry last : open) {
      // This daemon's own are ended by what is published.
      if (cursors.isEarlier(last.cursor()) && !there.contains(last.key())) {
        ends.add(Sighting.ofEnd(last, cursors.of(next + ends.size()), now));
      }
    }
    return ends;
  }
}
