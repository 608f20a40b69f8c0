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
  void a_bucket_is_a_volume_of_gkes_driver_in_all_pods() throws IOException {
    String file =
        file(
            """
            name: demo
            gke:
              gcsfuse:
                bucket-name: models
                mount-path: /mnt/models
                mount-options: implicit-dirs,uid=1000
                disable-metrics: true
                gcsfuse-metadata-prefetch-on-mount: false
                skip-csi-bucket-access-check: true
                resources: {cpu: 250m, memory: 1Gi, ephemeral-storage: 10Gi}
            """);
    assertThat(PluginFile.options(file))
        .containsExactly(
            "--name",
            "demo",
            "--volumes",
            "{name: cluster-storage, csi: {driver: gcsfuse.csi.storage.gke.io, volumeAttributes:"
                + " {bucketName: models, mountOptions: 'implicit-dirs,uid=1000', disableMetrics:"
                + " 'true', gcsfuseMetadataPrefetchOnMount: 'false', skipCSIBucketAccessCheck:"
                + " 'true'}}}",
            "--volume-mounts",
            "{name: cluster-storage, mountPath: /mnt/models}",
            "--annotations",
            "gke-gcsfuse/volumes=true",
            "--annotations",
            "gke-gcsfuse/cpu-request=250m",
            "--annotations",
            "gke-gcsfuse/memory-limit=1Gi",
            "--annotations",
            "gke-gcsfuse/memory-request=1Gi",
            "--annotations",
            "gke-gcsfuse/ephemeral-storage-limit=10Gi",
            "--annotations",
            "gke-gcsfuse/ephemeral-storage-request=10Gi");
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
          gke: {gcs: {}} | has a field that is not known: gke.gcs
          gke: {gcsfuse: {mount-path: /data}} | gke.gcsfuse needs bucket-name
          gke: {gcsfuse: {bucket-name: b}} | gke.gcsfuse needs mount-path
          gke: {gcsfuse: {bucket: b}} | has a field that is not known: gke.gcsfuse.bucket
          gke: {gcsfuse: {bucket-name: [b]}} | gke.gcsfuse.bucket-name has no value of one word
          gke: {gcsfuse: {disable-metrics: perhaps}} | gke.gcsfuse.disable-metrics is neither true nor false
          gke: {gcsfuse: {resources: 1}} | gke.gcsfuse.resources is not a list of fields
          gke: {gcsfuse: {resources: {gpu: 1}}} | has a field that is not known: gke.gcsfuse.resources.gpu
          gke: {gcsfuse: {resources: {memory: 1 GB}}} | gke.gcsfuse.resources.memory is not a Kubernetes quantity
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
