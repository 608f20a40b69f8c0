package dev.muster.cli.help;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cli.Commands;
import dev.muster.cli.Entry;
import dev.muster.cli.ExitCode;
import dev.muster.cli.Shell;
import dev.muster.cli.Shell.Result;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HelpTest {
  @TempDir Path directory;

  static Stream<Entry> commands() {
    return Commands.ALL.stream();
  }

  private Result run(String... args) {
    return Shell.withoutDaemon(directory).run(args);
  }

  @ParameterizedTest
  @MethodSource("commands")
  void every_command_has_help_with_examples_first(Entry entry) {
    String path = entry.path().substring("muster ".length());
    Result result = run((path + " --help").split(" "));
    assertThat(result.code()).isEqualTo(ExitCode.DONE);
    assertThat(result.err()).isEmpty();
    assertThat(result.out())
        .startsWith(entry.summary() + ".\n\nExamples:\n  # ")
        .contains("\n  " + entry.path())
        .contains("\nUsage: " + entry.path())
        .contains("\n  -h, --help                  Show this help.\n");
    assertThat(result.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(101));
    assertThat(run(("help " + path).split(" ")).out()).isEqualTo(result.out());
  }

  @Test
  void a_whole_help_text() {
    assertThat(run("daemon", "log", "-h").out())
        .isEqualTo(
            """
            Print the end of the daemon's log.

            Examples:
              # The last fifty lines
              muster daemon log
              # Where the file is
              muster daemon log --path

            Usage: muster daemon log [options]

            Options:
              -h, --help                  Show this help.
              -v, --verbose               Say more about what goes wrong.
              --no-daemon                 Use a daemon of its own that ends with this call;
                                          MUSTER_NO_DAEMON=1 does so too.
              --lines COUNT               How many; 50 if left out.
              --path                      Print where the log is instead.
            """);
  }

  @Test
  void help_alone_names_every_command_in_few_lines() {
    String out = run("--help").out();
    assertThat(out).isEqualTo(run("help").out()).isEqualTo(run().out());
    assertThat(out.lines()).hasSizeLessThan(70);
    assertThat(out)
        .contains("\n  job                         define, create, submit, get, list, status,")
        .contains("\n  workload, localqueue, clusterqueue, ")
        .contains("\n  daemon log                  Print the end of the daemon's log.\n");
    for (Entry entry : Commands.ALL) {
      assertThat(out).contains(entry.verb()).contains(entry.noun());
    }
  }

  @Test
  void the_commands_of_a_noun_are_in_the_order_of_its_life() {
    assertThat(run("help", "job").out().lines().filter(line -> line.startsWith("  ")))
        .filteredOn(line -> line.length() > 2 && line.charAt(2) != ' ')
        .extracting(line -> line.split(" +")[1])
        .startsWith("define", "create", "submit", "get", "list", "status")
        .endsWith("logs", "stop", "cancel", "resubmit");
  }

  @Test
  void help_on_a_word_lists_its_commands() {
    assertThat(run("cache", "--help").out())
        .isEqualTo(
            """
            Commands:
              cache info                  Show what is cached, and how old it is.
              cache clear                 Forget everything that is cached.

            Topics (muster help TOPIC): exit-codes, output, environment, kubectl-ray, codeflare
            'muster COMMAND --help' shows the options of one.
            """)
        .isEqualTo(run("help", "cache").out());
  }

  @Test
  void topics_have_their_own_text() {
    assertThat(run("help", "exit-codes").out())
        .startsWith("Exit codes\n")
        .contains("  130  interr");
    assertThat(run("help", "output").out()).startsWith("Output\n");
    assertThat(run("help", "environment").out()).startsWith("Environment\n");
    assertThat(run("help", "kubectl-ray").out()).startsWith("kubectl-ray\n");
    assertThat(run("help", "codeflare").out()).startsWith("codeflare\n");
  }

  @Test
  void help_on_what_is_not_there_is_a_bad_command_line() {
    assertThat(run("help", "exit-code").err())
        .isEqualTo("muster: there is no help on 'exit-code'; did you mean 'exit-codes'?\n");
    assertThat(run("help", "list", "nothing").code()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void the_whole_tree_has_every_command_once() {
    String tree = run("help", "--tree").out();
    assertThat(tree.lines().filter(line -> line.startsWith("## ")))
        .containsExactlyElementsOf(
            Commands.ALL.stream().map(entry -> "## " + entry.path()).toList());
  }
}
