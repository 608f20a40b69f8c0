package dev.muster.proto;

import dev.muster.v1.ControlGrpc;
import dev.muster.v1.StopRequest;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;

/** Ends a running daemon. */
public final class Daemons {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(15);

  private Daemons() {}

  /** Whether one answers. Starts none. */
  public static boolean isRunning(Places places) {
    return SocketDirectory.check(places.runDirectory()) && Connection.isOpen(places.socket());
  }

  /**
   * Asks it to end and waits until it has let go of its lock.
   *
   * @return false if none was running
   * @throws DaemonException if it does not end
   */
  public static boolean stop(Places places) {
    return stop(places, DaemonClient.Patience.USUAL);
  }

  static boolean stop(Places places, DaemonClient.Patience patience) {
    if (!isRunning(places)) {
      return false;
    }
    ManagedChannel channel = Connection.open(places.socket(), BuildInfo.current());
    try {
      // One that does not even greet will not end either.
      if (patience.greeting(channel, places) == Connection.Greeting.AWAITED) {
        throw SilentDaemon.at(places).failure(places);
      }
      ControlGrpc.newBlockingStub(channel)
          .withDeadlineAfter(5, TimeUnit.SECONDS)
          .stop(StopRequest.newBuilder().setGraceMs(2000).build());
    } catch (StatusRuntimeException e) {
      // It may end before its answer is out: whether it ended is seen below.
    } finally {
      channel.shutdownNow();
    }
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (!isFree(places)) {
      if (System.nanoTime() > deadline) {
        throw new DaemonException(
            DaemonException.Kind.MISMATCH,
            "the running daemon does not end; its log is %s".formatted(places.log()));
      }
      try {
        Thread.sleep(10);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return true;
      }
    }
    return true;
  }

  private static boolean isFree(Places places) {
    if (!Files.exists(places.lock())) {
      return true;
    }
    try (FileChannel file = FileChannel.open(places.lock(), StandardOpenOption.WRITE);
        FileLock lock = file.tryLock()) {
      return lock != null;
    } catch (IOException e) {
      return false;
    }
  }
}
