package dev.muster.daemon.app.rpc;

import dev.muster.daemon.app.answers.Events;
import dev.muster.daemon.app.answers.Freshness;
import dev.muster.daemon.app.answers.Reads;
import dev.muster.daemon.app.answers.Sources;
import dev.muster.daemon.core.ChangeFeed;
import dev.muster.daemon.core.History;
import dev.muster.daemon.core.Ticker;
import dev.muster.daemon.core.Waits;
import dev.muster.v1.EventsReply;
import dev.muster.v1.EventsRequest;
import dev.muster.v1.ExplainReply;
import dev.muster.v1.ExplainRequest;
import dev.muster.v1.GetReply;
import dev.muster.v1.GetRequest;
import dev.muster.v1.HistoryChunk;
import dev.muster.v1.HistoryRequest;
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
  private final History history;
  private final Waits waits;
  private final Clock clock;
  private final Ticker ticker;
  private final Answers answers;

  public StateService(
      Sources sources,
      Reads reads,
      Events events,
      ChangeFeed feed,
      History history,
      Waits waits,
      Clock clock,
      Ticker ticker) {
    this.sources = sources;
    this.reads = reads;
    this.feed = feed;
    this.history = history;
    this.waits = waits;
    this.clock = clock;
    this.ticker = ticker;
    this.answers = new Answers(sources, reads, events, history, clock);
  }

  @Override
  public void list(ListRequest request, StreamObserver<ListChunk> observer) {
    Outflow.run(observer, out -> new ListStream(sources, reads, clock, request, out).run());
  }

  @Override
  public void get(GetRequest request, StreamObserver<GetReply> observer) {
    Replies.answer(observer, () -> answers.get(request));
  }

  @Override
  public void watch(WatchRequest request, StreamObserver<WatchEvent> observer) {
    if (request.getFromCursor() > 0) {
      Outflow.follow(
          observer,
          out -> new ResumedWatch(sources, reads, history, clock, ticker, request, out).run());
    } else {
      Outflow.follow(
          observer,
          out -> new WatchStream(sources, reads, feed, history, clock, ticker, request, out).run());
    }
  }

  @Override
  public void wait(WaitRequest request, StreamObserver<WaitUpdate> observer) {
    Outflow.follow(
        observer,
        out -> new WaitStream(sources, reads, waits, history, ticker, request, out).run());
  }

  @Override
  public void history(HistoryRequest request, StreamObserver<HistoryChunk> observer) {
    Outflow.run(observer, out -> new HistoryStream(sources, history, request, out).run());
  }

  @Override
  public void explain(ExplainRequest request, StreamObserver<ExplainReply> observer) {
    Replies.answer(observer, () -> answers.explain(request));
  }

  @Override
  public void events(EventsRequest request, StreamObserver<EventsReply> observer) {
    Replies.answer(observer, () -> answers.events(request));
  }

  static Freshness freshness(dev.muster.v1.Freshness freshness) {
    return new Freshness(freshness.getLive(), Duration.ofMillis(freshness.getMaxAgeMs()));
  }
}
