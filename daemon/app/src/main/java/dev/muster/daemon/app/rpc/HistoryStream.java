package dev.muster.daemon.app.rpc;

import dev.muster.daemon.app.answers.Sources;
import dev.muster.daemon.core.Caller;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.core.History;
import dev.muster.daemon.core.HistoryQuery;
import dev.muster.daemon.core.Scope;
import dev.muster.daemon.core.State;
import dev.muster.daemon.core.Target;
import dev.muster.v1.HistoryChunk;
import dev.muster.v1.HistoryEntry;
import dev.muster.v1.HistoryRequest;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Answers with what became of things, in chunks; it reads nothing but the history. */
final class HistoryStream {
  private static final int ENTRIES_PER_CHUNK = 500;
  private static final int USUAL = 1_000;
  private static final int MOST = 100_000;

  private final Sources sources;
  private final History history;
  private final HistoryRequest request;
  private final Outflow<HistoryChunk> out;

  HistoryStream(
      Sources sources, History history, HistoryRequest request, Outflow<HistoryChunk> out) {
    this.sources = sources;
    this.history = history;
    this.request = request;
    this.out = out;
  }

  void run() throws InterruptedException {
    Caller caller = Protos.caller(request.getCaller());
    Target target = Protos.target(request.getTarget());
    int limit = request.getLimit() == 0 ? USUAL : request.getLimit();
    if (limit < 0 || limit > MOST) {
      throw new Failure(
          Failure.Kind.USAGE, "--limit %d is not between 1 and %d".formatted(limit, MOST));
    }
    Stream<Scope> scopes =
        request.getKind().isEmpty()
            ? sources.all().stream().map(source -> source.resolve(caller, target))
            : Stream.of(scope(caller, target));
    List<HistoryEntry> entries =
        scopes
            .flatMap(scope -> history.read(query(scope, limit)).stream())
            .filter(this::isMeant)
            .sorted(Comparator.comparingLong(dev.muster.daemon.core.HistoryEntry::cursor))
            .map(HistoryStream::message)
            .toList();
    String degraded = history.degraded();
    for (int i = 0; i < entries.size(); i += ENTRIES_PER_CHUNK) {
      out.send(
          HistoryChunk.newBuilder()
              .addAllEntries(entries.subList(i, Math.min(i + ENTRIES_PER_CHUNK, entries.size())))
              .build());
    }
    out.send(HistoryChunk.newBuilder().setDegraded(degraded).build());
  }

  private Scope scope(Caller caller, Target target) {
    return sources.resolve(caller, target, request.getKind());
  }

  private HistoryQuery query(Scope scope, int limit) {
    return new HistoryQuery(
        scope.identity(),
        request.getKind(),
        scope.namespace(),
        mayBeLonger() ? "" : request.getName(),
        request.getSinceMs() == 0 ? null : Instant.ofEpochMilli(request.getSinceMs()),
        request.getAfterCursor(),
        limit);
  }

  /** Names of such a kind can be called by their last part, also when they are gone. */
  private boolean mayBeLonger() {
    String kind = request.getKind();
    return !kind.isEmpty() && sources.of(kind).polled(kind);
  }

  private boolean isMeant(dev.muster.daemon.core.HistoryEntry entry) {
    String name = entry.key().name();
    return request.getName().isEmpty()
        || name.equals(request.getName())
        || name.endsWith("/" + request.getName());
  }

  private static HistoryEntry message(dev.muster.daemon.core.HistoryEntry entry) {
    return HistoryEntry.newBuilder()
        .setCursor(entry.cursor())
        .setAtMs(Protos.millis(entry.at()))
        .setContext(entry.context())
        .setKind(entry.key().kind())
        .setNamespace(entry.key().namespace())
        .setName(entry.key().name())
        .setUid(entry.uid())
        .setFromState(name(entry.from()))
        .setToState(name(entry.to()))
        .setNativeState(entry.nativeState())
        .setReason(entry.reason())
        .setQueue(entry.queue())
        .build();
  }

  private static String name(State state) {
    return state == null ? "" : state.name();
  }
}
