package dev.muster.cli.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cli.ExitCode;
import dev.muster.cli.FakeDaemon;
import dev.muster.cli.Samples;
import dev.muster.cli.Shell;
import dev.muster.cli.Shell.Result;
import dev.muster.v1.Build;
import dev.muster.v1.CacheInfoReply;
import dev.muster.v1.CacheKind;
import dev.muster.v1.ClearCacheReply;
import dev.muster.v1.ClearCacheRequest;
import dev.muster.v1.HelloReply;
import dev.muster.v1.StatusReply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DaemonCommandsTest {
  private static final StatusReply STATUS =
      StatusReply.newBuilder()
          .setBuild(Build.newBuilder().setVersion("0.1.0").setCommit("abc").setProtocol(1))
          .setPid(42)
          .setStartedAtMs(Samples.millis("2026-11-21T12:05:11Z"))
          .setSocket("/run/s")
          .setLog("/state/log")
          .setStateDirectory("/state")
          .setHeapUsedBytes(20L << 20)
          .setHeapMaxBytes(96L << 20)
          .setResidentBytes(150L << 20)
          .setCacheBytes(3L << 20)
          .setCacheRows(200)
          .setOpenStreams(1)
          .addWatches(Samples.live())
          .addWatches(Samples.stale())
          .addWatches(Samples.stale().toBuilder().setObservedAtMs(0))
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
  void status_is_for_people_on_a_terminal() {
    daemon.answers(STATUS);
    assertThat(shell.terminal().run("daemon", "status").out())
        .isEqualTo(
            """
            state:    running, process 42
            version:  0.1.0 (abc)
            up:       2 h
            ends:     not while a wait or watch is open
            memory:   150 MiB, heap 20 MiB of 96 MiB
            cache:    200 rows, 3 MiB
            streams:  1
            socket:   /run/s
            state in: /state
            log:      /state/log
            watch:    raycluster in lab: live
            watch:    raycluster in lab: not live, as of 14:02:11: the server cannot be reached
            watch:    raycluster in lab: not live: the server cannot be reached
            """);
  }

  @Test
  void status_has_tabs_in_a_pipe() {
    daemon.answers(STATUS.toBuilder().setIdleStopInMs(10_800_000).clearWatches().build());
    assertThat(shell.run("daemon", "status").out())
        .startsWith("state\trunning, process 42\n")
        .contains("ends\tin 3 h if idle\n");
  }

  @Test
  void status_as_json_has_numbers() {
    daemon.answers(STATUS.toBuilder().clearWatches().build());
    assertThat(shell.run("daemon", "status", "-o", "json").out())
        .isEqualTo(
            """
            {
              "running": true,
              "pid": 42,
              "version": "0.1.0",
              "commit": "abc",
              "protocol": 1,
              "started": "2026-11-21T12:05:11Z",
              "idleStopInMs": 0,
              "residentBytes": 157286400,
              "heapUsedBytes": 20971520,
              "heapMaxBytes": 100663296,
              "cacheRows": 200,
              "cacheBytes": 3145728,
              "openStreams": 1,
              "socket": "/run/s",
              "stateDirectory": "/state",
              "log": "/state/log",
              "watches": []
            }
            """);
  }

  @Test
  void status_starts_no_daemon() {
    assertThat(Shell.withoutDaemon(directory).run("daemon", "status"))
        .isEqualTo(
            new Result(
                ExitCode.NOT_FOUND,
                "no daemon is running; the next command that needs one starts it\n",
                ""));
    assertThat(Shell.withoutDaemon(directory).run("daemon", "status", "-o", "json").out())
        .isEqualTo("{\n  \"running\": false\n}\n");
  }

  @Test
  void start_says_which_process_it_is() {
    daemon.answers(HelloReply.newBuilder().setPid(42).build());
    assertThat(shell.run("daemon", "start").out()).isEqualTo("the daemon runs, process 42\n");
  }

  @Test
  void stop_of_none_is_fine() {
    assertThat(shell.run("daemon", "stop"))
        .isEqualTo(new Result(ExitCode.DONE, "no daemon is running\n", ""));
  }

  @Test
  void restart_of_none_is_a_start() {
    daemon.answers(HelloReply.newBuilder().setPid(43).build());
    assertThat(shell.run("daemon", "restart").out()).isEqualTo("the daemon runs, process 43\n");
  }

  @Test
  void log_prints_the_last_lines_byte_for_byte() throws IOException {
    Path log = shell.places().log();
    Files.createDirectories(log.getParent());
    Files.writeString(log, "one\ntwo\nthréé\n");
    assertThat(shell.run("daemon", "log", "--lines", "2").out()).isEqualTo("two\nthréé\n");
    assertThat(shell.run("daemon", "log").out()).isEqualTo("one\ntwo\nthréé\n");
    assertThat(shell.run("daemon", "log", "--lines", "0").out()).isEmpty();
    assertThat(shell.run("daemon", "log", "--path").out()).isEqualTo(log + "\n");
  }

  @Test
  void no_log_yet_is_said() {
    assertThat(shell.run("daemon", "log"))
        .isEqualTo(
            new Result(
                ExitCode.NOT_FOUND,
                "",
                "muster: there is no log yet; it will be " + shell.places().log() + "\n"));
  }

  @Test
  void a_log_that_cannot_be_read_is_said() throws IOException {
    Files.createDirectories(shell.places().log());
    assertThat(shell.run("daemon", "log").code()).isEqualTo(ExitCode.FAILED);
  }

  @Test
  void a_number_that_is_none_is_said() {
    assertThat(shell.run("daemon", "log", "--lines", "many").err())
        .isEqualTo(
            "muster: option '--lines' takes a whole number, not 'many'; see 'muster daemon log --help'\n");
  }

  @Test
  void cache_info_is_a_table_of_kinds() {
    CacheInfoReply info =
        CacheInfoReply.newBuilder()
            .setFile("/state/cache.mv.db")
            .setBytes(4096)
            .setRows(200)
            .setHistoryFile("/state/history.mv.db")
            .setHistoryBytes(512)
            .setHistoryEntries(31)
            .setHistoryDegraded("The history is damaged.")
            .addKinds(CacheKind.newBuilder().setObservation(Samples.live()).setRows(200))
            .addKinds(
                CacheKind.newBuilder()
                    .setObservation(Samples.stale().toBuilder().setObservedAtMs(0)))
            .build();
    daemon.answers(info, info);
    assertThat(shell.run("cache", "info"))
        .isEqualTo(
            new Result(
                ExitCode.DONE,
                """
                SOURCE\tCONTEXT\tKIND\tROWS\tLIVE\tAS OF\tREASON
                kubernetes\tlab\traycluster\t200\tyes\t2026-11-21T14:05:10Z\t
                kubernetes\tlab\traycluster\t0\tno\t\tthe server cannot be reached
                """,
                """
                200 rows in /state/cache.mv.db (4096 bytes)
                31 changes of state in /state/history.mv.db (512 bytes)
                warning: The history is damaged.
                """));
    assertThat(shell.run("cache", "info", "-o", "json").out())
        .startsWith(
            "{\n  \"file\": \"/state/cache.mv.db\",\n  \"bytes\": 4096,\n  \"rows\": 200,\n  \"history\": {\n")
        .contains("\"rows\": 0\n");
  }

  @Test
  void cache_clear_says_how_many_rows_went() {
    daemon.answers(ClearCacheReply.newBuilder().setRows(7).build());
    assertThat(shell.run("cache", "clear").out()).isEqualTo("7 rows forgotten\n");
    assertThat(daemon.<ClearCacheRequest>request(0).getHistory()).isFalse();
  }

  @Test
  void cache_clear_leaves_the_history_unless_it_is_named() {
    daemon.answers(ClearCacheReply.newBuilder().setRows(7).setHistoryEntries(31).build());
    assertThat(shell.run("cache", "clear", "--history").out())
        .isEqualTo("7 rows forgotten\n31 changes of state forgotten\n");
    assertThat(daemon.<ClearCacheRequest>request(0).getHistory()).isTrue();
  }
}
