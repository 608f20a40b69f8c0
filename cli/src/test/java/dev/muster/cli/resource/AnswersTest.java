package dev.muster.cli.resource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cli.ExitCode;
import dev.muster.cli.FakeDaemon;
import dev.muster.cli.Samples;
import dev.muster.cli.Shell;
import dev.muster.cli.Shell.Result;
import dev.muster.v1.Estimate;
import dev.muster.v1.Event;
import dev.muster.v1.EventsReply;
import dev.muster.v1.EventsRequest;
import dev.muster.v1.ExplainReply;
import dev.muster.v1.ExplainRequest;
import dev.muster.v1.GetReply;
import dev.muster.v1.HistoryChunk;
import dev.muster.v1.HistoryEntry;
import dev.muster.v1.HistoryRequest;
import dev.muster.v1.ListRequest;
import dev.muster.v1.WaitUpdate;
import dev.muster.v1.WaitUpdate.Outcome;
import dev.muster.v1.WatchEvent;
import dev.muster.v1.WatchRequest;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnswersTest {
  private static final Estimate ESTIMATE =
      Estimate.newBuilder().setMedianMs(181_000).setNinetiethMs(480_000).setRuns(12).build();
  private static final HistoryEntry BECAME_READY =
      HistoryEntry.newBuilder()
          .setCursor(41)
          .setAtMs(Samples.millis("2026-11-21T14:02:11Z"))
          .setContext("lab")
          .setKind("raycluster")
          .setNamespace("team-a")
          .setName("demo")
          .setUid("u-1")
          .setFromState("STARTING")
          .setToState("READY")
          .setNativeState("ready")
          .setReason("all\tpods run")
          .setQueue("gpu")
          .build();

  private final FakeDaemon daemon = new FakeDaemon();
  @TempDir Path directory;
  private Shell shell;

  @BeforeEach
  void open() {
    shell = new Shell(directory, daemon);
  }

  @AfterEach
  void stop() {
    daemon.stop();
  }

  @Test
  void explain_says_the_sentence_its_causes_and_what_to_do() {
    daemon.answers(
        ExplainReply.newBuilder()
            .setResource(Samples.queued())
            .setSentence("RayCluster later is QUEUED: it needs 2 GPUs more than gpu has left.")
            .addCauses("Workload later: couldn't assign flavors")
            .setAdvice("wait, or ask for fewer GPUs.")
            .setEstimate(ESTIMATE)
            .build());
    assertThat(shell.run("explain", "raycluster", "later"))
        .isEqualTo(
            new Result(
                ExitCode.DONE,
                """
                RayCluster later is QUEUED: it needs 2 GPUs more than gpu has left.
                  Workload later: couldn't assign flavors
                to do: wait, or ask for fewer GPUs.
                until ready: usually 3m, at most 8m
                """,
                ""));
    assertThat(daemon.<ExplainRequest>request(0).getName()).isEqualTo("later");
  }

  @Test
  void explain_has_its_parts_as_fields() {
    daemon.answers(
        ExplainReply.newBuilder()
            .setResource(Samples.demo())
            .setSentence("it is as it should be.")
            .build());
    assertThat(shell.run("explain", "raycluster", "demo", "-o", "json").out())
        .startsWith(
            """
            {
              "sentence": "it is as it should be.",
              "causes": [],
              "advice": "",
              "estimate": null,
              "resource": {
            """);
  }

  @Test
  void history_is_a_table_with_the_oldest_first() {
    HistoryEntry gone =
        BECAME_READY.toBuilder()
            .setCursor(44)
            .setFromState("READY")
            .clearToState()
            .clearQueue()
            .build();
    HistoryEntry made =
        BECAME_READY.toBuilder().setCursor(40).clearFromState().setToState("QUEUED").build();
    daemon.answers(
        HistoryChunk.newBuilder().addEntries(made).addEntries(BECAME_READY).build(),
        HistoryChunk.newBuilder().addEntries(gone).build(),
        HistoryChunk.newBuilder().setDegraded("The history could not keep up.").build());
    assertThat(shell.run("history", "raycluster", "demo", "--since", "1h", "-o", "wide"))
        .isEqualTo(
            new Result(
                ExitCode.DONE,
                """
                TIME\tKIND\tNAMESPACE\tNAME\tFROM\tTO\tREASON\tQUEUE\tCURSOR
                2026-11-21T14:02:11Z\traycluster\tteam-a\tdemo\t(new)\tQUEUED\tall pods run\tgpu\t40
                2026-11-21T14:02:11Z\traycluster\tteam-a\tdemo\tSTARTING\tREADY\tall pods run\tgpu\t41
                2026-11-21T14:02:11Z\traycluster\tteam-a\tdemo\tREADY\t(gone)\t\t\t44
                """,
                "warning: The history could not keep up.\n"));
    HistoryRequest asked = daemon.request(0);
    assertThat(asked.getKind()).isEqualTo("raycluster");
    assertThat(asked.getName()).isEqualTo("demo");
    assertThat(asked.getSinceMs()).isEqualTo(Samples.millis("2026-11-21T13:05:11Z"));
  }

  @Test
  void history_of_everything_has_its_entries_as_records() {
    daemon.answers(HistoryChunk.newBuilder().addEntries(BECAME_READY).build());
    assertThat(shell.run("history", "-A", "--from", "40", "--limit", "5", "-o", "json").out())
        .isEqualTo(
            """
            {
              "items": [
                {
                  "cursor": 41,
                  "at": "2026-11-21T14:02:11Z",
                  "context": "lab",
                  "kind": "raycluster",
                  "namespace": "team-a",
                  "name": "demo",
                  "uid": "u-1",
                  "from": "STARTING",
                  "to": "READY",
                  "nativeState": "ready",
                  "reason": "all\\tpods run",
                  "queue": "gpu"
                }
              ]
            }
            """);
    HistoryRequest asked = daemon.request(0);
    assertThat(asked.getKind()).isEmpty();
    assertThat(asked.getAfterCursor()).isEqualTo(40);
    assertThat(asked.getLimit()).isEqualTo(5);
    assertThat(asked.getTarget().getAllNamespaces()).isTrue();
  }

  @Test
  void an_empty_history_is_said() {
    daemon.answers(HistoryChunk.getDefaultInstance());
    assertThat(shell.run("history"))
        .isEqualTo(new Result(ExitCode.DONE, "", "nothing is recorded\n"));
  }

  @Test
  void events_are_a_table_with_the_oldest_first() {
    daemon.answers(
        EventsReply.newBuilder()
            .setObservation(Samples.live())
            .addEvents(
                Event.newBuilder()
                    .setAtMs(Samples.millis("2026-11-21T14:02:11Z"))
                    .setType("Warning")
                    .setNamespace("team-a")
                    .setAbout("pod/demo-head")
                    .setText("Failed: no such image"))
            .build());
    assertThat(shell.run("events", "raycluster", "demo"))
        .isEqualTo(
            new Result(
                ExitCode.DONE,
                """
                TIME\tTYPE\tABOUT\tMESSAGE
                2026-11-21T14:02:11Z\tWarning\tpod/demo-head\tFailed: no such image
                """,
                ""));
    assertThat(daemon.<EventsRequest>request(0).getName()).isEqualTo("demo");
    daemon.answers(EventsReply.newBuilder().setObservation(Samples.live()).build());
    assertThat(shell.run("events", "raycluster", "demo", "-o", "json"))
        .isEqualTo(
            new Result(
                ExitCode.DONE, "{\n  \"items\": []\n}\n", "no warnings about raycluster demo\n"));
  }

  @Test
  void details_has_a_line_for_each_field_and_a_dash_for_what_is_not_known() {
    daemon.answers(
        Samples.reply().toBuilder()
            .setResource(
                Samples.demo().toBuilder()
                    .setDetailsJson(
                        "{\"workers\":{\"desired\":2},\"uri\":\"ray://demo\",\"dashboard\":\"\","
                            + "\"image\":null,\"flavors\":[\"a\",\"b\"],\"conditions\":[{\"type\":\"x\"}]}"))
            .build());
    assertThat(shell.run("details", "raycluster", "demo").out())
        .isEqualTo(
            """
            name\tdemo
            namespace\tteam-a
            context\tlab
            status\tREADY
            ready\tyes
            reason\t-
            created\t2026-11-21T14:00:00Z
            owner\t-
            workers.desired\t2
            uri\tray://demo
            dashboard\t-
            image\t-
            flavors\ta, b
            conditions\t{"type":"x"}
            """);
  }

  @Test
  void details_are_aligned_on_a_terminal_and_a_record_where_one_is_asked_for() {
    daemon.answers(Samples.reply(), Samples.reply());
    assertThat(shell.terminal().run("details", "raycluster", "demo").out())
        .startsWith("name:            demo\nnamespace:       team-a\n");
    assertThat(shell.run("details", "raycluster", "demo", "-o", "name").out())
        .isEqualTo("raycluster/demo\n");
  }

  @Test
  void status_says_how_long_it_usually_takes() {
    GetReply starting =
        Samples.reply().toBuilder().setResource(Samples.queued()).setEstimate(ESTIMATE).build();
    daemon.answers(starting, starting);
    assertThat(shell.run("status", "raycluster", "later").out())
        .endsWith("takes\tusually 3m, at most 8m\n");
    assertThat(shell.run("status", "raycluster", "later", "-o", "json").out())
        .contains(
            "\"estimate\": {\n    \"medianSeconds\": 181.0,\n    \"ninetiethSeconds\": 480.0,\n    \"runs\": 12\n  }");
  }

  @Test
  void wait_says_how_long_it_usually_takes() {
    daemon.answers(
        WaitUpdate.newBuilder()
            .setResource(Samples.queued())
            .setLine("QUEUED for 2 s")
            .setEstimate(ESTIMATE)
            .build(),
        WaitUpdate.newBuilder().setOutcome(Outcome.REACHED).setResource(Samples.demo()).build());
    assertThat(shell.run("wait", "raycluster", "demo").err())
        .isEqualTo("demo: QUEUED for 2 s; usually 3m, at most 8m\n");
  }

  @Test
  void a_watch_goes_on_from_a_cursor_and_tells_each_event_its_own() {
    daemon.answers(
        WatchEvent.newBuilder()
            .setType(WatchEvent.Type.CHANGED)
            .setAtMs(Samples.millis("2026-11-21T14:02:11Z"))
            .setCursor(41)
            .setFromState("STARTING")
            .setResource(Samples.demo())
            .build());
    assertThat(shell.run("watch", "appwrapper", "--from", "40", "-o", "json").out())
        .startsWith(
            "{\"type\":\"CHANGED\",\"at\":\"2026-11-21T14:02:11Z\",\"cursor\":41,\"from\":\"STARTING\",\"to\":\"READY\",");
    WatchRequest asked = daemon.request(0);
    assertThat(asked.getFromCursor()).isEqualTo(40);
    assertThat(asked.getKind()).isEqualTo("appwrapper");
  }

  @Test
  void a_list_may_be_sorted_by_a_column() {
    daemon.answers(Samples.cells());
    shell.run("list", "clusterqueue", "--sort-by", "AGE");
    ListRequest asked = daemon.request(0);
    assertThat(asked.getSortBy()).isEqualTo("AGE");
    assertThat(asked.getKind()).isEqualTo("clusterqueue");
  }
}
