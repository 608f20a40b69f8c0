package dev.muster.daemon.app.rpc;

import dev.muster.daemon.app.answers.Sources;
import dev.muster.daemon.core.Caller;
import dev.muster.daemon.core.Source.ContextEntry;
import dev.muster.daemon.core.Target;
import dev.muster.v1.AccessGrpc;
import dev.muster.v1.ListContextsReply;
import dev.muster.v1.ListContextsRequest;
import io.grpc.stub.StreamObserver;

/** The contract's Access service. */
public final class AccessService extends AccessGrpc.AccessImplBase {
  private final Sources sources;

  public AccessService(Sources sources) {
    this.sources = sources;
  }

  @Override
  public void listContexts(
      ListContextsRequest request, StreamObserver<ListContextsReply> observer) {
    Replies.answer(
        observer,
        () -> {
          Caller caller = Protos.caller(request.getCaller());
          Target target = Protos.target(request.getTarget());
          ListContextsReply.Builder reply = ListContextsReply.newBuilder();
          sources
              .all()
              .forEach(
                  source ->
                      source.contexts(caller, target).stream()
                          .map(AccessService::entry)
                          .forEach(reply::addContexts));
          return reply.build();
        });
  }

  private static dev.muster.v1.ContextEntry entry(ContextEntry context) {
    return dev.muster.v1.ContextEntry.newBuilder()
        .setName(context.name())
        .setServer(context.server())
        .setUser(context.user())
        .setNamespace(context.namespace())
        .setCurrent(context.current())
        .setFile(context.file())
        .build();
  }
}
