package dev.muster.daemon.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.muster.daemon.sandbox.contract.Samples;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client that the daemon uses, against the sandbox. */
final class Fabric8Test {

  @TempDir private Path directory;
  private Sandbox sandbox;
  private KubernetesClient client;

  @BeforeEach
  void start() {
    sandbox = Sandbox.start(SandboxOptions.fast(directory));
    client = client("alice");
  }

  @AfterEach
  void stop() {
    client.close();
    sandbox.close();
  }

  private KubernetesClient client(String user) {
    Config config = Config.fromKubeconfig(sandbox.kubeconfig(user).toFile());
    config.setRequestRetryBackoffLimit(0);
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  private MixedOperation<
          GenericKubernetesResource,
          GenericKubernetesResourceList,
          Resource<GenericKubernetesResource>>
      clusters(KubernetesClient of) {
    return of.genericKubernetesResources("ray.io/v1", "RayCluster");
  }

  private GenericKubernetesResource create(String name) {
    GenericKubernetesResource cluster =
        Serialization.unmarshal(Samples.demo(name).toString(), GenericKubernetesResource.class);
    return clusters(client).inNamespace("default").resource(cluster).create();
  }

  private static Object state(GenericKubernetesResource cluster) {
    return cluster.get("status", "state");
  }

  @Test
  void a_cluster_is_created_awaited_and_deleted() {
    create("one");
    Resource<GenericKubernetesResource> one =
        clusters(client).inNamespace("default").withName("one");
    GenericKubernetesResource ready =
        one.waitUntilCondition(
            cluster -> cluster != null && "ready".equals(state(cluster)), 30, TimeUnit.SECONDS);
    assertThat(ready.<Integer>get("status", "readyWorkerReplicas")).isEqualTo(2);
    List<Pod> pods =
        client.pods().inNamespace("default").withLabel("ray.io/cluster", "one").list().getItems();
    assertThat(pods).hasSize(3);
    assertThat(pods)
        .allSatisfy(
            pod ->
                assertThat(pod.getMetadata().getAnnotations())
                    .containsEntry("sandbox.muster.dev/simulated", "true"));
    one.delete();
    assertThat(one.get()).isNull();
    await()
        .untilAsserted(
            () -> assertThat(client.pods().inNamespace("default").list().getItems()).isEmpty());
  }

  @Test
  void lists_come_in_pages() {
    for (String name : List.of("a", "b", "c")) {
      create(name);
    }
    GenericKubernetesResourceList first =
        clusters(client).inAnyNamespace().list(new ListOptionsBuilder().withLimit(2L).build());
    assertThat(first.getItems()).hasSize(2);
    assertThat(first.getMetadata().getRemainingItemCount()).isEqualTo(1);
    GenericKubernetesResourceList second =
        clusters(client)
            .inAnyNamespace()
            .list(
                new ListOptionsBuilder()
                    .withLimit(2L)
                    .withContinue(first.getMetadata().getContinue())
                    .build());
    assertThat(second.getItems()).hasSize(1);
  }

  @Test
  void an_informer_survives_cut_watches_and_an_expired_history() {
    create("before");
    try (SharedIndexInformer<GenericKubernetesResource> informer =
        clusters(client).inAnyNamespace().withLimit(500L).inform()) {
      await().until(() -> informer.getIndexer().list().size() == 1);
      sandbox.dropWatches();
      create("after-cut");
      await().until(() -> informer.getIndexer().list().size() == 2);
      sandbox.compactHistory();
      sandbox.dropWatches();
      create("after-compaction");
      await().atMost(Duration.ofSeconds(30)).until(() -> informer.getIndexer().list().size() == 3);
      await()
          .until(
              () ->
                  informer.getIndexer().list().stream()
                      .allMatch(cluster -> "ready".equals(state(cluster))));
    }
  }

  @Test
  void a_plain_watch_sees_changes_without_web_sockets() {
    List<String> seen = new CopyOnWriteArrayList<>();
    Watcher<GenericKubernetesResource> watcher =
        new Watcher<>() {
          @Override
          public void eventReceived(Action action, GenericKubernetesResource cluster) {
            seen.add(action + " " + cluster.getMetadata().getName());
          }

          @Override
          public void onClose(WatcherException cause) {
            seen.add("closed");
          }
        };
    try (var watch = clusters(client).inNamespace("default").watch(watcher)) {
      assertThat(watch).isNotNull();
      create("one");
      await().until(() -> seen.contains("ADDED one") && seen.contains("MODIFIED one"));
    }
  }

  @Test
  void a_missing_crd_is_a_404() {
    ResourceDefinitionContext known =
        new ResourceDefinitionContext.Builder()
            .withGroup("ray.io")
            .withVersion("v1")
            .withKind("RayCluster")
            .withPlural("rayclusters")
            .withNamespaced(true)
            .build();
    var all = client.genericKubernetesResources(known).inAnyNamespace();
    sandbox.removeCrd();
    assertThatThrownBy(all::list)
        .isInstanceOfSatisfying(
            KubernetesClientException.class, e -> assertThat(e.getCode()).isEqualTo(404));
    sandbox.installCrd();
    assertThat(all.list().getItems()).isEmpty();
  }

  @Test
  void rights_and_tokens_are_checked() {
    try (KubernetesClient nobody = client("nobody")) {
      assertThatThrownBy(() -> clusters(nobody).inAnyNamespace().list())
          .isInstanceOfSatisfying(
              KubernetesClientException.class, e -> assertThat(e.getCode()).isEqualTo(403));
    }
    sandbox.forbidClusterWide("alice", "list", "rayclusters");
    assertThat(clusters(client).inNamespace("default").list().getItems()).isEmpty();
    assertThatThrownBy(() -> clusters(client).inAnyNamespace().list())
        .hasMessageContaining("at the cluster scope");
    sandbox.expireTokens("alice");
    assertThatThrownBy(() -> clusters(client).inNamespace("default").list())
        .isInstanceOfSatisfying(
            KubernetesClientException.class, e -> assertThat(e.getCode()).isEqualTo(401));
  }

  @Test
  void an_edit_is_a_patch_on_top_of_what_is_there() {
    create("one");
    Resource<GenericKubernetesResource> one =
        clusters(client).inNamespace("default").withName("one");
    // The edit is bound to the version it read: it would conflict with the operator's writes.
    one.waitUntilCondition(
        cluster -> cluster != null && "ready".equals(state(cluster)), 30, TimeUnit.SECONDS);
    one.edit(
        cluster -> {
          cluster.getMetadata().setLabels(Map.of("team", "blue"));
          return cluster;
        });
    assertThat(clusters(client).inAnyNamespace().withLabel("team", "blue").list().getItems())
        .hasSize(1);
  }
}
