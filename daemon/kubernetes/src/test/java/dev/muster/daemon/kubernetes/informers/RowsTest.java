package dev.muster.daemon.kubernetes.informers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.core.Cache;
import dev.muster.daemon.core.ChangeFeed;
import dev.muster.daemon.core.Key;
import dev.muster.daemon.core.QueuedWriter;
import dev.muster.daemon.core.Row;
import dev.muster.daemon.core.State;
import dev.muster.daemon.kubernetes.Yaml;
import dev.muster.daemon.kubernetes.appwrapper.AppWrapperRow;
import dev.muster.daemon.kubernetes.kueue.WorkloadRow;
import dev.muster.daemon.kubernetes.raycluster.RayClusterRow;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowsTest {
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

  private static final String ADMITTED = "\"admission\": {\"clusterQueue\": \"q\"}";

  @TempDir Path directory;

  private Cache cache;
  private QueuedWriter writer;
  private ChangeFeed feed;
  private Rows rows;
  private Companions companions;

  @BeforeEach
  void open() {
    cache = Cache.open(directory, "test", Clock.systemUTC());
    feed = new ChangeFeed();
    writer = new QueuedWriter(cache, feed, Clock.systemUTC());
    rows = new Rows("id", writer);
    companions = rows.companions();
  }

  @AfterEach
  void close() {
    writer.close();
    cache.close();
  }

  private static ObjectNode object(String json) {
    return (ObjectNode) Yaml.fromJson(json);
  }

  private static ObjectNode cluster(String uid) {
    return object(
        "{\"metadata\":{\"name\":\"demo\",\"namespace\":\"n\",\"uid\":\""
            + uid
            + "\",\"resourceVersion\":\"5\"},\"spec\":{}}");
  }

  /** A cluster that Kueue suspends until there is quota. */
  private static ObjectNode queued(String version) {
    return object(
        """
        {"metadata": {"name": "demo", "namespace": "n", "uid": "one", "resourceVersion": "%s",
          "creationTimestamp": "2026-11-21T09:59:59Z", "labels": {"kueue.x-k8s.io/queue-name": "q"}},
         "spec": {"suspend": true}}
        """
            .formatted(version));
  }

  private static ObjectNode workload(String version, String status) {
    return object(
        """
        {"metadata": {"name": "w", "namespace": "n", "uid": "w", "resourceVersion": "%s",
          "ownerReferences": [{"kind": "RayCluster", "name": "demo", "uid": "one", "controller": true}]},
         "spec": {"queueName": "q"}, "status": {%s}}
        """
            .formatted(version, status));
  }

  private static ObjectNode wrapper(String version, String phase) {
    return object(
        """
        {"apiVersion": "workload.codeflare.dev/v1beta2", "kind": "AppWrapper",
         "metadata": {"name": "demo", "namespace": "n", "uid": "a", "resourceVersion": "%s"},
         "spec": {"components": [{"template":
           {"apiVersion": "ray.io/v1", "kind": "RayCluster", "metadata": {"name": "demo"}, "spec": {}}}]},
         "status": {"phase": "%s"}}
        """
            .formatted(version, phase));
  }

  /** Lets the writer wait until it is told to go on. */
  private CountDownLatch hold() {
    CountDownLatch go = new CountDownLatch(1);
    writer.recompute(
        new Key("id", "nothing", "n", "x"),
        (row, owned) -> {
          try {
            go.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          return null;
        });
    return go;
  }

  private static ObjectNode pod(String problem) {
    return object(
        "{\"metadata\":{\"name\":\"h\",\"namespace\":\"n\",\"uid\":\"p\",\"labels\":{\"ray.io/cluster\":\"demo\",\"ray.io/node-type\":\"head\"}},"
            + "\"status\":{\"phase\":\"Pending\",\"containerStatuses\":[{\"state\":{\"waiting\":{\"reason\":\""
            + problem
            + "\"}}}]}}");
  }

  private static ObjectNode event(String kind, String name) {
    return object(
        "{\"metadata\":{\"name\":\"e\",\"namespace\":\"n\",\"uid\":\"e\"},\"type\":\"Warning\",\"reason\":\"FailedMount\",\"message\":\"no\","
            + "\"lastTimestamp\":\"2026-11-21T10:00:00Z\",\"involvedObject\":{\"kind\":\""
            + kind
            + "\",\"namespace\":\"n\",\"name\":\""
            + name
            + "\"}}");
  }

  private Optional<Row> row() {
    writer.await(writer.lastEnqueued());
    return cache.get(new Key("id", "raycluster", "n", "demo"));
  }

  private String reason() {
    return row().orElseThrow().reason();
  }

  @Test
  void an_answer_that_comes_after_the_deletion_does_not_bring_it_back() {
    rows.cluster(cluster("one"), NOW);
    rows.gone(RayClusterRow.RESOURCE, cluster("one"), NOW);

    rows.cluster(cluster("one"), NOW);
    assertThat(row()).isEmpty();

    rows.cluster(cluster("two"), NOW);
    assertThat(row()).isPresent();
  }

  @Test
  void a_pods_problem_becomes_the_clusters_reason_and_goes_with_it() {
    rows.cluster(cluster("one"), NOW);
    companions.pod(pod("ErrImagePull"), NOW);
    assertThat(reason()).isEqualTo("head pod h: ErrImagePull");

    companions.pod(pod("ContainerCreating"), NOW);
    assertThat(reason()).isEqualTo("waiting for its pods");

    companions.pod(pod("ErrImagePull"), NOW);
    companions.podGone(pod("ErrImagePull"), NOW);
    assertThat(reason()).isEqualTo("waiting for its pods");
  }

  @Test
  void what_was_known_before_the_cluster_was_seen_counts_too() {
    companions.pod(pod("ErrImagePull"), NOW);
    rows.cluster(cluster("one"), NOW);

    assertThat(reason()).isEqualTo("head pod h: ErrImagePull");
    companions.podsListed("", NOW.plusSeconds(1));
    assertThat(reason()).isEqualTo("waiting for its pods");
  }

  @Test
  void a_warning_becomes_the_reason_until_it_is_gone() {
    rows.cluster(cluster("one"), NOW);
    companions.event(event("Service", "demo"), NOW);
    companions.event(event("Pod", "stranger"), NOW);
    assertThat(reason()).isEqualTo("waiting for its pods");

    companions.event(event("RayCluster", "demo"), NOW);
    assertThat(reason()).isEqualTo("FailedMount: no");
    companions.eventGone(event("RayCluster", "demo"), NOW);
    assertThat(reason()).isEqualTo("waiting for its pods");

    companions.event(event("RayCluster", "demo"), NOW);
    companions.eventsListed("n", NOW.plusSeconds(1));
    assertThat(reason()).isEqualTo("waiting for its pods");
  }

  @Test
  void a_warning_that_comes_before_its_pod_waits_for_it() {
    rows.cluster(cluster("one"), NOW);
    companions.event(event("Pod", "h"), NOW);
    assertThat(reason()).isEqualTo("waiting for its pods");

    companions.pod(pod("ContainerCreating"), NOW);

    assertThat(reason()).isEqualTo("FailedMount: no");
  }

  @Test
  void a_state_began_when_the_workload_changed_and_not_when_the_cluster_was_seen() {
    rows.put(WorkloadRow.RESOURCE, workload("1", ""), NOW);
    rows.cluster(queued("5"), NOW);
    assertThat(row().orElseThrow().state()).isEqualTo(State.QUEUED);

    rows.put(WorkloadRow.RESOURCE, workload("2", ADMITTED), NOW.plusSeconds(60));

    assertThat(row().orElseThrow().state()).isEqualTo(State.STARTING);
    assertThat(row().orElseThrow().changed()).isAfter(NOW.plusSeconds(60));
  }

  @Test
  void news_of_a_cluster_does_not_take_back_what_is_known_of_its_workload_by_then() {
    rows.put(WorkloadRow.RESOURCE, workload("1", ""), NOW);
    rows.cluster(queued("5"), NOW);
    List<State> told = new CopyOnWriteArrayList<>();
    row();
    feed.subscribe(
        ChangeFeed.matching("id", RayClusterRow.KIND, "n", "demo"),
        event -> told.add(((ChangeFeed.Event.Changed) event).change().row().state()));
    CountDownLatch go = hold();

    companions.pod(pod("ErrImagePull"), NOW);
    rows.cluster(queued("6"), NOW.plusSeconds(1));
    rows.put(WorkloadRow.RESOURCE, workload("2", ADMITTED), NOW.plusSeconds(2));
    go.countDown();

    assertThat(row().orElseThrow().state()).isEqualTo(State.STARTING);
    assertThat(told).doesNotContain(State.QUEUED);
  }

  @Test
  void a_writes_answer_that_comes_after_what_the_server_made_of_it_is_no_news() {
    rows.cluster(queued("5"), NOW);
    rows.put(WorkloadRow.RESOURCE, workload("2", ADMITTED), NOW);

    rows.put(WorkloadRow.RESOURCE, workload("1", ""), NOW.plusSeconds(1));

    assertThat(row().orElseThrow().state()).isEqualTo(State.STARTING);
  }

  @Test
  void late_news_of_an_app_wrapper_takes_nothing_back_and_it_is_still_there() {
    rows.clustersAreKnown();
    rows.put(AppWrapperRow.RESOURCE, wrapper("2", "Running"), NOW);

    rows.put(AppWrapperRow.RESOURCE, wrapper("1", "Suspended"), NOW.plusSeconds(2));
    rows.listed(AppWrapperRow.RESOURCE, "n", NOW.plusSeconds(1), NOW.plusSeconds(2));

    assertThat(row().orElseThrow().state()).isEqualTo(State.STARTING);
    assertThat(row().orElseThrow().reason()).isEqualTo("waiting for its RayCluster");
  }

  private static ObjectNode ready(String owner) {
    return object(
        """
        {"metadata": {"name": "demo", "namespace": "n", "uid": "one", "resourceVersion": "5",
          "ownerReferences": [%s]},
         "spec": {}, "status": {"state": "ready"}}
        """
            .formatted(owner));
  }

  private static final String OWNED =
      "{\"apiVersion\": \"workload.codeflare.dev/v1beta2\", \"kind\": \"AppWrapper\","
          + " \"name\": \"demo\", \"uid\": \"a\", \"controller\": true}";

  @Test
  void a_cluster_whose_app_wrapper_went_first_is_not_ready_again_before_it_goes() {
    rows.put(AppWrapperRow.RESOURCE, wrapper("2", "Running"), NOW);
    rows.cluster(ready(OWNED), NOW);
    assertThat(row().orElseThrow().state()).isEqualTo(State.READY);

    rows.gone(AppWrapperRow.RESOURCE, wrapper("3", "Terminating"), NOW.plusSeconds(1));

    assertThat(row().orElseThrow().state()).isEqualTo(State.TERMINATING);
    assertThat(reason()).isEqualTo("being deleted with its AppWrapper");
  }

  @Test
  void a_cluster_that_its_app_wrapper_left_behind_goes_on_by_itself() {
    rows.put(AppWrapperRow.RESOURCE, wrapper("2", "Running"), NOW);
    rows.cluster(ready(OWNED), NOW);
    rows.gone(AppWrapperRow.RESOURCE, wrapper("3", "Terminating"), NOW.plusSeconds(1));

    ObjectNode released = ready("");
    released.withObject("/metadata").put("resourceVersion", "6");
    rows.cluster(released, NOW.plusSeconds(2));

    assertThat(row().orElseThrow().state()).isEqualTo(State.READY);
  }
}
