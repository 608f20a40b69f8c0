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
import dev.muster.daemon.core.Key;
import dev.muster.daemon.core.QueuedWriter;
import dev.muster.daemon.core.Row;
import dev.muster.daemon.core.State;
import dev.muster.v1.Estimate;
import dev.muster.v1.Event;
import dev.muster.v1.EventsRequest;
import dev.muster.v1.ExplainReply;
import dev.muster.v1.ExplainRequest;
import dev.muster.v1.GetReply;
import dev.muster.v1.GetRequest;
import dev.muster.v1.Target;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnswersTest {
  private static final Instant NOON = PlainSource.NOON;
  private static final Clock CLOCK = Clock.fixed(NOON.plusSeconds(600), ZoneOffset.UTC);

  @TempDir Path directory;
  private Cache cache;
  private QueuedWriter writer;
  private History history;
  private Answers answers;

  @BeforeEach
  void open() {
    ChangeFeed feed = new ChangeFeed();
    cache = Cache.open(directory, "1", CLOCK);
    writer = new QueuedWriter(cache, feed, CLOCK);
    Sources sources = new Sources(List.of(new PlainSource().source()));
    history = History.open(directory, new Notes(sources), History.KEPT, CLOCK);
    history.follow(feed, cache);
    Reads reads = new Reads(sources, cache, writer, CLOCK);
    answers = new Answers(sources, reads, new Events(reads, sources, cache), history, CLOCK);
  }

  @AfterEach
  void close() {
    writer.close();
    history.close();
    cache.close();
  }

  private static Row since(int second, State state, String version, String name) {
    Row row = PlainSource.row("raycluster", name);
    return new Row(
        row.key(),
        row.uid(),
        version,
        state,
        "",
        state == State.READY,
        "",
        NOON,
        NOON.plusSeconds(second),
        NOON.plusSeconds(second + 1),
        "",
        "",
        name,
        "{}",
        "{}");
  }

  private void fiveRuns() {
    for (int i = 0; i < 5; i++) {
      writer.put(since(0, State.STARTING, "1", "run-" + i));
      writer.put(since(60 + i, State.READY, "2", "run-" + i));
    }
    writer.await(writer.put(since(0, State.STARTING, "1", "next")));
    history.read(
        new dev.muster.daemon.core.HistoryQuery("identity", "", "", "", null, 0, 1)); // settled
  }

  private static GetRequest get(String kind, String name) {
    return GetRequest.newBuilder().setKind(kind).setName(name).build();
  }

  @Test
  void what_is_not_ready_yet_is_told_with_how_long_it_usually_takes() {
    fiveRuns();
    Estimate usual =
        Estimate.newBuilder().setMedianMs(62_000).setNinetiethMs(64_000).setRuns(5).build();
    GetReply next = answers.get(get("raycluster", "next"));
    assertThat(next.getEstimate()).isEqualTo(usual);
    assertThat(answers.get(get("raycluster", "run-1")).hasEstimate()).as("it is ready").isFalse();
    ExplainReply why =
        answers.explain(ExplainRequest.newBuilder().setKind("raycluster").setName("demo").build());
    assertThat(why.getEstimate()).isEqualTo(usual);
    assertThat(why.getSentence()).isEqualTo("one pod is not ready.");
    assertThat(why.getCausesList()).containsExactly("pod/demo-head: Pending");
    assertThat(why.getAdvice()).isEqualTo("wait.");
    assertThat(why.getResource().getName()).isEqualTo("demo");
  }

  @Test
  void details_are_completed_only_where_they_are_asked_for() {
    writer.await(writer.put(PlainSource.row("raycluster", "demo")));
    GetRequest request = get("raycluster", "demo");

    assertThat(answers.get(request).getResource().getDetailsJson()).isEqualTo("{}");
    assertThat(
            answers
                .get(request.toBuilder().setDetails(true).build())
                .getResource()
                .getDetailsJson())
        .isEqualTo("{\"dashboard\":\"https://d.example.org\"}");
  }

  @Test
  void why_needs_one_namespace_where_there_are_namespaces() {
    Target all = Target.newBuilder().setAllNamespaces(true).build();
    ExplainRequest.Builder request = ExplainRequest.newBuilder().setTarget(all).setName("demo");
    assertThatThrownBy(() -> answers.explain(request.setKind("raycluster").build()))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("a name needs one namespace");
    assertThat(answers.explain(request.setKind("clusterqueue").build()).getSentence()).isNotEmpty();
  }

  @Test
  void what_is_in_no_namespace_is_found_without_one() {
    Row queue = PlainSource.row("clusterqueue", "all");
    Row nowhere =
        new Row(
            new Key("identity", "clusterqueue", "", "all"),
            queue.uid(),
            queue.version(),
            queue.state(),
            "",
            false,
            "",
            NOON,
            NOON,
            NOON,
            "",
            "",
            "all",
            "{}",
            "{}");
    writer.await(writer.put(nowhere));
    assertThat(answers.get(get("clusterqueue", "all")).getResource().getName()).isEqualTo("all");
    assertThatThrownBy(() -> answers.get(get("clusterqueue", "none")))
        .hasMessage("clusterqueue \"none\" not found in context lab");
  }

  @Test
  void a_warning_is_told_with_its_time_and_what_it_is_about() {
    writer.put(PlainSource.row("raycluster", "demo"));
    Row event =
        PlainSource.owned(
            PlainSource.row("event", "pod/demo-head"), "raycluster/demo", NOON.plusSeconds(3));
    writer.await(writer.put(event));
    assertThat(
            answers
                .events(EventsRequest.newBuilder().setKind("raycluster").setName("demo").build())
                .getEventsList())
        .containsExactly(
            Event.newBuilder()
                .setAtMs(NOON.plusSeconds(3).toEpochMilli())
                .setType("Warning")
                .setAbout("pod/demo-head")
                .setText("Failed: no such image")
                .setNamespace("team")
                .build());
  }
}
