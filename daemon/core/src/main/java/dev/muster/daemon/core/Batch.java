package dev.muster.daemon.core;

import dev.muster.daemon.core.ChangeFeed.Draft;
import dev.muster.daemon.core.Tables.Stored;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * What one transaction does to the tables, and what changed by it. Reads what it has written
 * itself.
 */
final class Batch {
  /** How many rows of a sweep go into one transaction. */
  static final int SWEPT_AT_ONCE = 1_000;

  private static final Logger log = Logger.getLogger(Batch.class);

  private final Tables tables;
  private final Instant now;
  private final List<Draft> drafts = new ArrayList<>();
  private final Set<Snapshots.Kind> written = new HashSet<>();

  Batch(Tables tables, Instant now) {
    this.tables = tables;
    this.now = now;
  }

  List<Draft> drafts() {
    return drafts;
  }

  /** The kinds of which a row is not as it was. */
  Set<Snapshots.Kind> written() {
    return written;
  }

  /** Applies everything but a sweep whole: of that at most {@link #SWEPT_AT_ONCE} rows. */
  void apply(Operation operation) throws SQLException {
    switch (operation) {
      case Operation.Put(Row row, var latest) -> put(latest.apply(row));
      case Operation.Remove(Key key, String uid, Instant at) -> remove(key, uid, at);
      case Operation.Recompute recompute -> recompute(recompute);
      case Operation.Sweep sweep -> sweep(sweep);
      case Operation.Seen(String identity, String kind, String namespace, Instant at) ->
          tables.markSeen(identity, kind, namespace, at);
    }
  }

  private void put(Row row) throws SQLException {
    written.add(new Snapshots.Kind(row.key().identity(), row.key().kind()));
    Stored old = tables.find(row.key());
    long digest = Schema.digest(row);
    if (old == null) {
      Row added = row.changed() == null ? row.withChanged(observedOrNow(row)) : row;
      tables.insert(added, digest);
      drafts.add(new Draft(Change.Type.ADDED, null, added));
      return;
    }
    Row before = old.row();
    if (isPredecessor(row, before)) {
      return;
    }
    if (!before.uid().equals(row.uid())) {
      Row added = row.changed() == null ? row.withChanged(observedOrNow(row)) : row;
      drafts.add(new Draft(Change.Type.DELETED, before.state(), tables.get(row.key())));
      tables.update(old, added, digest);
      drafts.add(new Draft(Change.Type.ADDED, null, added));
      return;
    }
    if (row.isOlderThan(before)) {
      // Old news, but news that it is still there: a sweep must not take it.
      tables.observe(old, later(before.observed(), row.observed()));
      return;
    }
    Row after = row.withChanged(changed(before, row));
    if (digest == old.digest() && isSame(before, after)) {
      tables.observe(old, later(before.observed(), row.observed()));
      return;
    }
    tables.update(old, after, digest);
    drafts.add(new Draft(Change.Type.CHANGED, before.state(), after));
  }

  private void remove(Key key, String uid, Instant at) throws SQLException {
    Stored old = tables.find(key);
    if (old == null || (!uid.isEmpty() && !uid.equals(old.row().uid()))) {
      return;
    }
    delete(old, at);
  }

  private void recompute(Operation.Recompute operation) throws SQLException {
    Key key = operation.key();
    Row before = tables.get(key);
    List<Row> dependents = tables.ownedBy(key);
    Row after;
    try {
      after = operation.projector().apply(before, dependents);
    } catch (RuntimeException | Error e) {
      log.warnf(e, "The state of %s %s cannot be computed", key.kind(), key.name());
      return;
    }
    if (after != null) {
      put(after);
    }
  }

  private void sweep(Operation.Sweep sweep) throws SQLException {
    List<Key> gone =
        tables.observedBefore(
            sweep.identity(), sweep.kind(), sweep.namespace(), sweep.listStarted(), SWEPT_AT_ONCE);
    for (Key key : gone) {
      delete(tables.find(key), sweep.listStarted());
    }
    if (gone.size() < SWEPT_AT_ONCE) {
      tables.markSeen(sweep.identity(), sweep.kind(), sweep.namespace(), sweep.listStarted());
    }
  }

  private void delete(Stored old, Instant at) throws SQLException {
    Row last = tables.get(old.row().key());
    written.add(new Snapshots.Kind(last.key().identity(), last.key().kind()));
    tables.delete(old);
    drafts.add(
        new Draft(
            Change.Type.DELETED, last.state(), last.withObserved(later(last.observed(), at))));
  }

  /**
   * Whether it is late news of what had the name before: a write's answer can be here before a
   * watch has told the end of the one that it replaced. A server that was set back makes new things
   * later.
   */
  private static boolean isPredecessor(Row row, Row of) {
    boolean madeLater =
        row.created() != null && of.created() != null && row.created().isAfter(of.created());
    return !row.uid().equals(of.uid()) && !madeLater && row.isOlderThan(of);
  }

  private Instant changed(Row before, Row after) {
    boolean saidByServer = after.changed() != null && !after.changed().equals(after.observed());
    if (before.state() == after.state()) {
      return saidByServer ? later(before.changed(), after.changed()) : before.changed();
    }
    if (saidByServer && after.changed().isAfter(before.changed())) {
      return after.changed();
    }
    // What was computed anew was observed when its object was: something else has changed since.
    boolean seenAnew = after.observed() != null && !after.observed().equals(before.observed());
    return seenAnew ? after.observed() : now;
  }

  private Instant observedOrNow(Row row) {
    return row.observed() == null ? now : row.observed();
  }

  /** All but the observation and the body. */
  private static boolean isSame(Row before, Row after) {
    return before.equals(
        new Row(
            after.key(),
            after.uid(),
            after.version(),
            after.state(),
            after.nativeState(),
            after.ready(),
            after.reason(),
            after.created(),
            after.changed(),
            before.observed(),
            after.owner(),
            after.labels(),
            after.cells(),
            "",
            ""));
  }

  private static Instant later(Instant one, Instant other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.isAfter(other) ? one : other;
  }
}
