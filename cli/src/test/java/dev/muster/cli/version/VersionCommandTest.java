package dev.muster.cli.version;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cli.ExitCode;
import dev.muster.cli.FakeDaemon;
import dev.muster.cli.Shell;
import dev.muster.cli.Shell.Result;
import dev.muster.proto.BuildInfo;
import dev.muster.proto.DaemonException;
import dev.muster.v1.Build;
import dev.muster.v1.HelloReply;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VersionCommandTest {
  private static final BuildInfo MINE = BuildInfo.current();
  private static final String CLIENT = "muster " + MINE.version() + " (" + MINE.commit() + ")\n";

  private final FakeDaemon daemon = new FakeDaemon();
  @TempDir Path directory;

  @AfterEach
  void stop() {
    daemon.stop();
  }

  @Test
  void the_clients_own_version_needs_no_daemon() {
    Shell shell =
        new Shell(
            directory,
            start -> {
              throw new AssertionError("a daemon was looked for");
            });
    assertThat(shell.run("version", "--client")).isEqualTo(new Result(ExitCode.DONE, CLIENT, ""));
    assertThat(shell.run("version", "--client", "-o", "json").out())
        .startsWith("{\n  \"client\": {\n    \"version\": \"" + MINE.version() + "\"")
        .doesNotContain("daemon");
  }

  @Test
  void a_running_daemons_version_is_beside_it() {
    daemon.answers(hello(), hello());
    assertThat(new Shell(directory, daemon).run("version").out())
        .isEqualTo(CLIENT + "daemon 9.8 (abc)\n");
    assertThat(new Shell(directory, daemon).run("version", "-o", "json").out())
        .endsWith(
            """
              "daemon": {
                "version": "9.8",
                "commit": "abc",
                "time": "2026-11-21T14:00:00Z",
                "protocol": 1
              }
            }
            """);
  }

  @Test
  void that_no_daemon_runs_is_no_failure() {
    assertThat(Shell.withoutDaemon(directory).run("version"))
        .isEqualTo(new Result(ExitCode.DONE, CLIENT + "daemon not running\n", ""));
    assertThat(Shell.withoutDaemon(directory).run("version", "-o", "json").out())
        .endsWith("  \"daemon\": null\n}\n");
  }

  @Test
  void an_unsafe_place_is_a_failure() {
    Shell shell =
        new Shell(
            directory,
            start -> {
              throw new DaemonException(DaemonException.Kind.UNSAFE, "others may write there");
            });
    assertThat(shell.run("version").code()).isEqualTo(ExitCode.NO_ANSWER);
    assertThat(shell.run("daemon", "status").err()).isEqualTo("muster: others may write there\n");
  }

  @Test
  void another_format_is_refused() {
    assertThat(Shell.withoutDaemon(directory).run("version", "-o", "yaml").err())
        .isEqualTo("muster: -o takes text or json here, not 'yaml'\n");
  }

  private static HelloReply hello() {
    return HelloReply.newBuilder()
        .setBuild(
            Build.newBuilder()
                .setVersion("9.8")
                .setCommit("abc")
                .setTimeS(1795269600)
                .setProtocol(1))
        .build();
  }
}
