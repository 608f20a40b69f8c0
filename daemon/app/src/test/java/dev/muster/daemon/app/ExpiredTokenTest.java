package dev.muster.daemon.app;

import static dev.muster.daemon.app.RunningDaemon.KIND;
import static dev.muster.daemon.app.RunningDaemon.in;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.muster.daemon.sandbox.Sandbox;
import dev.muster.daemon.sandbox.SandboxOptions;
import dev.muster.v1.WaitRequest;
import dev.muster.v1.WatchEvent;
import dev.muster.v1.WatchEvent.Type;
import dev.muster.v1.WatchRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.util.Iterator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The token is taken back while somebody waits or watches. */
class ExpiredTokenTest {
  @TempDir Path files;
  @TempDir Path directory;
  private Sandbox sandbox;
  private RunningDaemon muster;

  @BeforeEach
  void start() {
    sandbox = Sandbox.start(SandboxOptions.fast(files));
    muster = RunningDaemon.start(directory, sandbox.kubeconfig("alice"));
    muster.create("demo");
  }

  @AfterEach
  void stop() {
    muster.close();
    sandbox.close();
  }

  @Test
  void a_wait_ends_and_asks_to_log_in() {
    Iterator<?> updates =
        muster
            .state()
            .wait(
                WaitRequest.newBuilder()
                    .setCaller(muster.client().caller())
                    .setTarget(in("default"))
                    .setKind(KIND)
                    .setName("demo")
                    .setGoal("SUSPENDED")
                    .build());
    updates.next();
    expire();
    assertThat(endOf(updates)).satisfies(this::asksToLogIn);
  }

  @Test
  void a_watch_ends_and_asks_to_log_in() {
    Iterator<WatchEvent> events = muster.state().watch(watch().build());
    cursorOnceSynced(events);
    expire();
    assertThat(endOf(events)).satisfies(this::asksToLogIn);
  }

  @Test
  void a_watch_that_goes_on_from_a_cursor_ends_and_asks_to_log_in() {
    long cursor = cursorOnceSynced(muster.state().watch(watch().build()));
    Iterator<WatchEvent> events = muster.state().watch(watch().setFromCursor(cursor).build());
    cursorOnceSynced(events);
    expire();
    assertThat(endOf(events)).satisfies(this::asksToLogIn);
  }

  private WatchRequest.Builder watch() {
    return WatchRequest.newBuilder()
        .setCaller(muster.client().caller())
        .setTarget(in("default"))
        .setKind(KIND);
  }

  /** What is there comes first. */
  private static long cursorOnceSynced(Iterator<WatchEvent> events) {
    WatchEvent event = events.next();
    while (event.getType() != Type.SYNCED) {
      event = events.next();
    }
    return event.getCursor();
  }

  /** Whoever watches is found out when he connects again. */
  private void expire() {
    sandbox.expireTokens("alice");
    sandbox.dropWatches();
  }

  private static Status endOf(Iterator<?> stream) {
    return catchThrowableOfType(
            StatusRuntimeException.class, () -> stream.forEachRemaining(each -> {}))
        .getStatus();
  }

  private void asksToLogIn(Status status) {
    assertThat(status.getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
    assertThat(status.getDescription())
        .isEqualTo("The token for " + sandbox.url() + " was refused or has expired; log in again.");
  }
}
