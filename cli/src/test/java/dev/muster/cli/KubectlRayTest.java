package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.cli.Shell.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KubectlRayTest {
  private static final String MADE = " --template kubectl-ray --no-appwrapper --local-queue  ";

  @TempDir Path directory;

  private static String line(String typed) {
    return String.join(" ", KubectlRay.rewritten("kubectl-ray", typed.split(" ")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          get cluster | get cluster
          get clusters demo -A | get clusters demo -A
          get nodes -c demo | get nodes -c demo
          get workergroup gpu --ray-cluster demo | get workergroup gpu --ray-cluster demo
          create workergroup gpu -c demo --worker-gpu 1 | create workergroup gpu -c demo --worker-gpu 1
          scale cluster demo -w gpu -r 2 | scale cluster demo -w gpu -r 2
          delete demo rayjob/x -y | delete raycluster demo rayjob/x -y
          --context lab delete raycluster/demo | --context lab delete raycluster raycluster/demo
          session demo -v | session raycluster demo -v
          session rayjob/nightly -n a | session rayjob nightly -n a
          session --help | session raycluster --help
          log rayservice/x --out-dir d | log rayservice x --out-dir d
          log --node-type head demo | log raycluster demo --node-type head
          get token demo | get token demo
          job submit --name x -- python a.py -v | submit rayjob --follow --submission-mode InteractiveMode --name x -- python a.py -v
          job submit -f j.yaml --working-dir . -- python a.py | submit rayjob --follow -f j.yaml --working-dir . -- python a.py
          job submit --no-wait --log-style=record --log-color true --name x | submit rayjob --submission-mode InteractiveMode --no-wait --name x
          job submit --dry-run --submission-mode HTTPMode x | submit rayjob x --dry-run --submission-mode HTTPMode
          version --client | version --client
          --version | version
          help | help kubectl-ray
          --help | help kubectl-ray
          """)
  void the_plugins_words_become_ours(String typed, String ours) {
    assertThat(line(typed)).isEqualTo(ours);
  }

  @Test
  void a_cluster_has_the_plugins_defaults() {
    assertThat(line("create cluster demo --worker-gpu 1 -n team"))
        .isEqualTo("create raycluster --name demo" + MADE + "--worker-gpu 1 -n team");
    assertThat(line("create cluster --worker-cpu=2 --wait demo"))
        .as("--wait takes no value, and the plugin waits five minutes")
        .isEqualTo("create raycluster --name demo" + MADE + "--worker-cpu=2 --wait --timeout 5m");
    assertThat(line("create cluster demo --timeout 9m --worker-replicas 3 --autoscaler v2"))
        .as("without --wait the time-out means nothing")
        .isEqualTo(
            "create raycluster --name demo"
                + MADE.replace("  ", "  --min-workers 3 --max-workers 3 ")
                + "--worker-replicas 3 --autoscaler v2");
    assertThat(line("create cluster demo --wait --timeout=1m")).endsWith("--wait --timeout=1m");
  }

  @Test
  void what_is_said_is_not_said_again() {
    assertThat(
            line(
                "create cluster demo --template mine --appwrapper --labels kueue.x-k8s.io/queue-name=q"))
        .isEqualTo(
            "create raycluster --name demo --template mine --appwrapper --labels kueue.x-k8s.io/queue-name=q");
  }

  @Test
  void a_dry_run_prints_the_manifest() {
    assertThat(line("create cluster demo --dry-run --wait --timeout=2m --head-cpu 1"))
        .isEqualTo("define raycluster --stdout --name demo" + MADE + "--head-cpu 1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          top | 'kubectl-ray top' is not there yet
          job stop x | 'kubectl-ray job stop' is not there yet
          session | 'kubectl-ray session' needs a name
          log --node-type head | 'kubectl-ray log' needs a name
          create cluster --file no-such.yaml | there is no file 'no-such.yaml'
          create cluster --file c.yaml --worker-gpu=1 | --file and --worker-gpu do not go together
          create cluster --worker-gpu 1 | 'kubectl-ray create cluster' needs a name
          """)
  void what_is_not_there_is_said(String typed, String sentence) {
    assertThatThrownBy(() -> line(typed))
        .isInstanceOfSatisfying(
            CliFailure.class, e -> assertThat(e.code()).isEqualTo(ExitCode.USAGE))
        .hasMessageStartingWith(sentence);
  }

  @Test
  void it_is_meant_by_the_programs_name_or_the_first_word() {
    Result linked = Shell.withoutDaemon(directory).as("kubectl-ray").run();
    assertThat(linked.out()).startsWith("kubectl-ray\n");
    assertThat(Shell.withoutDaemon(directory).run("kubectl-ray")).isEqualTo(linked);
    assertThat(Shell.withoutDaemon(directory).run().out()).startsWith("muster: one command");
  }

  @Test
  void the_name_of_the_program_is_that_of_the_link() throws IOException {
    Path arguments = Files.writeString(directory.resolve("cmdline"), "/usr/bin/kubectl-ray\0get\0");
    assertThat(CalledAs.base(CalledAs.first(arguments))).isEqualTo("kubectl-ray");
    assertThat(CalledAs.first(Files.writeString(arguments, "muster"))).isEqualTo("muster");
    assertThat(CalledAs.first(directory.resolve("none"))).isEmpty();
    assertThat(CalledAs.name()).as("tests run in a JVM").isEqualTo("java");
    System.setProperty(CalledAs.PROPERTY, "./kubectl-ray");
    try {
      assertThat(CalledAs.name()).isEqualTo("kubectl-ray");
    } finally {
      System.clearProperty(CalledAs.PROPERTY);
    }
  }
}
