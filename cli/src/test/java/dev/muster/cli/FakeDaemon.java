package dev.muster.cli;

import com.google.protobuf.Message;
import dev.muster.cli.client.Backend;
import dev.muster.proto.Wire;
import dev.muster.v1.*;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * A server in this process that answers each call with what a test put in line, and remembers what
 * it was asked. A status in line refuses the call; for a stream, after what was sent before it.
 */
public final class FakeDaemon implements Backend {
  private final Deque<Object> answers = new ArrayDeque<>();
  private final List<Message> requests = new ArrayList<>();
  private final Server server;
  private final ManagedChannel channel;
  private boolean replaceable = true;

  public FakeDaemon() {
    String name = InProcessServerBuilder.generateName();
    try {
      server =
          InProcessServerBuilder.forName(name)
              .directExecutor()
              .addService(new FakeState())
              .addService(new FakeWork())
              .addService(new FakeAccess())
              .addService(new FakeControl())
              .addService(new FakeJobs())
              .addService(new FakeReach())
              .build()
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    channel = InProcessChannelBuilder.forName(name).directExecutor().build();
  }

  /** In line: one object for each unary call, all that is left for a stream. */
  public FakeDaemon answers(Object... messages) {
    answers.addAll(List.of(messages));
    return this;
  }

  public FakeDaemon refuses(Status status, String sentence) {
    return answers(status.withDescription(sentence));
  }

  /** Is gone in the middle of a call, as one that was killed. */
  public FakeDaemon dies() {
    return refuses(Status.UNAVAILABLE, "Network closed for unknown reason");
  }

  /** Is gone because it was told to end, and says so. */
  public FakeDaemon stops() {
    Metadata trailers = new Metadata();
    trailers.put(Wire.ENDING, "true");
    return answers(
        Status.UNAVAILABLE.withDescription("the daemon was stopped").asRuntimeException(trailers));
  }

  public List<Message> requests() {
    return requests;
  }

  @SuppressWarnings("unchecked")
  public <T extends Message> T request(int index) {
    return (T) requests.get(index);
  }

  @Override
  public ManagedChannel channel() {
    return channel;
  }

  @Override
  public Caller caller() {
    return Caller.newBuilder().setDirectory("/home/ada").build();
  }

  @Override
  public boolean isReplaceable() {
    return replaceable;
  }

  /** Whatever it refuses is final. */
  public FakeDaemon alone() {
    replaceable = false;
    return this;
  }

  /** A command ends its connection; the test ends the server. */
  @Override
  public void close() {}

  public void stop() {
    channel.shutdownNow();
    server.shutdownNow();
  }

  @SuppressWarnings("unchecked")
  private <T> void one(Message request, StreamObserver<T> observer) {
    requests.add(request);
    Object answer = answers.poll();
    if (answer instanceof Status status) {
      observer.onError(status.asRuntimeException());
    } else if (answer instanceof StatusRuntimeException refusal) {
      observer.onError(refusal);
    } else {
      observer.onNext((T) answer);
      observer.onCompleted();
    }
  }

  @SuppressWarnings("unchecked")
  private <T> void stream(Message request, StreamObserver<T> observer) {
    requests.add(request);
    while (!answers.isEmpty()) {
      Object answer = answers.poll();
      if (answer instanceof Status status) {
        observer.onError(status.asRuntimeException());
        return;
      }
      if (answer instanceof StatusRuntimeException refusal) {
        observer.onError(refusal);
        return;
      }
      observer.onNext((T) answer);
      if (isLast(answer)) {
        break;
      }
    }
    observer.onCompleted();
  }

  /** Of those streams whose last message says so. */
  private static boolean isLast(Object answer) {
    return switch (answer) {
      case WaitUpdate update -> update.getOutcome() != WaitUpdate.Outcome.PENDING;
      case SubmitUpdate update -> update.hasResource() || !update.getManifestYaml().isEmpty();
      default -> false;
    };
  }

  private final class FakeState extends StateGrpc.StateImplBase {
    @Override
    public void list(ListRequest request, StreamObserver<ListChunk> observer) {
      stream(request, observer);
    }

    @Override
    public void get(GetRequest request, StreamObserver<GetReply> observer) {
      one(request, observer);
    }

    @Override
    public void watch(WatchRequest request, StreamObserver<WatchEvent> observer) {
      stream(request, observer);
    }

    @Override
    public void wait(WaitRequest request, StreamObserver<WaitUpdate> observer) {
      stream(request, observer);
    }

    @Override
    public void history(HistoryRequest request, StreamObserver<HistoryChunk> observer) {
      stream(request, observer);
    }

    @Override
    public void explain(ExplainRequest request, StreamObserver<ExplainReply> observer) {
      one(request, observer);
    }

    @Override
    public void events(EventsRequest request, StreamObserver<EventsReply> observer) {
      one(request, observer);
    }
  }

  private final class FakeWork extends WorkGrpc.WorkImplBase {
    @Override
    public void define(DefineRequest request, StreamObserver<DefineReply> observer) {
      one(request, observer);
    }

    @Override
    public void create(CreateRequest request, StreamObserver<CreateReply> observer) {
      one(request, observer);
    }

    @Override
    public void delete(DeleteRequest request, StreamObserver<DeleteReply> observer) {
      one(request, observer);
    }

    @Override
    public void apply(ApplyRequest request, StreamObserver<WriteReply> observer) {
      one(request, observer);
    }

    @Override
    public void update(UpdateRequest request, StreamObserver<WriteReply> observer) {
      one(request, observer);
    }

    @Override
    public void patch(PatchRequest request, StreamObserver<WriteReply> observer) {
      one(request, observer);
    }

    @Override
    public void scale(ScaleRequest request, StreamObserver<WriteReply> observer) {
      one(request, observer);
    }

    @Override
    public void addWorkerGroup(AddWorkerGroupRequest request, StreamObserver<WriteReply> observer) {
      one(request, observer);
    }

    @Override
    public void suspend(SuspendRequest request, StreamObserver<WriteReply> observer) {
      one(request, observer);
    }

    @Override
    public void diff(DiffRequest request, StreamObserver<DiffReply> observer) {
      one(request, observer);
    }
  }

  private final class FakeAccess extends AccessGrpc.AccessImplBase {
    @Override
    public void listContexts(
        ListContextsRequest request, StreamObserver<ListContextsReply> observer) {
      one(request, observer);
    }

    @Override
    public void login(LoginRequest request, StreamObserver<LoginReply> observer) {
      one(request, observer);
    }

    @Override
    public void logout(LogoutRequest request, StreamObserver<LogoutReply> observer) {
      one(request, observer);
    }

    @Override
    public void whoAmI(WhoAmIRequest request, StreamObserver<WhoAmIReply> observer) {
      one(request, observer);
    }

    @Override
    public void useContext(UseContextRequest request, StreamObserver<UseContextReply> observer) {
      one(request, observer);
    }
  }

  private final class FakeControl extends ControlGrpc.ControlImplBase {
    @Override
    public void hello(HelloRequest request, StreamObserver<HelloReply> observer) {
      one(request, observer);
    }

    @Override
    public void status(StatusRequest request, StreamObserver<StatusReply> observer) {
      one(request, observer);
    }

    @Override
    public void cacheInfo(CacheInfoRequest request, StreamObserver<CacheInfoReply> observer) {
      one(request, observer);
    }

    @Override
    public void clearCache(ClearCacheRequest request, StreamObserver<ClearCacheReply> observer) {
      one(request, observer);
    }
  }

  private final class FakeJobs extends JobsGrpc.JobsImplBase {
    @Override
    public void submit(SubmitRequest request, StreamObserver<SubmitUpdate> observer) {
      stream(request, observer);
    }

    @Override
    public void stopJob(StopJobRequest request, StreamObserver<WriteReply> observer) {
      one(request, observer);
    }

    @Override
    public void resubmit(ResubmitRequest request, StreamObserver<WriteReply> observer) {
      one(request, observer);
    }

    @Override
    public void logs(LogsRequest request, StreamObserver<LogChunk> observer) {
      stream(request, observer);
    }
  }

  private final class FakeReach extends ReachGrpc.ReachImplBase {
    @Override
    public void forward(ForwardRequest request, StreamObserver<ForwardUpdate> observer) {
      stream(request, observer);
    }

    @Override
    public void dashboard(DashboardRequest request, StreamObserver<DashboardReply> observer) {
      one(request, observer);
    }

    @Override
    public void token(TokenRequest request, StreamObserver<TokenReply> observer) {
      one(request, observer);
    }

    @Override
    public void certificate(CertificateRequest request, StreamObserver<CertificateReply> observer) {
      one(request, observer);
    }

    @Override
    public void listCertificates(
        ListCertificatesRequest request, StreamObserver<ListCertificatesReply> observer) {
      one(request, observer);
    }

    @Override
    public void deleteCertificates(
        DeleteCertificatesRequest request, StreamObserver<ListCertificatesReply> observer) {
      one(request, observer);
    }

    @Override
    public void collectLogs(
        CollectLogsRequest request, StreamObserver<CollectLogsUpdate> observer) {
      stream(request, observer);
    }
  }
}
