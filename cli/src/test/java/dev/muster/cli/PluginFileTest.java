package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PluginFileTest {
  @TempDir Path directory;

  private String file(String yaml) throws IOException {
    return Files.writeString(directory.resolve("c.yaml"), yaml).toString();
  }

  private static String line(String typed) {
    return String.join(" ", KubectlRay.rewritten("kubectl-ray", typed.split(" ")));
  }

  @Test
  void its_fields_are_options() throws IOException {
    String file =
        file(
            """
            namespace: team
            name: demo
            labels: {team: blue}
            annotations: {note: "1"}
            ray-version: 2.52.0
            image: rayproject/ray:2.52.0
            service-account: ray
            head:
              cpu: 3
              memory: 5Gi
              gpu: 1
              ephemeral-storage: 10Gi
              ray-start-params: {metrics-export-port: 8082}
              node-selectors: {disk: ssd}
            worker-groups:
            - name: cpus
              replicas: 2
              num-of-hosts: 1
              cpu: 1
            - name: gpus
              replicas: 3
              gpu: 1
              ray-start-params: {a: b}
            - {}
            autoscaler: {version: v2}
            """);
    assertThat(line("create cluster --file " + file + " --wait"))
        .isEqualTo(
            "create raycluster --name demo --template kubectl-ray --no-appwrapper --local-queue "
                + " --min-workers 2 --max-workers 2 --wait --namespace team --labels team=blue"
                + " --annotations note=1 --ray-version 2.52.0 --image rayproject/ray:2.52.0"
                + " --service-account ray --head-cpu 3 --head-memory 5Gi --head-gpu 1"
                + " --head-ephemeral-storage 10Gi --head-ray-start-params metrics-export-port=8082"
                + " --head-node-selectors disk=ssd --worker-group-name cpus --worker-replicas 2"
                + " --num-of-hosts 1 --worker-cpu 1 --worker-group {name: gpus, replicas: 3, gpus:"
                + " 1, ray-start-params: {a: b}} --worker-group {name: default-group-2}"
                + " --autoscaler v2 --timeout 5m");
  }

  @Test
  void the_name_and_the_namespace_may_be_typed_too() throws IOException {
    String file = file("{name: demo, namespace: team}");
    assertThat(line("create cluster demo -n team -f " + file))
        .startsWith("create raycluster --name demo ")
        .endsWith(" -n team");
    assertThatThrownBy(() -> line("create cluster other -f " + file))
        .hasMessageStartingWith("two names are given, other and in the file demo;");
    assertThatThrownBy(() -> line("create cluster -n other -f " + file))
        .hasMessageStartingWith("two namespaces are given, other and in the file team;");
    assertThat(line("create cluster other -f " + file("head: {cpu: 1}")))
        .startsWith("create raycluster --name other ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          head: [ | , line 2 is not YAML: expected the node content
          head: {cpus: 1} | has a field that is not known: head.cpus
          heads: {cpu: 1} | has a field that is not known: heads
          autoscaler: {on: true} | has a field that is not known: autoscaler.on
          worker-groups: [{}, {cpus: 1}] | has a field that is not known: worker-groups[1].cpus
          worker-groups: {} | worker-groups is not a list
          head: 1 | head is not a list of fields
          name: {} | name has no value of one word
          just a word | is not a list of fields
          gke: {} | gke is not there yet
          """)
  void what_is_wrong_in_it_is_said_with_its_place(String yaml, String sentence) throws IOException {
    String file = file(yaml + "\n");
    assertThatThrownBy(() -> PluginFile.options(file))
        .isInstanceOfSatisfying(
            CliFailure.class, e -> assertThat(e.code()).isEqualTo(ExitCode.USAGE))
        .hasMessageStartingWith("'" + file + "'")
        .hasMessageContaining(sentence);
  }

  @Test
  void what_cannot_be_read_is_said() {
    assertThatThrownBy(() -> PluginFile.options(directory.toString()))
        .hasMessageContaining("cannot be read");
  }
}
