package dev.muster.daemon.app;

import dev.muster.daemon.app.lifecycle.Options;
import dev.muster.proto.DaemonClient;
import dev.muster.proto.Places;
import dev.muster.v1.ControlGrpc;
import dev.muster.v1.CreateRequest;
import dev.muster.v1.DeleteRequest;
import dev.muster.v1.GetReply;
import dev.muster.v1.GetRequest;
import dev.muster.v1.ListChunk;
import dev.muster.v1.ListRequest;
import dev.muster.v1.Resource;
import dev.muster.v1.StateGrpc;
import dev.muster.v1.Target;
import dev.muster.v1.WorkGrpc;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A daemon in this process with a client beside it: a test reads like a user's calls. */
final class RunningDaemon implements AutoCloseable {
  static final String KIND = "raycluster";

  private final Daemon daemon;
  private final DaemonClient client;

  private RunningDaemon(Daemon daemon, DaemonClient client) {
    this.daemon = daemon;
    this.client = client;
  }

  /**
   * @param kubeconfig what KUBECONFIG names
   */
  static RunningDaemon start(Path directory, Path kubeconfig) {
    Path run = directory.resolve("run");
    Path state = directory.resolve("state");
    Path socket = run.resolve("d.sock");
    Options options = new Options(socket, state, state.resolve("log"), Duration.ofHours(3));
    Daemon daemon = Daemon.start(options, Clock.systemUTC());
    DaemonClient client =
        DaemonClient.connect(
            new Places(run, socket, state, options.log(), null),
            DaemonClient.Start.NEVER,
            Map.of("KUBECONFIG", kubeconfig.toString(), "HOME", directory.toString()));
    return new RunningDaemon(daemon, client);
  }

  Daemon daemon() {
    return daemon;
  }

  DaemonClient client() {
    return client;
  }

  StateGrpc.StateBlockingStub state() {
    return StateGrpc.newBlockingStub(client.channel()).withDeadlineAfter(60, TimeUnit.SECONDS);
  }

  WorkGrpc.WorkBlockingStub work() {
    return WorkGrpc.newBlockingStub(client.channel()).withDeadlineAfter(60, TimeUnit.SECONDS);
  }

  ControlGrpc.ControlBlockingStub control() {
    return ControlGrpc.newBlockingStub(client.channel()).withDeadlineAfter(60, TimeUnit.SECONDS);
  }

  static Target in(String namespace) {
    return Target.newBuilder().setNamespace(namespace).build();
  }

  List<ListChunk> list(ListRequest.Builder request) {
    List<ListChunk> chunks = new ArrayList<>();
    state().list(request.setCaller(client.caller()).build()).forEachRemaining(chunks::add);
    return chunks;
  }

  List<String> rows(String namespace) {
    return list(ListRequest.newBuilder().setKind(KIND).setTarget(in(namespace))).stream()
        .flatMap(chunk -> chunk.getRowsList().stream())
        .toList();
  }

  GetReply get(String name) {
    return state()
        .get(
            GetRequest.newBuilder()
                .setCaller(client.caller())
                .setTarget(in("default"))
                .setKind(KIND)
                .setName(name)
                .build());
  }

  /** By itself, without an AppWrapper. */
  Resource create(String name) {
    return work()
        .create(
            CreateRequest.newBuilder()
                .setCaller(client.caller())
                .setTarget(in("default"))
                .setKind(KIND)
                .setName(name)
                .addSettings(
                    dev.muster.v1.Setting.newBuilder().setName("num-workers").addValues("1"))
                .addSettings(
                    dev.muster.v1.Setting.newBuilder().setName("appwrapper").addValues("false"))
                .build())
        .getResource();
  }

  Resource delete(String name) {
    return work()
        .delete(
            DeleteRequest.newBuilder()
                .setCaller(client.caller())
                .setTarget(in("default"))
                .setKind(KIND)
                .setName(name)
                .build())
        .getResource();
  }

  @Override
  public void close() {
    client.close();
    daemon.close();
  }
}
