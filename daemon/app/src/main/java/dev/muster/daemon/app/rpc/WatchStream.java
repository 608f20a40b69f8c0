package dev.muster.daemon.app.rpc;

import dev.muster.daemon.app.answers.Freshness;
import dev.muster.daemon.app.answers.Reads;
import dev.muster.daemon.app.answers.Sources;
import dev.muster.daemon.core.Caller;
import dev.muster.daemon.core.Change;
import dev.muster.daemon.core.ChangeFeed;
import dev.muster.daemon.core.History;
import dev.muster.daemon.core.Key;
import dev.muster.daemon.core.Liveness;
import dev.muster.daemon.core.Observation;
import dev.muster.daemon.core.Row;
import dev.muster.daemon.core.Scope;
import dev.muster.daemon.core.Source;
import dev.muster.daemon.core.State;
import dev.muster.daemon.core.Subscription;
import dev.muster.daemon.core.Target;
import dev.muster.daemon.core.Ticker;
import dev.muster.v1.WatchEvent;
import dev.muster.v1.WatchEvent.Type;
import dev.muster.v1.WatchRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * One watch: what is there, then every change that a person could see, without a gap. When the
 * client was too slow for the feed, what it missed is found by reading again.
 */
final class WatchStream {
  private final Sources sources;
  private final Reads reads;
  private final ChangeFeed feed;
  private final History history;
  private final Clock clock;
  private final Ticker ticker;
  private final WatchRequest request;
  private final Outflow<WatchEvent> out;

  /** Which one; empty: every one. */
  private String name = "";

  private final Map<Key, Seen> seen = new HashMap<>();
  private final Queue<Observation> liveness = new ConcurrentLinkedQueue<>();

  WatchStream(
      Sources sources,
      Reads reads,
      ChangeFeed feed,
      History history,
      Clock clock,
      Ticker ticker,
      WatchRequest request,
      Outflow<WatchEvent> out) {
    this.sources = sources;
    this.reads = reads;
    this.feed = feed;
    this.history = history;
    this.clock = clock;
    this.ticker = ticker;
    this.request = request;
    this.out = out;
  }

  /** What the client was last shown of a row. */
  private record Seen(Row row, State state, String shown) {
    static Seen of(Row row) {
      return new Seen(slim(row), row.state(), row.cells() + '\n' + row.reason());
    }

    /** Without the object: a watch over ten thousand rows must not keep ten thousand objects. */
    private static Row slim(Row row) {
      return new Row(
          row.key(),
          row.uid(),
          row.version(),
          row.state(),
          row.nativeState(),
          row.ready(),
          row.reason(),
          row.created(),
          row.changed(),
          row.observed(),
          row.owner(),
          "",
          row.cells(),
          "",
          "");
    }
  }

  void run() throws InterruptedException {
    Caller caller = Protos.caller(request.getCaller());
    Target target = Protos.target(request.getTarget());
    Source source = sources.of(request.getKind());
    Scope scope = sources.resolve(caller, target, request.getKind());
    name = reads.followed(caller, target, scope, request.getKind(), request.getName());
    out.whileOpen(source.attend(scope, request.getKind(), name));
    // Subscribed before anything is read: what happens in between comes twice at worst, and is then
    // seen to be nothing new.
    Subscription subscription =
        out.whileOpen(feed.subscribe(scope.identity(), request.getKind(), scope.namespace(), name));
    long begun = history.cursor(feed.last());
    Liveness live = Liveness.of(source, scope, request.getKind());
    out.whileOpen(Interest.keep(live::observe, ticker));
    out.whileOpen(
        live.onChange(
            () -> {
              liveness.add(live.observe());
              subscription.wake();
            }));
    Reads.Listing listing = reads.list(caller, target, request.getKind(), Freshness.ANY, true);
    for (Row row : rows(listing)) {
      show(Type.PRESENT, null, row, 0, scope);
    }
    out.send(
        event(Type.SYNCED)
            .setCursor(begun)
            .addAllColumns(Cells.columns(sources.kind(request.getKind())))
            .setObservation(Protos.observation(listing.observation()))
            .build());
    while (!out.isCancelled()) {
      ChangeFeed.Event event = subscription.poll(null);
      if (event instanceof ChangeFeed.Event.Changed changed) {
        Change change = changed.change();
        change(change.type().name(), change.row(), history.cursor(change), scope);
      } else if (event instanceof ChangeFeed.Event.Overflow) {
        catchUp(reads.list(caller, target, request.getKind(), Freshness.ANY, true), scope);
      }
      for (Observation o = liveness.poll(); o != null; o = liveness.poll()) {
        out.send(event(Type.LIVENESS).setObservation(Protos.observation(reads.dated(o))).build());
        if (!o.live() && source.signedOut(scope, request.getKind())) {
          throw WaitStream.signedOut(o);
        }
      }
    }
  }

  private Iterable<Row> rows(Reads.Listing listing) {
    java.util.List<Row> rows = new java.util.ArrayList<>();
    listing
        .rows()
        .forEach(
            row -> {
              if (name.isEmpty() || name.equals(row.key().name())) {
                rows.add(row);
              }
            });
    return rows;
  }

  private void change(String type, Row row, long cursor, Scope scope) throws InterruptedException {
    Seen before = seen.get(row.key());
    if (type.equals("DELETED")) {
      // The end of another one that had the name is old news.
      if (before != null && before.row().uid().equals(row.uid())) {
        show(Type.DELETED, before.state(), row, cursor, scope);
      }
    } else if (before == null) {
      show(Type.ADDED, null, row, cursor, scope);
    } else if (row.isOlderThan(before.row())) {
      // What was read had it already, or what came after it.
      return;
    } else if (!before.row().uid().equals(row.uid())) {
      show(Type.DELETED, before.state(), before.row(), cursor, scope);
      show(Type.ADDED, null, row, cursor, scope);
    } else if (!before.shown().equals(Seen.of(row).shown())) {
      show(Type.CHANGED, before.state(), row, cursor, scope);
    }
  }

  private void catchUp(Reads.Listing listing, Scope scope) throws InterruptedException {
    Set<Key> gone = new HashSet<>(seen.keySet());
    for (Row row : rows(listing)) {
      gone.remove(row.key());
      change("CHANGED", row, 0, scope);
    }
    for (Key key : gone) {
      change("DELETED", seen.get(key).row(), 0, scope);
    }
  }

  private void show(Type type, State from, Row row, long cursor, Scope scope)
      throws InterruptedException {
    Instant now = clock.instant();
    WatchEvent.Builder event =
        event(type)
            .setResource(Protos.resource(scope, row))
            .setRow(Cells.line(row, now))
            .setCursor(cursor);
    if (from != null) {
      event.setFromState(from.name());
    }
    if (seen.isEmpty()) {
      event.addAllColumns(Cells.columns(sources.kind(request.getKind())));
    }
    if (type == Type.DELETED) {
      seen.remove(row.key());
    } else {
      seen.put(row.key(), Seen.of(row));
    }
    out.send(event.build());
  }

  private WatchEvent.Builder event(Type type) {
    return WatchEvent.newBuilder().setType(type).setAtMs(clock.millis());
  }
}
