package dev.muster.daemon.app.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.proto.BuildInfo;
import dev.muster.proto.Wire;
import dev.muster.v1.ControlGrpc;
import dev.muster.v1.HelloReply;
import dev.muster.v1.HelloRequest;
import dev.muster.v1.StopReply;
import dev.muster.v1.StopRequest;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VersionInterceptorTest {
  private final AtomicInteger calls = new AtomicInteger();
  private Server server;
  private ManagedChannel channel;

  @BeforeEach
  void start() throws IOException {
    String name = InProcessServerBuilder.generateName();
    server =
        InProcessServerBuilder.forName(name)
            .directExecutor()
            .intercept(new VersionInterceptor(new BuildInfo("9.9", "abc", 7, 3)))
            .addService(new Counting())
            .build()
            .start();
    channel = InProcessChannelBuilder.forName(name).directExecutor().build();
  }

  @AfterEach
  void stop() {
    channel.shutdownNow();
    server.shutdownNow();
  }

  @Test
  void a_caller_of_the_same_protocol_is_served() {
    speaking("3").hello(HelloRequest.getDefaultInstance());

    assertThat(calls).hasValue(1);
  }

  @Test
  void another_protocol_is_answered_before_anything_is_done() {
    assertThatThrownBy(() -> speaking("2").hello(HelloRequest.getDefaultInstance()))
        .hasMessageContaining("FAILED_PRECONDITION")
        .hasMessageContaining("muster 9.9 (protocol 3)")
        .hasMessageContaining("muster daemon restart");
    assertThat(calls).hasValue(0);
  }

  @Test
  void a_caller_that_says_nothing_is_refused() {
    assertThatThrownBy(
            () -> ControlGrpc.newBlockingStub(channel).hello(HelloRequest.getDefaultInstance()))
        .hasMessageContaining("FAILED_PRECONDITION");
  }

  @Test
  void anybody_may_ask_it_to_stop() {
    speaking("99").stop(StopRequest.getDefaultInstance());

    assertThat(calls).hasValue(1);
  }

  private ControlGrpc.ControlBlockingStub speaking(String protocol) {
    Metadata headers = new Metadata();
    headers.put(Wire.PROTOCOL, protocol);
    return ControlGrpc.newBlockingStub(channel)
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  private final class Counting extends ControlGrpc.ControlImplBase {
    @Override
    public void hello(HelloRequest request, StreamObserver<HelloReply> observer) {
      calls.incrementAndGet();
      observer.onNext(HelloReply.getDefaultInstance());
      observer.onCompleted();
    }

    @Override
    public void stop(StopRequest request, StreamObserver<StopReply> observer) {
      calls.incrementAndGet();
      observer.onNext(StopReply.getDefaultInstance());
      observer.onCompleted();
    }
  }
}
