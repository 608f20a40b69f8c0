package dev.muster.daemon.app.rpc;

import dev.muster.daemon.app.answers.Freshness;
import dev.muster.daemon.app.answers.Reads;
import dev.muster.daemon.app.answers.Sources;
import dev.muster.daemon.core.ChangeFeed;
import dev.muster.daemon.core.Ticker;
import dev.muster.daemon.core.Waits;
import dev.muster.v1.GetReply;
import dev.muster.v1.GetRequest;
import dev.muster.v1.ListChunk;
import dev.muster.v1.ListRequest;
import dev.muster.v1.StateGrpc;
import dev.muster.v1.WaitRequest;
import dev.muster.v1.WaitUpdate;
import dev.muster.v1.WatchEvent;
import dev.muster.v1.WatchRequest;
import io.grpc.stub.StreamObserver;
import java.time.Clock;
import java.time.Duration;

/** The contract's State service: one line a call, the work is in a class of its own each. */
public final class StateService extends StateGrpc.StateImplBase {
  private final Sources sources;
  private final Reads reads;
  private final ChangeFeed feed;
  private final Waits waits;
  private final Clock clock;
  private final Ticker ticker;

  public StateService(
      Sources sources, Reads reads, ChangeFeed feed, Waits waits, Clock clock, Ticker ticker) {
    this.sources = sources;
    this.reads = reads;
    this.feed = feed;
    this.waits = waits;
    this.clock = clock;
    this.ticker = ticker;
  }

  @Override
  public void list(ListRequest request, StreamObserver<ListChunk> observer) {
    Outflow.run(observer, out -> new ListStream(sources, reads, clock, request, out).run());
  }

  @Override
  public void get(GetRequest request, StreamObserver<GetReply> observer) {
    Replies.answer(observer, () -> reply(request));
  }

  @Override
  public void watch(WatchRequest request, StreamObserver<WatchEvent> observer) {
    Outflow.run(
        observer, out -> new WatchStream(sources, reads, feed, clock, ticker, request, out).run());
  }

  @Override
  public void wait(WaitRequest request, StreamObserver<WaitUpdate> observer) {
    Outflow.run(observer, out -> new WaitStream(sources, reads, waits, ticker, request, out).run());
  }

  static Freshness freshness(dev.muster.v1.Freshness freshness) {
    return new Freshness(freshness.getLive(), Duration.ofMillis(freshness.getMaxAgeMs()));
  }

  private GetReply reply(GetRequest request) {
    var caller = Protos.caller(request.getCaller());
    var target = Protos.target(request.getTarget());
    Reads.Found found =
        reads.get(
            caller,
            target,
            request.getKind(),
            request.getName(),
            freshness(request.getFreshness()));
    GetReply.Builder reply =
        GetReply.newBuilder()
            .setObservation(Protos.observation(found.observation()))
            .setResource(Protos.resource(found.scope(), found.row()))
            .addAllColumns(Cells.columns(sources.kind(request.getKind())))
            .setRow(Cells.line(found.row(), clock.instant()));
    if (request.getManifest()) {
      reply.setManifestYaml(
          sources
              .of(request.getKind())
              .manifest(caller, target, request.getKind(), request.getName()));
    }
    return reply.build();
  }
}
