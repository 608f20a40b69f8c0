package dev.muster.daemon.app.rpc;

import dev.muster.daemon.app.answers.Reads;
import dev.muster.daemon.app.answers.Reads.Listing;
import dev.muster.daemon.app.answers.Sources;
import dev.muster.daemon.core.Caller;
import dev.muster.daemon.core.Kind;
import dev.muster.daemon.core.Row;
import dev.muster.daemon.core.Selector;
import dev.muster.daemon.core.Target;
import dev.muster.v1.Layout;
import dev.muster.v1.ListChunk;
import dev.muster.v1.ListRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** Answers one list, in chunks: ten thousand rows are never one message. */
final class ListStream {
  private static final int ROWS_PER_CHUNK = 500;

  private final Sources sources;
  private final Reads reads;
  private final Clock clock;
  private final ListRequest request;
  private final Outflow<ListChunk> out;
  private final Selector selector;
  private ListChunk.Builder chunk = ListChunk.newBuilder();

  ListStream(
      Sources sources, Reads reads, Clock clock, ListRequest request, Outflow<ListChunk> out) {
    this.sources = sources;
    this.reads = reads;
    this.clock = clock;
    this.request = request;
    this.out = out;
    this.selector = Selector.parse(request.getSelector());
  }

  void run() throws InterruptedException {
    boolean everything = request.getKind().isEmpty();
    List<Kind> kinds = everything ? sources.listed() : List.of(sources.kind(request.getKind()));
    chunk.addAllColumns(everything ? Cells.shared() : Cells.columns(kinds.getFirst()));
    boolean records = request.getLayout() == Layout.RECORDS;
    Caller caller = Protos.caller(request.getCaller());
    Target target = Protos.target(request.getTarget());
    List<Listing> listings =
        kinds.stream()
            .map(
                kind ->
                    reads.list(
                        caller,
                        target,
                        kind.name(),
                        StateService.freshness(request.getFreshness()),
                        records))
            .toList();
    listings.forEach(listing -> chunk.addObservations(Protos.observation(listing.observation())));
    Instant now = clock.instant();
    for (Listing listing : listings) {
      listing.rows().forEach(row -> add(listing, row, records, everything, now));
    }
    flush();
  }

  private void add(Listing listing, Row row, boolean records, boolean everything, Instant now) {
    if (!selector.matches(row.labels())) {
      return;
    }
    if (records) {
      chunk.addResources(Protos.resource(listing.scope(), row));
    } else {
      chunk.addRows(everything ? Cells.sharedLine(row, now) : Cells.line(row, now));
    }
    if (chunk.getRowsCount() + chunk.getResourcesCount() >= ROWS_PER_CHUNK) {
      flush();
    }
  }

  private void flush() {
    try {
      out.send(chunk.build());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new java.util.concurrent.CancellationException("interrupted");
    }
    chunk = ListChunk.newBuilder();
  }
}
