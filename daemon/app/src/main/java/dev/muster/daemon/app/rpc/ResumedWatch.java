package dev.muster.daemon.app.rpc;

import dev.muster.daemon.app.answers.Reads;
import dev.muster.daemon.app.answers.Sources;
import dev.muster.daemon.core.Caller;
import dev.muster.daemon.core.History;
import dev.muster.daemon.core.HistoryEntry;
import dev.muster.daemon.core.HistoryQuery;
import dev.muster.daemon.core.Liveness;
import dev.muster.daemon.core.Observation;
import dev.muster.daemon.core.Scope;
import dev.muster.daemon.core.Source;
import dev.muster.daemon.core.State;
import dev.muster.daemon.core.Target;
import dev.muster.daemon.core.Ticker;
import dev.muster.v1.Resource;
import dev.muster.v1.WatchEvent;
import dev.muster.v1.WatchEvent.Type;
import dev.muster.v1.WatchRequest;
import java.time.Clock;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A watch that goes on where an earlier one ended: every change of state after a cursor, read from
 * the history and from nowhere else. So none is lost and none is told twice, however slow the
 * client is and however often the daemon was restarted meanwhile.
 */
final class ResumedWatch {
  private static final int AT_ONCE = 500;

  private final Sources sources;
  private final Reads reads;
  private final History history;
  private final Clock clock;
  private final Ticker ticker;
  private final WatchRequest request;
  private final Outflow<WatchEvent> out;
  private final BlockingQueue<Boolean> woken = new ArrayBlockingQueue<>(1);
  private final Queue<Observation> liveness = new ConcurrentLinkedQueue<>();

  /** Which one; empty: every one. */
  private String name = "";

  ResumedWatch(
      Sources sources,
      Reads reads,
      History history,
      Clock clock,
      Ticker ticker,
      WatchRequest request,
      Outflow<WatchEvent> out) {
    this.sources = sources;
    this.reads = reads;
    this.history = history;
    this.clock = clock;
    this.ticker = ticker;
    this.request = request;
    this.out = out;
  }

  void run() throws InterruptedException {
    Caller caller = Protos.caller(request.getCaller());
    Target target = Protos.target(request.getTarget());
    Source source = sources.of(request.getKind());
    Scope scope = sources.resolve(caller, target, request.getKind());
    name = reads.followed(caller, target, scope, request.getKind(), request.getName());
    out.whileOpen(source.attend(scope, request.getKind(), name));
    out.whileOpen(history.onAppended(this::wake));
    out.whileOpen(this::wake); // so that the thread ends when the client is gone
    Liveness live = Liveness.of(source, scope, request.getKind());
    out.whileOpen(Interest.keep(live::observe, ticker));
    out.whileOpen(
        live.onChange(
            () -> {
              liveness.add(live.observe());
              wake();
            }));
    Observation observation = reads.watched(source, caller, target, scope, request.getKind());
    long sent = send(scope, request.getFromCursor());
    out.send(
        event(Type.SYNCED).setCursor(sent).setObservation(Protos.observation(observation)).build());
    while (!out.isCancelled()) {
      woken.take();
      sent = send(scope, sent);
      for (Observation o = liveness.poll(); o != null; o = liveness.poll()) {
        out.send(event(Type.LIVENESS).setObservation(Protos.observation(reads.dated(o))).build());
        if (!o.live() && source.signedOut(scope, request.getKind())) {
          throw WaitStream.signedOut(o);
        }
      }
    }
  }

  private void wake() {
    woken.offer(true); // if it is woken already, that will do
  }

  /** All that came after the cursor; answers with the last one's. */
  private long send(Scope scope, long after) throws InterruptedException {
    long sent = after;
    List<HistoryEntry> entries;
    do {
      entries =
          history.read(
              new HistoryQuery(
                  scope.identity(),
                  request.getKind(),
                  scope.namespace(),
                  name,
                  null,
                  sent,
                  AT_ONCE));
      for (HistoryEntry entry : entries) {
        out.send(event(scope, entry));
        sent = entry.cursor();
      }
    } while (entries.size() == AT_ONCE);
    return sent;
  }

  private WatchEvent event(Scope scope, HistoryEntry entry) {
    boolean gone = entry.to() == null;
    boolean added = entry.from() == null;
    State state = gone ? entry.from() : entry.to();
    Resource.Builder resource =
        Resource.newBuilder()
            .setSource(scope.source())
            .setContext(scope.context())
            .setKind(entry.key().kind())
            .setNamespace(entry.key().namespace())
            .setName(entry.key().name())
            .setUid(entry.uid())
            .setState(state == null ? State.UNKNOWN.name() : state.name())
            .setNativeState(entry.nativeState())
            .setReady(entry.to() == State.READY)
            .setReason(entry.reason())
            .setChangedAtMs(Protos.millis(entry.at()));
    return WatchEvent.newBuilder()
        .setType(gone ? Type.DELETED : added ? Type.ADDED : Type.CHANGED)
        .setAtMs(Protos.millis(entry.at()))
        .setFromState(added ? "" : entry.from().name())
        .setResource(resource)
        .setCursor(entry.cursor())
        .build();
  }

  private WatchEvent.Builder event(Type type) {
    return WatchEvent.newBuilder().setType(type).setAtMs(clock.millis());
  }
}
