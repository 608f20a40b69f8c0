package dev.muster.daemon.app.rpc;

import dev.muster.daemon.app.answers.Reads;
import dev.muster.daemon.app.answers.Sources;
import dev.muster.daemon.core.Caller;
import dev.muster.daemon.core.Row;
import dev.muster.daemon.core.Scope;
import dev.muster.daemon.core.Target;
import dev.muster.v1.JobsGrpc;
import dev.muster.v1.LogChunk;
import dev.muster.v1.LogsRequest;
import dev.muster.v1.ResubmitRequest;
import dev.muster.v1.StopJobRequest;
import dev.muster.v1.SubmitRequest;
import dev.muster.v1.SubmitUpdate;
import dev.muster.v1.WriteReply;
import io.grpc.stub.StreamObserver;

/** The contract's Jobs service. */
public final class JobsService extends JobsGrpc.JobsImplBase {
  private final Sources sources;

  public JobsService(Sources sources) {
    this.sources = sources;
  }

  @Override
  public void submit(SubmitRequest request, StreamObserver<SubmitUpdate> observer) {
    Outflow.run(observer, out -> new SubmitStream(sources, request, out).run());
  }

  @Override
  public void logs(LogsRequest request, StreamObserver<LogChunk> observer) {
    Outflow.follow(observer, out -> new LogStream(sources, request, out).run());
  }

  @Override
  public void stopJob(StopJobRequest request, StreamObserver<WriteReply> observer) {
    Replies.answer(
        observer,
        () -> {
          Caller caller = Protos.caller(request.getCaller());
          Target target = Protos.target(request.getTarget());
          String kind = request.getKind();
          Scope scope = one(caller, target, kind);
          String name = sources.address(caller, target, kind, request.getName());
          return reply(scope, sources.jobs(kind).stop(caller, target, kind, name));
        });
  }

  @Override
  public void resubmit(ResubmitRequest request, StreamObserver<WriteReply> observer) {
    Replies.answer(
        observer,
        () -> {
          Caller caller = Protos.caller(request.getCaller());
          Target target = Protos.target(request.getTarget());
          String kind = request.getKind();
          Scope scope = one(caller, target, kind);
          String name = sources.address(caller, target, kind, request.getName());
          return reply(scope, sources.jobs(kind).resubmit(caller, target, kind, name));
        });
  }

  private Scope one(Caller caller, Target target, String kind) {
    Scope scope = sources.resolve(caller, target, kind);
    Reads.requireOneNamespace(scope, sources.kind(kind));
    return scope;
  }

  private static WriteReply reply(Scope scope, Row row) {
    return WriteReply.newBuilder().setResource(Protos.resource(scope, row)).build();
  }
}
