package dev.muster.daemon.app.rpc;

import dev.muster.daemon.app.answers.Changes;
import dev.muster.daemon.app.answers.Changes.Manifest;
import dev.muster.daemon.app.answers.Changes.Order;
import dev.muster.daemon.app.answers.Reads;
import dev.muster.daemon.app.answers.Writes;
import dev.muster.daemon.core.Changing.Definition;
import dev.muster.daemon.core.Changing.NewGroup;
import dev.muster.v1.AddWorkerGroupRequest;
import dev.muster.v1.ApplyRequest;
import dev.muster.v1.CreateReply;
import dev.muster.v1.CreateRequest;
import dev.muster.v1.DefineReply;
import dev.muster.v1.DefineRequest;
import dev.muster.v1.DeleteReply;
import dev.muster.v1.DeleteRequest;
import dev.muster.v1.DiffReply;
import dev.muster.v1.DiffRequest;
import dev.muster.v1.PatchRequest;
import dev.muster.v1.ScaleRequest;
import dev.muster.v1.SuspendRequest;
import dev.muster.v1.UpdateRequest;
import dev.muster.v1.WorkGrpc;
import dev.muster.v1.WriteReply;
import io.grpc.stub.StreamObserver;

/** The contract's Work service. */
public final class WorkService extends WorkGrpc.WorkImplBase {
  private final Writes writes;
  private final Changes changes;

  public WorkService(Writes writes, Changes changes) {
    this.writes = writes;
    this.changes = changes;
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
              .setFileName(definition.fileName())
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
              .addAllOthers(created.others())
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

  @Override
  public void apply(ApplyRequest request, StreamObserver<WriteReply> observer) {
    Replies.answer(
        observer,
        () ->
            reply(
                changes.apply(
                    order(
                        request.getCaller(),
                        request.getTarget(),
                        request.getKind(),
                        request.getDryRun()),
                    manifest(request.getManifest()),
                    request.getForce())));
  }

  @Override
  public void update(UpdateRequest request, StreamObserver<WriteReply> observer) {
    Replies.answer(
        observer,
        () -> {
          Changes.Order order =
              order(
                  request.getCaller(), request.getTarget(), request.getKind(), request.getDryRun());
          Changes.Manifest manifest = manifest(request.getManifest());
          return reply(
              request.getEditedFrom().isEmpty()
                  ? changes.update(order, manifest)
                  : changes.edit(order, request.getEditedFrom(), manifest));
        });
  }

  @Override
  public void patch(PatchRequest request, StreamObserver<WriteReply> observer) {
    Replies.answer(
        observer,
        () ->
            reply(
                changes.patch(
                    order(
                        request.getCaller(),
                        request.getTarget(),
                        request.getKind(),
                        request.getDryRun()),
                    request.getName(),
                    request.getPatch(),
                    request.getPatchFile(),
                    request.getType())));
  }

  @Override
  public void scale(ScaleRequest request, StreamObserver<WriteReply> observer) {
    Replies.answer(
        observer,
        () ->
            reply(
                changes.scale(
                    order(
                        request.getCaller(),
                        request.getTarget(),
                        request.getKind(),
                        request.getDryRun()),
                    request.getName(),
                    request.getWorkerGroup(),
                    request.hasReplicas() ? request.getReplicas() : null,
                    request.hasMin() ? request.getMin() : null,
                    request.hasMax() ? request.getMax() : null)));
  }

  @Override
  public void addWorkerGroup(AddWorkerGroupRequest request, StreamObserver<WriteReply> observer) {
    Replies.answer(
        observer,
        () ->
            reply(
                changes.addWorkerGroup(
                    order(
                        request.getCaller(),
                        request.getTarget(),
                        request.getKind(),
                        request.getDryRun()),
                    request.getCluster(),
                    new NewGroup(
                        request.getWorkerGroup(),
                        Protos.settings(request.getSettingsList()),
                        request.hasReplicas() ? request.getReplicas() : null,
                        request.hasMin() ? request.getMin() : null,
                        request.hasMax() ? request.getMax() : null))));
  }

  @Override
  public void suspend(SuspendRequest request, StreamObserver<WriteReply> observer) {
    Replies.answer(
        observer,
        () ->
            reply(
                changes.suspend(
                    order(
                        request.getCaller(),
                        request.getTarget(),
                        request.getKind(),
                        request.getDryRun()),
                    request.getName(),
                    request.getSuspended())));
  }

  @Override
  public void diff(DiffRequest request, StreamObserver<DiffReply> observer) {
    Replies.answer(
        observer,
        () ->
            DiffReply.newBuilder()
                .setDiff(
                    changes.diff(
                        order(request.getCaller(), request.getTarget(), request.getKind(), true),
                        manifest(request.getManifest())))
                .build());
  }

  private static Order order(
      dev.muster.v1.Caller caller, dev.muster.v1.Target target, String kind, boolean dryRun) {
    return new Order(Protos.caller(caller), Protos.target(target), kind, dryRun);
  }

  private static Manifest manifest(dev.muster.v1.Manifest manifest) {
    return new Manifest(manifest.getFile(), manifest.getYaml(), manifest.getName());
  }

  private static WriteReply reply(Writes.Created written) {
    return WriteReply.newBuilder()
        .setResource(Protos.resource(written.scope(), written.row()))
        .addAllWarnings(written.warnings())
        .addAllOthers(written.others())
        .build();
  }

  private static WriteReply reply(Reads.Found written) {
    return WriteReply.newBuilder()
        .setResource(Protos.resource(written.scope(), written.row()))
        .build();
  }
}
