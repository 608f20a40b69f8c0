package dev.muster.daemon.app.rpc;

import dev.muster.daemon.app.answers.Refill;
import dev.muster.daemon.app.lifecycle.Health;
import dev.muster.daemon.app.lifecycle.Health.Report;
import dev.muster.daemon.core.History;
import dev.muster.daemon.core.Observation;
import dev.muster.proto.BuildInfo;
import dev.muster.v1.Build;
import dev.muster.v1.CacheInfoReply;
import dev.muster.v1.CacheInfoRequest;
import dev.muster.v1.CacheKind;
import dev.muster.v1.ClearCacheReply;
import dev.muster.v1.ClearCacheRequest;
import dev.muster.v1.ControlGrpc;
import dev.muster.v1.HelloReply;
import dev.muster.v1.HelloRequest;
import dev.muster.v1.StatusReply;
import dev.muster.v1.StatusRequest;
import dev.muster.v1.StopReply;
import dev.muster.v1.StopRequest;
import io.grpc.stub.StreamObserver;
import java.util.function.LongConsumer;

/** The contract's Control service: the daemon itself. */
public final class ControlService extends ControlGrpc.ControlImplBase {
  private final BuildInfo build;
  private final Health health;
  private final Refill refill;
  private final LongConsumer stop;

  /**
   * @param stop ends the daemon, giving running calls that many milliseconds
   */
  public ControlService(BuildInfo build, Health health, Refill refill, LongConsumer stop) {
    this.build = build;
    this.health = health;
    this.refill = refill;
    this.stop = stop;
  }

  @Override
  public void hello(HelloRequest request, StreamObserver<HelloReply> observer) {
    Replies.answer(
        observer,
        () ->
            HelloReply.newBuilder()
                .setBuild(message())
                .setPid(ProcessHandle.current().pid())
                .build());
  }

  @Override
  public void status(StatusRequest request, StreamObserver<StatusReply> observer) {
    Replies.answer(
        observer,
        () -> {
          Report report = health.report();
          StatusReply.Builder reply =
              StatusReply.newBuilder()
                  .setBuild(message())
                  .setPid(report.pid())
                  .setStartedAtMs(Protos.millis(report.started()))
                  .setSocket(report.options().socket().toString())
                  .setLog(report.options().log().toString())
                  .setStateDirectory(report.options().state().toString())
                  .setHeapUsedBytes(report.heapUsedBytes())
                  .setHeapMaxBytes(report.heapMaxBytes())
                  .setResidentBytes(report.residentBytes())
                  .setCacheBytes(report.cacheBytes())
                  .setCacheRows(report.cacheRows())
                  .setOpenStreams(report.openCalls())
                  .setIdleStopInMs(report.openCalls() > 0 ? 0 : report.untilStop().toMillis());
          report.watches().stream().map(Protos::observation).forEach(reply::addWatches);
          return reply.build();
        });
  }

  @Override
  public void stop(StopRequest request, StreamObserver<StopReply> observer) {
    Replies.answer(
        observer, () -> StopReply.newBuilder().setPid(ProcessHandle.current().pid()).build());
    stop.accept(request.getGraceMs());
  }

  @Override
  public void cacheInfo(CacheInfoRequest request, StreamObserver<CacheInfoReply> observer) {
    Replies.answer(
        observer,
        () -> {
          CacheInfoReply.Builder reply =
              CacheInfoReply.newBuilder()
                  .setFile(health.cacheFile().toString())
                  .setBytes(health.report().cacheBytes())
                  .setRows(health.report().cacheRows());
          History.Info history = health.history();
          reply
              .setHistoryFile(history.file().toString())
              .setHistoryBytes(history.bytes())
              .setHistoryEntries(history.entries())
              .setHistoryDegraded(history.degraded());
          for (Observation watch : health.report().watches()) {
            reply.addKinds(
                CacheKind.newBuilder()
                    .setObservation(Protos.observation(watch))
                    .setRows(health.rows(watch)));
          }
          return reply.build();
        });
  }

  @Override
  public void clearCache(ClearCacheRequest request, StreamObserver<ClearCacheReply> observer) {
    Replies.answer(
        observer,
        () ->
            ClearCacheReply.newBuilder()
                .setHistoryEntries(request.getHistory() ? health.clearHistory() : 0)
                .setRows(refill.clear())
                .build());
  }

  private Build message() {
    return Build.newBuilder()
        .setVersion(build.version())
        .setCommit(build.commit())
        .setTimeS(build.timeSeconds())
        .setProtocol(build.protocol())
        .build();
  }
}
