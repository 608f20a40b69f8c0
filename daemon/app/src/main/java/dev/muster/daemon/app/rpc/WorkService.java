package dev.muster.daemon.app.rpc;

import dev.muster.daemon.app.answers.Reads;
import dev.muster.daemon.app.answers.Writes;
import dev.muster.daemon.core.Source.Definition;
import dev.muster.v1.CreateReply;
import dev.muster.v1.CreateRequest;
import dev.muster.v1.DefineReply;
import dev.muster.v1.DefineRequest;
import dev.muster.v1.DeleteReply;
import dev.muster.v1.DeleteRequest;
import dev.muster.v1.WorkGrpc;
import io.grpc.stub.StreamObserver;

/** The contract's Work service. */
public final class WorkService extends WorkGrpc.WorkImplBase {
  private final Writes writes;

  public WorkService(Writes writes) {
    this.writes = writes;
  }

  @Override
  public void define(DefineRequest request, StreamObserver<DefineReply> observer) {
    Replies.answer(
        observer,
        () -> {
          Definition definition =
              writes.define(
                  Protos.caller(request.getCaller()),
                  Protos.target(request.getTarget()),
                  request.getKind(),
                  request.getName(),
                  Protos.settings(request.getSettingsList()),
                  request.getTemplate());
          return DefineReply.newBuilder()
              .setYaml(definition.yaml())
              .setName(definition.name())
              .setFileName(definition.name() + ".yaml")
              .addAllWarnings(definition.warnings())
              .build();
        });
  }

  @Override
  public void create(CreateRequest request, StreamObserver<CreateReply> observer) {
    Replies.answer(
        observer,
        () -> {
          Writes.Created created =
              writes.create(
                  Protos.caller(request.getCaller()),
                  Protos.target(request.getTarget()),
                  new Writes.Creation(
                      request.getKind(),
                      request.getName(),
                      request.getFile(),
                      request.getManifestYaml(),
                      Protos.settings(request.getSettingsList()),
                      request.getTemplate(),
                      request.getDryRun()));
          return CreateReply.newBuilder()
              .setResource(Protos.resource(created.scope(), created.row()))
              .addAllWarnings(created.warnings())
              .build();
        });
  }

  @Override
  public void delete(DeleteRequest request, StreamObserver<DeleteReply> observer) {
    Replies.answer(
        observer,
        () -> {
          Reads.Found deleted =
              writes.delete(
                  Protos.caller(request.getCaller()),
                  Protos.target(request.getTarget()),
                  request.getKind(),
                  request.getName(),
                  request.getDryRun());
          return DeleteReply.newBuilder()
              .setResource(Protos.resource(deleted.scope(), deleted.row()))
              .build();
        });
  }
}
