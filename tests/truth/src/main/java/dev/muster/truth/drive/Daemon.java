package dev.muster.truth.drive;

import dev.muster.proto.DaemonClient;
import dev.muster.proto.Places;
import dev.muster.truth.check.Told;
import dev.muster.truth.history.Place;
import dev.muster.v1.Caller;
import dev.muster.v1.Resource;
import dev.muster.v1.StateGrpc;
import dev.muster.v1.StateGrpc.StateBlockingStub;
import dev.muster.v1.Target;
import dev.muster.v1.WorkGrpc;
import dev.muster.v1.WorkGrpc.WorkBlockingStub;
import java.util.concurrent.TimeUnit;

/** A connection to muster's daemon by its client library, and its answers as plain records. */
final class Daemon implements AutoCloseable {
  static final String KIND = "raycluster";

  private static final long DEADLINE_SECONDS = 60;

  private final DaemonClient client;
  private final Caller caller;

  private Daemon(DaemonClient client) {
    this.client = client;
    this.caller = client.caller();
  }

  /** The daemon of this process' environment, which is started if none runs. */
  static Daemon connect() {
    return new Daemon(
        DaemonClient.connect(Places.of(System.getenv()), DaemonClient.Start.IF_NEEDED));
  }

  Caller caller() {
    return caller;
  }

  StateBlockingStub state() {
    return StateGrpc.newBlockingStub(client.channel())
        .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS);
  }

  /** Without a deadline: a watch lasts until the caller ends it. */
  StateBlockingStub endless() {
    return StateGrpc.newBlockingStub(client.channel());
  }

  WorkBlockingStub work() {
    return WorkGrpc.newBlockingStub(client.channel())
        .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS);
  }

  /**
   * @param namespace empty for all
   */
  static Target target(String namespace) {
    return namespace.isEmpty()
        ? Target.newBuilder().setAllNamespaces(true).build()
        : Target.newBuilder().setNamespace(namespace).build();
  }

  /**
   * @param line of the table; empty if the answer has none
   */
  static Told told(Resource row, String line) {
    return new Told(
        new Place(row.getNamespace(), row.getName()),
        row.getUid(),
        Long.parseLong(row.getVersion()),
        row.getState(),
        row.getNativeState(),
        row.getReady(),
        row.getReason(),
        row.getCreatedAtMs(),
        row.getObservedAtMs(),
        row.getOwner(),
        // What a watch finds by reading again comes without them when it is gone.
        row.getDetailsJson().isEmpty() ? null : row.getDetailsJson(),
        line.isEmpty() ? null : Versions.cells(line));
  }

  /** Of a table. */
  static Told told(String line) {
    String[] cells = line.split("\t", -1);
    return Told.ofCells(new Place(cells[1], cells[0]), Versions.cells(line), Versions.reason(line));
  }

  @Override
  public void close() {
    client.close();
  }
}
