package dev.muster.daemon.app.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.daemon.app.answers.Events;
import dev.muster.daemon.app.answers.Notes;
import dev.muster.daemon.app.answers.PlainSource;
import dev.muster.daemon.app.answers.Reads;
import dev.muster.daemon.app.answers.Sources;
import dev.muster.daemon.core.Cache;
import dev.muster.daemon.core.ChangeFeed;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.core.History;
import dev.muster.daemon.core.QueuedWriter;
import dev.muster.daemon.core.Row;
import dev.muster.daemon.core.Ticker;
import dev.muster.daemon.core.Waits;
import dev.muster.v1.ListChunk;
import dev.muster.v1.ListRequest;
import dev.muster.v1.Match;
import dev.muster.v1.StateGrpc;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListStreamTest {
  private static final Clock CLOCK = Clock.fixed(PlainSource.NOON.plusSeconds(600), ZoneOffset.UTC);
  private static final ListRequest EVERYTHING = ListRequest.getDefaultInstance();

  @TempDir Path directory;
  private final PlainSource plain = new PlainSource();
  private Cache cache;
  private QueuedWriter writer;
  private History history;
  private Server server;
  private ManagedChannel channel;

  @BeforeEach
  void start() throws IOException {
    ChangeFeed feed = new ChangeFeed();
    cache = Cache.open(directory, "1", CLOCK);
    writer = new QueuedWriter(cache, feed, CLOCK);
    Sources sources = new Sources(List.of(plain.source()));
    history = History.open(directory, new Notes(sources), History.KEPT, CLOCK);
    Reads reads = new Reads(sources, cache, writer, CLOCK);
    String name = InProcessServerBuilder.generateName();
    server =
        InProcessServerBuilder.forName(name)
            .addService(
                new StateService(
                    sources,
                    reads,
                    new Events(reads, sources, cache),
                    feed,
                    history,
                    new Waits(cache, feed, Ticker.system()),
                    CLOCK,
                    Ticker.system()))
            .build()
            .start();
    channel = InProcessChannelBuilder.forName(name).build();
  }

  @AfterEach
  void stop() {
    channel.shutdownNow();
    server.shutdownNow();
    writer.close();
    history.close();
    cache.close();
  }

  private void has(Row row) {
    writer.await(writer.put(row));
  }

  private List<ListChunk> chunks(ListRequest request) {
    List<ListChunk> chunks = new ArrayList<>();
    StateGrpc.newBlockingStub(channel).list(request).forEachRemaining(chunks::add);
    return chunks;
  }

  /** KIND NAME of each row of a bare list. */
  private List<String> rows(ListRequest request) {
    return chunks(request).stream()
        .flatMap(chunk -> chunk.getRowsList().stream())
        .map(row -> String.join(" ", List.of(row.split("\t")).subList(0, 2)))
        .toList();
  }

  private void clustersAndWrappers() {
    Row cluster = PlainSource.row("raycluster", "wrapped");
    has(PlainSource.owned(cluster, "AppWrapper/around", PlainSource.NOON));
    has(PlainSource.row("raycluster", "bare"));
    has(PlainSource.row("appwrapper", "around"));
    has(PlainSource.row("appwrapper", "pods"));
  }

  @Test
  void a_bare_list_shows_what_is_wrapped_and_of_wrappers_those_of_something_else() {
    clustersAndWrappers();

    assertThat(rows(EVERYTHING))
        .containsExactly("raycluster bare", "raycluster wrapped", "appwrapper pods");
    assertThat(rows(EVERYTHING.toBuilder().setSortBy("name").build()))
        .containsExactly("raycluster bare", "appwrapper pods", "raycluster wrapped");
  }

  @Test
  void a_kind_that_the_server_lacks_is_left_out_without_a_word() {
    clustersAndWrappers();
    plain.lacks("appwrapper");

    List<ListChunk> chunks = chunks(EVERYTHING);

    assertThat(rows(EVERYTHING)).containsExactly("raycluster bare", "raycluster wrapped");
    assertThat(chunks.getFirst().getObservationsList())
        .singleElement()
        .matches(observation -> observation.getKind().equals("raycluster"));
  }

  @Test
  void a_kind_that_may_not_be_seen_is_said_and_all_of_them_is_a_refusal() {
    clustersAndWrappers();
    plain.refuses("appwrapper", Failure.Kind.FORBIDDEN, "You may not list appwrappers.");

    assertThat(chunks(EVERYTHING).getFirst().getObservationsList())
        .anyMatch(observation -> observation.getReason().equals("You may not list appwrappers."));
    plain.refuses("raycluster", Failure.Kind.FORBIDDEN, "You may not list rayclusters.");
    assertThatThrownBy(() -> chunks(EVERYTHING))
        .isInstanceOf(StatusRuntimeException.class)
        .hasMessage("PERMISSION_DENIED: You may not list rayclusters.");
  }

  @Test
  void what_was_never_seen_does_not_hide_what_was() {
    clustersAndWrappers();
    plain.refuses("appwrapper", Failure.Kind.NO_ANSWER, "it is away");
    dev.muster.v1.Freshness aMinute =
        dev.muster.v1.Freshness.newBuilder().setMaxAgeMs(60_000).build();

    assertThat(rows(EVERYTHING)).containsExactly("raycluster bare", "raycluster wrapped");
    assertThatThrownBy(() -> chunks(EVERYTHING.toBuilder().setFreshness(aMinute).build()))
        .hasMessage("UNAVAILABLE: it is away");
    plain.refuses("appwrapper", Failure.Kind.FAILED, "it is broken");
    assertThatThrownBy(() -> chunks(EVERYTHING)).hasMessage("ABORTED: it is broken");
  }

  @Test
  void rows_are_chosen_by_a_cell() {
    has(PlainSource.row("raycluster", "a,b"));
    has(PlainSource.row("raycluster", "b"));
    has(PlainSource.row("raycluster", "bc"));
    ListRequest.Builder request = EVERYTHING.toBuilder().setKind("raycluster");
    Match match = Match.newBuilder().setColumn("name").setValue("b").build();

    assertThat(chunks(request.addMatches(match).build()).getFirst().getRowsList())
        .extracting(row -> row.split("\t")[0])
        .containsExactly("a,b", "b");
    assertThatThrownBy(() -> chunks(EVERYTHING.toBuilder().addMatches(match).build()))
        .hasMessageContaining("there is no column 'name' to choose by");
  }
}
