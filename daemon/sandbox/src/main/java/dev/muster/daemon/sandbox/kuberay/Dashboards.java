package dev.muster.daemon.sandbox.kuberay;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.daemon.sandbox.controllers.Objects;
import dev.muster.daemon.sandbox.controllers.Pace;
import dev.muster.daemon.sandbox.controllers.WorkQueue;
import dev.muster.daemon.sandbox.net.PodNetwork;
import dev.muster.daemon.sandbox.net.PodSockets;
import dev.muster.daemon.sandbox.ray.RayDashboard;
import dev.muster.daemon.sandbox.ray.RayDashboardOptions;
import dev.muster.daemon.sandbox.store.Change;
import dev.muster.daemon.sandbox.store.ObjectKey;
import dev.muster.daemon.sandbox.store.ResourceType;
import dev.muster.daemon.sandbox.store.StoredObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A stand-in of Ray's dashboard for each head pod that runs, and on the pods' network at port 8265.
 * It ends with its pod: a head that is replaced knows nothing of earlier jobs.
 */
public final class Dashboards implements AutoCloseable {

  private static final int PORT = 8265;

  /**
   * One that runs.
   *
   * @param uid of its pod
   * @param cluster that its pod is the head of
   */
  private record Running(String uid, ObjectKey cluster, RayDashboard dashboard) {}

  private final Objects objects;
  private final Path directory;
  private final Pace pace;
  private final Clock clock;
  private final PodNetwork network;
  private final PodSockets sockets;
  private final Map<ObjectKey, Running> running = new ConcurrentHashMap<>();
  private final WorkQueue<ObjectKey> queue = new WorkQueue<>("dashboards", this::work);

  /**
   * @param directory for their files, removed with them
   * @param sockets where they listen
   */
  public Dashboards(
      Objects objects,
      Path directory,
      Pace pace,
      Clock clock,
      PodNetwork network,
      PodSockets sockets) {
    this.objects = objects;
    this.directory = directory;
    this.pace = pace;
    this.clock = clock;
    this.network = network;
    this.sockets = sockets;
  }

  /** A pod was written; it may be a head. */
  public void podChanged(Change change) {
    if ("head".equals(change.after().labels().get(RayPods.NODE_TYPE))) {
      queue.add(change.after().key(), Duration.ZERO);
    }
  }

  /** The dashboard of a cluster, when its head runs. */
  Optional<RayDashboard> of(ObjectKey cluster) {
    return running.values().stream()
        .filter(one -> one.cluster().equals(cluster))
        .map(Running::dashboard)
        .findFirst();
  }

  private void work(ObjectKey key) {
    StoredObject pod =
        objects
            .store()
            .get(ResourceType.PODS, key)
            .filter(found -> found.fields().get("status.phase").equals("Running"))
            .orElse(null);
    Running old = running.get(key);
    if (old != null && (pod == null || !pod.uid().equals(old.uid()))) {
      stop(key, old);
      old = null;
    }
    if (pod != null && old == null) {
      start(pod);
    }
  }

  private void start(StoredObject pod) {
    ObjectKey key = pod.key();
    ObjectKey cluster =
        new ObjectKey(key.namespace(), pod.labels().getOrDefault(RayPods.CLUSTER, ""));
    Optional<StoredObject> found = objects.store().get(ResourceType.RAYCLUSTERS, cluster);
    if (found.isEmpty()) {
      return;
    }
    JsonNode spec = found.get().tree().path("spec");
    RayDashboardOptions options =
        RayDashboardOptions.in(directory.resolve(pod.uid()))
            .withPace(pace)
            .withClock(clock)
            .withVersion(spec.path("rayVersion").asText(RayDashboardOptions.RECORDED))
            .withNode(LargestNode.of(spec))
            .withToken(AuthSecret.token(objects, cluster, spec));
    RayDashboard dashboard;
    try {
      dashboard = RayDashboard.start(options, sockets.next());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    running.put(key, new Running(pod.uid(), cluster, dashboard));
    network.listen(key.namespace(), key.name(), PORT, dashboard.address());
  }

  private void stop(ObjectKey key, Running old) {
    network.silence(key.namespace(), key.name());
    running.remove(key);
    old.dashboard().close();
  }

  @Override
  public void close() {
    queue.close();
    Map.copyOf(running).forEach(this::stop);
  }
}
