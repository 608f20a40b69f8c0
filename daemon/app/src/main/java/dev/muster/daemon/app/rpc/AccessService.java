package dev.muster.daemon.app.rpc;

import dev.muster.daemon.app.answers.Sources;
import dev.muster.daemon.core.Caller;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.core.SignIn;
import dev.muster.daemon.core.Source.ContextEntry;
import dev.muster.daemon.core.Target;
import dev.muster.v1.AccessGrpc;
import dev.muster.v1.ListContextsReply;
import dev.muster.v1.ListContextsRequest;
import dev.muster.v1.LoginReply;
import dev.muster.v1.LoginRequest;
import dev.muster.v1.LogoutReply;
import dev.muster.v1.LogoutRequest;
import dev.muster.v1.UseContextReply;
import dev.muster.v1.UseContextRequest;
import dev.muster.v1.WhoAmIReply;
import dev.muster.v1.WhoAmIRequest;
import io.grpc.stub.StreamObserver;
import java.util.Optional;

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

  @Override
  public void login(LoginRequest request, StreamObserver<LoginReply> observer) {
    Replies.answer(
        observer,
        () -> {
          SignIn.LoggedIn done =
              signIn()
                  .login(
                      Protos.caller(request.getCaller()),
                      Protos.target(request.getTarget()),
                      new SignIn.Login(
                          request.getServer(),
                          request.getToken(),
                          request.getCertificateAuthority(),
                          request.getInsecureSkipTlsVerify(),
                          request.hasConfigPath()
                              ? Optional.of(request.getConfigPath())
                              : Optional.empty()));
          return LoginReply.newBuilder()
              .setServer(done.server())
              .setUser(done.user())
              .setContext(done.context())
              .setFile(done.file())
              .addAllWarnings(done.warnings())
              .build();
        });
  }

  @Override
  public void logout(LogoutRequest request, StreamObserver<LogoutReply> observer) {
    Replies.answer(
        observer,
        () ->
            signIn()
                .logout(Protos.caller(request.getCaller()), Protos.target(request.getTarget()))
                .map(
                    done ->
                        LogoutReply.newBuilder()
                            .setLoggedIn(true)
                            .setServer(done.server())
                            .setFile(done.file())
                            .build())
                .orElse(LogoutReply.getDefaultInstance()));
  }

  @Override
  public void whoAmI(WhoAmIRequest request, StreamObserver<WhoAmIReply> observer) {
    Replies.answer(
        observer,
        () -> {
          SignIn.WhoAmI who =
              signIn()
                  .whoAmI(Protos.caller(request.getCaller()), Protos.target(request.getTarget()));
          return WhoAmIReply.newBuilder()
              .setUser(who.user())
              .setUid(who.uid())
              .addAllGroups(who.groups())
              .setServer(who.server())
              .setContext(who.context())
              .setNamespace(who.namespace())
              .setFile(who.file())
              .setExpiresAtMs(Protos.millis(who.expires()))
              .build();
        });
  }

  @Override
  public void useContext(UseContextRequest request, StreamObserver<UseContextReply> observer) {
    Replies.answer(
        observer,
        () ->
            UseContextReply.newBuilder()
                .setContext(
                    entry(
                        signIn()
                            .use(
                                Protos.caller(request.getCaller()),
                                Protos.target(request.getTarget()),
                                request.getName())))
                .build());
  }

  /** Of the first system that has one: the words of the command name no other yet. */
  private SignIn signIn() {
    return sources.all().stream()
        .flatMap(source -> source.signIn().stream())
        .findFirst()
        .orElseThrow(
            () -> new Failure(Failure.Kind.FAILED, "this daemon knows nothing to sign in to"));
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
