package dev.muster.daemon.app;

import static dev.muster.daemon.app.RunningDaemon.KIND;
import static dev.muster.daemon.app.RunningDaemon.in;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.muster.daemon.sandbox.Sandbox;
import dev.muster.daemon.sandbox.SandboxOptions;
import dev.muster.v1.CacheInfoReply;
import dev.muster.v1.CacheInfoRequest;
import dev.muster.v1.ClearCacheReply;
import dev.muster.v1.ClearCacheRequest;
import dev.muster.v1.EventsRequest;
import dev.muster.v1.HistoryChunk;
import dev.muster.v1.HistoryEntry;
import dev.muster.v1.HistoryRequest;
import dev.muster.v1.ListRequest;
import dev.muster.v1.PatchRequest;
import dev.muster.v1.ScaleRequest;
import dev.muster.v1.WaitRequest;
import dev.muster.v1.WatchEvent;
import dev.muster.v1.WatchEvent.Type;
import dev.muster.v1.WatchRequest;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What became of things, over the socket, against a strict stand-in of the Kubernetes API. */
class HistoryServiceTest {
  @TempDir static Path shared;
  @TempDir Path directory;
  private static Sandbox sandbox;

  @BeforeAll
  static void startSandbox() {
    sandbox = Sandbox.start(new SandboxOptions(shared, 100, Clock.systemUTC(), 0));
  }

  @AfterAll
  static void stopSandbox() {
    sandbox.close();
  }

  private RunningDaemon daemon() {
    return RunningDaemon.start(directory, sandbox.kubeconfig("admin"));
  }

  private static void await(RunningDaemon muster, String name, String goal) {
    muster
        .state()
        .wait(
            WaitRequest.newBuilder()
                .setCaller(muster.client().caller())
                .setTarget(in("default"))
                .setKind(KIND)
                .setName(name)
                .setGoal(goal)
                .build())
        .forEachRemaining(update -> {});
  }

  private static List<HistoryEntry> history(RunningDaemon muster, HistoryRequest.Builder request) {
    List<HistoryEntry> entries = new ArrayList<>();
    Iterator<HistoryChunk> chunks =
        muster
            .state()
            .history(request.setCaller(muster.client().caller()).setTarget(in("default")).build());
    chunks.forEachRemaining(chunk -> entries.addAll(chunk.getEntriesList()));
    return entries;
  }

  private static HistoryRequest.Builder of(String name) {
    return HistoryRequest.newBuilder().setKind(KIND).setName(name);
  }

  private static WatchRequest watch(RunningDaemon muster, String name, long from) {
    return WatchRequest.newBuilder()
        .setCaller(muster.client().caller())
        .setTarget(in("default"))
        .setKind(KIND)
        .setName(name)
        .setFromCursor(from)
        .build();
  }

  private static Code failure(ThrowingCallable call) {
    return catchThrowableOfType(StatusRuntimeException.class, call).getStatus().getCode();
  }

  @Test
  void what_is_gone_is_remembered_over_a_restart() {
    try (RunningDaemon muster = daemon()) {
      muster.create("kept");
      await(muster, "kept", "ready");
      muster.delete("kept");
      await(muster, "kept", "deleted");
      assertThat(history(muster, of("kept")).getLast().getToState()).isEmpty();
    }
    try (RunningDaemon next = daemon()) {
      List<HistoryEntry> entries = history(next, of("kept"));
      assertThat(entries)
          .extracting(HistoryEntry::getToState)
          .startsWith("STARTING")
          .contains("READY");
      assertThat(entries.getFirst().getFromState()).isEmpty();
      assertThat(entries.getFirst().getContext()).isEqualTo("muster-sandbox");
      assertThat(entries).extracting(HistoryEntry::getCursor).isSorted().doesNotHaveDuplicates();
      assertThat(history(next, HistoryRequest.newBuilder()))
          .as("of every kind")
          .containsAll(entries);
      assertThat(history(next, of("kept").setLimit(1))).containsExactly(entries.getLast());
      assertThat(history(next, of("kept").setAfterCursor(entries.getFirst().getCursor())))
          .containsExactlyElementsOf(entries.subList(1, entries.size()));
      assertThat(history(next, of("kept").setSinceMs(Long.MAX_VALUE / 1_000_000 - 1))).isEmpty();
      assertThat(failure(() -> history(next, of("kept").setLimit(-1))))
          .isEqualTo(Code.INVALID_ARGUMENT);
    }
  }

  @Test
  void a_watch_goes_on_from_its_cursor_after_a_restart_without_a_gap_and_without_repeating() {
    long cursor;
    try (RunningDaemon muster = daemon()) {
      muster.create("resumed");
      await(muster, "resumed", "ready");
      Iterator<WatchEvent> events = muster.state().watch(watch(muster, "resumed", 0));
      assertThat(events.next().getType()).isEqualTo(Type.PRESENT);
      WatchEvent synced = events.next();
      assertThat(synced.getType()).isEqualTo(Type.SYNCED);
      cursor = synced.getCursor();
      assertThat(cursor).isPositive();
      muster.delete("resumed");
      await(muster, "resumed", "deleted");
    }
    try (RunningDaemon next = daemon()) {
      Iterator<WatchEvent> events = next.state().watch(watch(next, "resumed", cursor));
      List<WatchEvent> replayed = new ArrayList<>();
      WatchEvent event = events.next();
      for (; event.getType() != Type.SYNCED; event = events.next()) {
        replayed.add(event);
      }
      assertThat(replayed.getLast().getType()).isEqualTo(Type.DELETED);
      assertThat(replayed).extracting(WatchEvent::getCursor).allMatch(at -> at > cursor).isSorted();
      assertThat(event.getCursor()).isEqualTo(replayed.getLast().getCursor());

      next.create("resumed");
      event = events.next();
      while (event.getType() == Type.LIVENESS) {
        event = events.next();
      }
      assertThat(event.getType()).isEqualTo(Type.ADDED);
      assertThat(event.getFromState()).isEmpty();
      assertThat(event.getCursor()).isGreaterThan(replayed.getLast().getCursor());
      next.delete("resumed");
    }
  }

  @Test
  void events_of_a_watch_have_the_cursors_of_the_history() {
    try (RunningDaemon muster = daemon()) {
      muster.rows("default");
      Iterator<WatchEvent> events = muster.state().watch(watch(muster, "numbered", 0));
      assertThat(events.next().getType()).isEqualTo(Type.SYNCED);
      muster.create("numbered");
      WatchEvent added = events.next();
      assertThat(added.getType()).isEqualTo(Type.ADDED);
      assertThat(history(muster, of("numbered")).getFirst().getCursor())
          .isEqualTo(added.getCursor());
      muster.delete("numbered");
    }
  }

  @Test
  void the_cache_can_be_cleared_with_and_without_the_history() {
    try (RunningDaemon muster = daemon()) {
      muster.create("cleared");
      assertThat(history(muster, of("cleared"))).isNotEmpty();
      CacheInfoReply info = muster.control().cacheInfo(CacheInfoRequest.getDefaultInstance());
      assertThat(info.getHistoryFile()).endsWith("history.mv.db");
      assertThat(info.getHistoryEntries()).isPositive();
      assertThat(info.getHistoryBytes()).isPositive();
      assertThat(info.getHistoryDegraded()).isEmpty();

      muster.control().clearCache(ClearCacheRequest.getDefaultInstance());
      assertThat(history(muster, of("cleared"))).isNotEmpty();
      ClearCacheReply cleared =
          muster.control().clearCache(ClearCacheRequest.newBuilder().setHistory(true).build());
      assertThat(cleared.getHistoryEntries()).isPositive();
      muster.delete("cleared");
    }
  }

  @Test
  void a_damaged_history_is_said_and_all_else_goes_on() throws java.io.IOException {
    Path state = Files.createDirectories(directory.resolve("state"));
    Files.writeString(
        state.resolve("history.mv.db"), "damaged ".repeat(2_000), StandardCharsets.UTF_8);
    try (RunningDaemon muster = daemon()) {
      muster.create("undisturbed");
      assertThat(muster.get("undisturbed").getResource().getName()).isEqualTo("undisturbed");
      assertThat(
              muster
                  .control()
                  .cacheInfo(CacheInfoRequest.getDefaultInstance())
                  .getHistoryDegraded())
          .contains("cannot be used");
      assertThat(failure(() -> history(muster, of("undisturbed")))).isEqualTo(Code.UNAVAILABLE);
      muster.delete("undisturbed");
    }
  }

  @Test
  void a_list_is_sorted_by_the_column_that_was_named() {
    try (RunningDaemon muster = daemon()) {
      muster.create("sorted-a");
      muster.create("sorted-b");
      ListRequest.Builder request =
          ListRequest.newBuilder().setKind(KIND).setTarget(in("default")).setSortBy("age");
      List<String> names =
          muster.list(request).stream()
              .flatMap(chunk -> chunk.getRowsList().stream())
              .filter(row -> row.startsWith("sorted-"))
              .map(row -> row.substring(0, row.indexOf('\t')))
              .toList();
      assertThat(names).containsExactlyInAnyOrder("sorted-a", "sorted-b");
      assertThat(failure(() -> muster.list(request.setSortBy("nothing"))))
          .isEqualTo(Code.INVALID_ARGUMENT);
      assertThat(muster.list(ListRequest.newBuilder().setTarget(in("default")).setSortBy("name")))
          .isNotEmpty();
      muster.delete("sorted-a");
      muster.delete("sorted-b");
    }
  }

  @Test
  void there_are_no_warnings_about_what_is_well() {
    try (RunningDaemon muster = daemon()) {
      muster.create("well");
      EventsRequest.Builder request =
          EventsRequest.newBuilder()
              .setCaller(muster.client().caller())
              .setTarget(in("default"))
              .setKind(KIND);
      assertThat(muster.state().events(request.setName("well").build()).getEventsList()).isEmpty();
      assertThat(failure(() -> muster.state().events(request.setName("never").build())))
          .isEqualTo(Code.NOT_FOUND);
      muster.delete("well");
    }
  }

  @Test
  void an_order_that_makes_no_sense_is_refused_before_the_server_is_asked() {
    try (RunningDaemon muster = daemon()) {
      assertThat(
              failure(
                  () ->
                      muster
                          .work()
                          .scale(
                              ScaleRequest.newBuilder()
                                  .setCaller(muster.client().caller())
                                  .setKind(KIND)
                                  .setName("x")
                                  .build())))
          .isEqualTo(Code.INVALID_ARGUMENT);
      assertThat(
              failure(
                  () ->
                      muster
                          .work()
                          .patch(
                              PatchRequest.newBuilder()
                                  .setCaller(muster.client().caller())
                                  .setKind(KIND)
                                  .setName("x")
                                  .build())))
          .isEqualTo(Code.INVALID_ARGUMENT);
    }
  }
}
