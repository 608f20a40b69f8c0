package dev.muster.daemon.app;

import static dev.muster.daemon.app.RunningDaemon.KIND;
import static dev.muster.daemon.app.RunningDaemon.in;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.muster.daemon.sandbox.Sandbox;
import dev.muster.daemon.sandbox.SandboxOptions;
import dev.muster.v1.AccessGrpc;
import dev.muster.v1.CacheInfoRequest;
import dev.muster.v1.ClearCacheRequest;
import dev.muster.v1.CreateRequest;
import dev.muster.v1.Freshness;
import dev.muster.v1.GetRequest;
import dev.muster.v1.HelloRequest;
import dev.muster.v1.Layout;
import dev.muster.v1.ListChunk;
import dev.muster.v1.ListContextsRequest;
import dev.muster.v1.ListRequest;
import dev.muster.v1.StatusReply;
import dev.muster.v1.StatusRequest;
import dev.muster.v1.StopRequest;
import dev.muster.v1.WaitRequest;
import dev.muster.v1.WaitUpdate;
import dev.muster.v1.WaitUpdate.Outcome;
import dev.muster.v1.WatchEvent;
import dev.muster.v1.WatchEvent.Type;
import dev.muster.v1.WatchRequest;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The daemon whole, over its socket, against a strict stand-in of the Kubernetes API. */
class DaemonTest {
  @TempDir static Path shared;
  @TempDir Path directory;
  private static Sandbox sandbox;
  private RunningDaemon muster;

  @BeforeAll
  static void startSandbox() {
    sandbox = Sandbox.start(new SandboxOptions(shared, 100, Clock.systemUTC(), 0));
  }

  @AfterAll
  static void stopSandbox() {
    sandbox.close();
  }

  @BeforeEach
  void start() {
    muster = RunningDaemon.start(directory, sandbox.kubeconfig("admin"));
  }

  @AfterEach
  void stop() {
    muster.close();
  }

  @Test
  void what_was_created_is_there_at_once_becomes_ready_and_is_gone_when_deleted() {
    muster.create("first");
    assertThat(muster.get("first").getResource().getName()).isEqualTo("first");

    assertThat(outcome("first", "ready")).isEqualTo(Outcome.REACHED);
    assertThat(muster.get("first").getResource())
        .satisfies(
            cluster -> {
              assertThat(cluster.getState()).isEqualTo("READY");
              assertThat(cluster.getReady()).isTrue();
            });

    muster.delete("first");
    assertThat(outcome("first", "deleted")).isEqualTo(Outcome.REACHED);
    assertThat(failure(() -> muster.get("first"))).isEqualTo(Code.NOT_FOUND);
  }

  @Test
  void a_list_says_its_columns_and_that_it_is_live() {
    muster.create("listed");

    List<ListChunk> chunks =
        muster.list(ListRequest.newBuilder().setKind(KIND).setTarget(in("default")));

    ListChunk first = chunks.getFirst();
    assertThat(first.getColumnsList()).extracting("title").contains("NAME", "STATE", "AGE");
    assertThat(first.getObservations(0).getLive()).isTrue();
    assertThat(first.getRowsList())
        .anySatisfy(row -> assertThat(row.split("\t")).contains("listed"));
    assertThat(first.getRows(0).split("\t", -1)).hasSize(first.getColumnsCount());
    muster.delete("listed");
  }

  @Test
  void a_list_of_everything_names_the_kind_of_each_row() {
    muster.create("everything");

    ListChunk chunk = muster.list(ListRequest.newBuilder().setTarget(in("default"))).getFirst();

    assertThat(chunk.getColumnsList()).extracting("title").startsWith("KIND", "NAME");
    assertThat(chunk.getRowsList())
        .anySatisfy(row -> assertThat(row).startsWith(KIND + "\teverything\tdefault\t"));
    muster.delete("everything");
  }

  @Test
  void records_carry_what_only_the_kind_has() {
    muster.create("recorded");

    ListChunk chunk =
        muster
            .list(
                ListRequest.newBuilder()
                    .setKind(KIND)
                    .setTarget(in("default"))
                    .setLayout(Layout.RECORDS))
            .getFirst();

    assertThat(chunk.getResourcesList())
        .filteredOn(resource -> resource.getName().equals("recorded"))
        .singleElement()
        .satisfies(resource -> assertThat(resource.getDetailsJson()).contains("\"workers\""));
    muster.delete("recorded");
  }

  @Test
  void a_selector_selects_by_label() {
    muster.create("labelled");

    ListRequest.Builder request = ListRequest.newBuilder().setKind(KIND).setTarget(in("default"));
    assertThat(muster.list(request.setSelector("ray.io/cluster=labelled")).getFirst().getRowsList())
        .hasSize(1);
    assertThat(muster.list(request.setSelector("ray.io/cluster=other")).getFirst().getRowsList())
        .isEmpty();
    assertThat(failure(() -> muster.list(request.setSelector("=("))))
        .isEqualTo(Code.INVALID_ARGUMENT);
    muster.delete("labelled");
  }

  @Test
  void a_second_create_says_that_it_is_there() {
    muster.create("twice");

    assertThat(failure(() -> muster.create("twice"))).isEqualTo(Code.ALREADY_EXISTS);
    muster.delete("twice");
  }

  @Test
  void without_options_the_file_in_the_callers_directory_is_taken_after_the_server_was_asked() {
    CreateRequest request =
        CreateRequest.newBuilder()
            .setCaller(muster.client().caller().toBuilder().setDirectory(directory.toString()))
            .setTarget(in("default"))
            .setKind(KIND)
            .setName("from-file")
            .build();

    StatusRuntimeException absent =
        catchThrowableOfType(StatusRuntimeException.class, () -> muster.work().create(request));
    assertThat(absent.getStatus().getCode()).isEqualTo(Code.NOT_FOUND);
    assertThat(absent).hasMessageContaining("define it first");

    String yaml =
        muster
            .work()
            .define(
                dev.muster.v1.DefineRequest.newBuilder()
                    .setCaller(muster.client().caller())
                    .setTarget(in("default"))
                    .setKind(KIND)
                    .setName("from-file")
                    .build())
            .getYaml();
    write(directory.resolve("from-file.yaml"), yaml);
    assertThat(muster.work().create(request).getResource().getName()).isEqualTo("from-file");

    write(directory.resolve("from-file.yaml"), "not: [yaml");
    assertThat(failure(() -> muster.work().create(request)))
        .as("there already, and the broken file was never read")
        .isEqualTo(Code.ALREADY_EXISTS);
    muster.delete("from-file");
  }

  @Test
  void a_file_that_is_not_there_or_too_large_is_said_so() {
    CreateRequest.Builder request =
        CreateRequest.newBuilder()
            .setCaller(muster.client().caller().toBuilder().setDirectory(directory.toString()))
            .setTarget(in("default"))
            .setKind(KIND);
    assertThat(failure(() -> muster.work().create(request.setFile("none.yaml").build())))
        .isEqualTo(Code.INVALID_ARGUMENT);
    write(directory.resolve("large.yaml"), "#".repeat(3 << 20));
    assertThat(failure(() -> muster.work().create(request.setFile("large.yaml").build())))
        .isEqualTo(Code.INVALID_ARGUMENT);
    assertThat(failure(() -> muster.work().create(request.setFile(".").build())))
        .isEqualTo(Code.INVALID_ARGUMENT);
  }

  @Test
  void a_watch_tells_what_is_there_and_then_what_happens() {
    muster.create("watched");
    Iterator<WatchEvent> events =
        muster
            .state()
            .watch(
                WatchRequest.newBuilder()
                    .setCaller(muster.client().caller())
                    .setTarget(in("default"))
                    .setKind(KIND)
                    .setName("watched")
                    .build());
    List<Type> types = new ArrayList<>();
    types.add(events.next().getType());
    types.add(events.next().getType());
    assertThat(types).containsExactly(Type.PRESENT, Type.SYNCED);

    muster.delete("watched");
    WatchEvent event = events.next();
    while (event.getType() != Type.DELETED) {
      event = events.next();
    }
    assertThat(event.getResource().getName()).isEqualTo("watched");
  }

  @Test
  void after_a_restart_the_rows_are_there_although_the_server_is_not() {
    Path directory = shared.resolve("own");
    Sandbox gone = Sandbox.start(new SandboxOptions(directory, 100, Clock.systemUTC(), 0));
    Path kubeconfig = gone.kubeconfig("admin");
    Path state = shared.resolve("own-daemon");
    try (RunningDaemon before = RunningDaemon.start(state, kubeconfig)) {
      before.create("kept");
      assertThat(before.rows("default")).hasSize(1);
    }
    gone.close();

    try (RunningDaemon after = RunningDaemon.start(state, kubeconfig)) {
      var reply = after.get("kept");
      assertThat(reply.getObservation().getLive()).isFalse();
      assertThat(reply.getObservation().getReason()).isNotEmpty();
      assertThat(reply.getObservation().getObservedAtMs()).isPositive();
      assertThat(failure(() -> after.get("never-there")))
          .as("absence is not known")
          .isEqualTo(Code.UNAVAILABLE);
      assertThat(
              failure(
                  () ->
                      after.list(
                          ListRequest.newBuilder()
                              .setKind(KIND)
                              .setTarget(in("default"))
                              .setFreshness(Freshness.newBuilder().setMaxAgeMs(1)))))
          .isEqualTo(Code.UNAVAILABLE);
    }
  }

  @Test
  void a_read_can_be_live() {
    muster.create("live");

    Freshness live = Freshness.newBuilder().setLive(true).build();
    assertThat(
            muster
                .state()
                .get(
                    GetRequest.newBuilder()
                        .setCaller(muster.client().caller())
                        .setTarget(in("default"))
                        .setKind(KIND)
                        .setName("live")
                        .setFreshness(live)
                        .setManifest(true)
                        .build())
                .getManifestYaml())
        .contains("kind: RayCluster");
    assertThat(
            muster.list(
                ListRequest.newBuilder().setKind(KIND).setTarget(in("default")).setFreshness(live)))
        .isNotEmpty();
    muster.delete("live");
  }

  @Test
  void the_daemon_tells_of_itself() {
    muster.create("counted");
    assertThat(muster.rows("default")).isNotEmpty();

    assertThat(muster.control().hello(HelloRequest.getDefaultInstance()).getPid())
        .isEqualTo(ProcessHandle.current().pid());
    StatusReply status = muster.control().status(StatusRequest.getDefaultInstance());
    assertThat(status.getCacheRows()).isPositive();
    assertThat(status.getWatchesList()).extracting("kind").contains(KIND);
    assertThat(status.getResidentBytes()).isPositive();
    var cache = muster.control().cacheInfo(CacheInfoRequest.getDefaultInstance());
    assertThat(cache.getFile()).endsWith("cache.mv.db");
    assertThat(cache.getKindsList()).anySatisfy(kind -> assertThat(kind.getRows()).isPositive());
    muster.delete("counted");
  }

  @Test
  void a_cleared_cache_fills_itself_again() {
    muster.create("cleared");

    assertThat(muster.control().clearCache(ClearCacheRequest.getDefaultInstance()).getRows())
        .isPositive();

    assertThat(muster.rows("default")).anySatisfy(row -> assertThat(row).contains("cleared"));
    muster.delete("cleared");
  }

  @Test
  void contexts_are_listed() {
    assertThat(
            AccessGrpc.newBlockingStub(muster.client().channel())
                .listContexts(
                    ListContextsRequest.newBuilder().setCaller(muster.client().caller()).build())
                .getContextsList())
        .extracting("name")
        .contains("muster-sandbox");
  }

  @Test
  void an_unknown_kind_is_refused() {
    assertThat(failure(() -> muster.list(ListRequest.newBuilder().setKind("teapot"))))
        .isEqualTo(Code.INVALID_ARGUMENT);
  }

  @Test
  void asked_to_stop_it_says_so_to_whoever_runs_it() throws InterruptedException {
    CountDownLatch told = new CountDownLatch(1);
    muster.daemon().whenToldToStop(told::countDown);

    muster.control().stop(StopRequest.newBuilder().setGraceMs(10).build());

    assertThat(told.await(10, TimeUnit.SECONDS)).isTrue();
  }

  private Outcome outcome(String name, String goal) {
    Iterator<WaitUpdate> updates =
        muster
            .state()
            .wait(
                WaitRequest.newBuilder()
                    .setCaller(muster.client().caller())
                    .setTarget(in("default"))
                    .setKind(KIND)
                    .setName(name)
                    .setGoal(goal)
                    .setTimeoutMs(30_000)
                    .build());
    Outcome outcome = Outcome.PENDING;
    while (updates.hasNext()) {
      outcome = updates.next().getOutcome();
    }
    return outcome;
  }

  private static Code failure(ThrowingCallable call) {
    return catchThrowableOfType(StatusRuntimeException.class, call).getStatus().getCode();
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
