package dev.muster.daemon.app.rpc;

import dev.muster.daemon.app.answers.Reads;
import dev.muster.daemon.app.answers.Sources;
import dev.muster.daemon.core.Caller;
import dev.muster.daemon.core.Cancellation;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.core.Reaching;
import dev.muster.daemon.core.Target;
import dev.muster.v1.CertificateReply;
import dev.muster.v1.CertificateRequest;
import dev.muster.v1.CollectLogsRequest;
import dev.muster.v1.CollectLogsUpdate;
import dev.muster.v1.DashboardReply;
import dev.muster.v1.DashboardRequest;
import dev.muster.v1.DeleteCertificatesRequest;
import dev.muster.v1.ForwardRequest;
import dev.muster.v1.ForwardUpdate;
import dev.muster.v1.ListCertificatesReply;
import dev.muster.v1.ListCertificatesRequest;
import dev.muster.v1.Port;
import dev.muster.v1.ReachGrpc;
import dev.muster.v1.TokenReply;
import dev.muster.v1.TokenRequest;
import io.grpc.stub.StreamObserver;
import java.util.List;

/** The contract's Reach service. */
public final class ReachService extends ReachGrpc.ReachImplBase {
  private static final String CLUSTER = "raycluster";

  private final Sources sources;

  public ReachService(Sources sources) {
    this.sources = sources;
  }

  @Override
  public void forward(ForwardRequest request, StreamObserver<ForwardUpdate> observer) {
    Outflow.run(
        observer,
        out -> {
          Caller caller = Protos.caller(request.getCaller());
          Target target = Protos.target(request.getTarget());
          Reaching reaching = reaching(caller, target, request.getKind());
          List<Reaching.Port> ports =
              request.getPortsList().stream()
                  .map(port -> new Reaching.Port(port.getName(), port.getRemote(), port.getLocal()))
                  .toList();
          reaching.forward(
              caller,
              target,
              request.getKind(),
              request.getName(),
              ports,
              new Told(out),
              cancellation(out));
        });
  }

  @Override
  public void dashboard(DashboardRequest request, StreamObserver<DashboardReply> observer) {
    Replies.answer(
        observer,
        () -> {
          Caller caller = Protos.caller(request.getCaller());
          Target target = Protos.target(request.getTarget());
          Reaching reaching = reaching(caller, target, request.getKind());
          try {
            return DashboardReply.newBuilder()
                .setUrl(reaching.dashboard(caller, target, request.getKind(), request.getName()))
                .build();
          } catch (Failure failure) {
            if (failure.kind() != Failure.Kind.NO_ANSWER) {
              throw failure;
            }
            return DashboardReply.newBuilder().setReason(failure.getMessage()).build();
          }
        });
  }

  @Override
  public void token(TokenRequest request, StreamObserver<TokenReply> observer) {
    Replies.answer(
        observer,
        () -> {
          Caller caller = Protos.caller(request.getCaller());
          Target target = Protos.target(request.getTarget());
          return TokenReply.newBuilder()
              .setToken(
                  reaching(caller, target, CLUSTER).token(caller, target, request.getCluster()))
              .build();
        });
  }

  @Override
  public void collectLogs(CollectLogsRequest request, StreamObserver<CollectLogsUpdate> observer) {
    Outflow.run(
        observer,
        out -> {
          Caller caller = Protos.caller(request.getCaller());
          Target target = Protos.target(request.getTarget());
          int files =
              reaching(caller, target, request.getKind())
                  .collectLogs(
                      caller,
                      target,
                      request.getKind(),
                      request.getName(),
                      request.getNodes().isEmpty() ? "all" : request.getNodes(),
                      caller.directory().resolve(request.getDirectory()),
                      line -> out.tell(CollectLogsUpdate.newBuilder().setLine(line).build()),
                      cancellation(out));
          out.send(CollectLogsUpdate.newBuilder().setFiles(files).build());
        });
  }

  @Override
  public void certificate(CertificateRequest request, StreamObserver<CertificateReply> observer) {
    Replies.answer(
        observer,
        () -> {
          Caller caller = Protos.caller(request.getCaller());
          Target target = Protos.target(request.getTarget());
          return Certificates.reply(
              reaching(caller, target, CLUSTER)
                  .certificates()
                  .ready(
                      caller, target, request.getCluster(), request.getAnew(), request.getDays()));
        });
  }

  @Override
  public void listCertificates(
      ListCertificatesRequest request, StreamObserver<ListCertificatesReply> observer) {
    Replies.answer(
        observer,
        () ->
            Certificates.reply(
                sources.reaching(CLUSTER).certificates().kept(Protos.caller(request.getCaller()))));
  }

  @Override
  public void deleteCertificates(
      DeleteCertificatesRequest request, StreamObserver<ListCertificatesReply> observer) {
    Replies.answer(
        observer,
        () -> {
          Caller caller = Protos.caller(request.getCaller());
          Target target = Protos.target(request.getTarget());
          boolean dryRun = request.getDryRun();
          return Certificates.reply(
              request.getCluster().isEmpty()
                  ? sources.reaching(CLUSTER).certificates().forgetExpired(caller, dryRun)
                  : reaching(caller, target, CLUSTER)
                      .certificates()
                      .forget(caller, target, request.getCluster(), dryRun));
        });
  }

  private Reaching reaching(Caller caller, Target target, String kind) {
    Reads.requireOneNamespace(sources.resolve(caller, target, kind), sources.kind(kind));
    return sources.reaching(kind);
  }

  private static Cancellation cancellation(Outflow<?> out) {
    Cancellation cancellation = new Cancellation();
    out.whileOpen(cancellation::cancel);
    return cancellation;
  }

  /** What happens to ports, to be sent. */
  private record Told(Outflow<ForwardUpdate> out) implements Reaching.ForwardListener {
    @Override
    public void open(List<Reaching.Port> ports, String words) {
      ForwardUpdate.Builder update = ForwardUpdate.newBuilder().setWords(words);
      for (Reaching.Port port : ports) {
        update.addPorts(
            Port.newBuilder().setName(port.name()).setRemote(port.remote()).setLocal(port.local()));
      }
      out.tell(update.build());
    }

    @Override
    public void changed(String sentence) {
      out.tell(ForwardUpdate.newBuilder().setChanged(sentence).build());
    }

    @Override
    public void note(String sentence) {
      changed(sentence);
    }
  }
}
