package dev.muster.daemon.app.rpc;

import dev.muster.daemon.app.answers.Reads;
import dev.muster.daemon.app.answers.Sources;
import dev.muster.daemon.core.Caller;
import dev.muster.daemon.core.Cancellation;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.core.Goal;
import dev.muster.daemon.core.History;
import dev.muster.daemon.core.Key;
import dev.muster.daemon.core.Liveness;
import dev.muster.daemon.core.Observation;
import dev.muster.daemon.core.Scope;
import dev.muster.daemon.core.Source;
import dev.muster.daemon.core.Target;
import dev.muster.daemon.core.Ticker;
import dev.muster.daemon.core.WaitUpdate.Outcome;
import dev.muster.daemon.core.Waits;
import dev.muster.v1.WaitRequest;
import dev.muster.v1.WaitUpdate;
import java.time.Duration;

/** One wait: progress as long as it goes on, then how it ended. */
final class WaitStream {
  private final Sources sources;
  private final Reads reads;
  private final Waits waits;
  private final History history;
  private final Ticker ticker;
  private final WaitRequest request;
  private final Outflow<WaitUpdate> out;

  WaitStream(
      Sources sources,
      Reads reads,
      Waits waits,
      History history,
      Ticker ticker,
      WaitRequest request,
      Outflow<WaitUpdate> out) {
    this.sources = sources;
    this.reads = reads;
    this.waits = waits;
    this.history = history;
    this.ticker = ticker;
    this.request = request;
    this.out = out;
  }

  void run() throws InterruptedException {
    Goal goal = Goal.parse(request.getGoal());
    Caller caller = Protos.caller(request.getCaller());
    Target target = Protos.target(request.getTarget());
    Source source = sources.of(request.getKind());
    Scope scope = sources.resolve(caller, target, request.getKind());
    Reads.requireOneNamespace(scope, sources.kind(request.getKind()));
    Observation observation = reads.watched(source, caller, target, scope, request.getKind());
    boolean nothing = observation.at() == null || source.signedOut(scope, request.getKind());
    if (!observation.live() && nothing) {
      askServer(source, caller, target);
    }
    String name = reads.followed(caller, target, scope, request.getKind(), request.getName());
    Liveness live = Liveness.of(source, scope, request.getKind());
    out.whileOpen(source.attend(scope, request.getKind(), name));
    out.whileOpen(Interest.keep(live::observe, ticker));
    Cancellation cancellation = new Cancellation();
    out.whileOpen(cancellation::cancel);
    // What is not taken any more never will be: waiting on would be waiting for ever.
    out.whileOpen(
        live.onChange(
            () -> {
              if (source.signedOut(scope, request.getKind())) {
                cancellation.cancel();
              }
            }));
    dev.muster.daemon.core.WaitUpdate end =
        waits.await(
            new dev.muster.daemon.core.WaitRequest(
                new Key(scope.identity(), request.getKind(), scope.namespace(), name),
                goal,
                request.getTimeoutMs() == 0 ? null : Duration.ofMillis(request.getTimeoutMs()),
                Duration.ofMillis(request.getExistsWithinMs()),
                request.getUid(),
                Duration.ofMillis(request.getElapsedMs())),
            live,
            update -> send(scope, update),
            cancellation);
    if (end.outcome() != Outcome.CANCELLED) {
      send(scope, end);
    } else if (!out.isCancelled() && source.signedOut(scope, request.getKind())) {
      throw signedOut(live.observe());
    }
  }

  /** Ends a stream whose user is not signed in any more. */
  static Failure signedOut(Observation observation) {
    String reason = observation.reason();
    return new Failure(
        Failure.Kind.NOT_LOGGED_IN,
        Character.toUpperCase(reason.charAt(0)) + reason.substring(1) + ".");
  }

  /**
   * Nothing was ever seen: when the server cannot be asked, it is better to say why than to wait
   * for ever.
   */
  private void askServer(Source source, Caller caller, Target target) {
    try {
      source.getLive(caller, target, request.getKind(), request.getName());
    } catch (Failure failure) {
      if (failure.kind() != Failure.Kind.NOT_FOUND) {
        throw failure;
      }
    }
  }

  private void send(Scope scope, dev.muster.daemon.core.WaitUpdate update) {
    WaitUpdate.Builder message =
        WaitUpdate.newBuilder()
            .setOutcome(WaitUpdate.Outcome.valueOf(update.outcome().name()))
            .setLine(update.line())
            .setElapsedMs(update.elapsed().toMillis());
    if (update.row() != null) {
      message.setResource(Protos.resource(scope, update.row()));
      if (update.outcome() == Outcome.PENDING) {
        history.estimate(update.row()).map(Protos::estimate).ifPresent(message::setEstimate);
      }
    }
    if (update.observation() != null) {
      message.setObservation(Protos.observation(reads.dated(update.observation())));
    }
    out.tell(message.build());
  }
}
