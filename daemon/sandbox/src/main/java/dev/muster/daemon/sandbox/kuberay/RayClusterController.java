package dev.muster.daemon.sandbox.kuberay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.sandbox.controllers.EventRecorder;
import dev.muster.daemon.sandbox.controllers.Objects;
import dev.muster.daemon.sandbox.controllers.Pace;
import dev.muster.daemon.sandbox.controllers.WorkQueue;
import dev.muster.daemon.sandbox.store.Change;
import dev.muster.daemon.sandbox.store.ObjectKey;
import dev.muster.daemon.sandbox.store.ResourceType;
import dev.muster.daemon.sandbox.store.StoredObject;
import java.util.List;

/**
 * The KubeRay operator: makes the pods that a RayCluster asks for, takes away what is too much, and
 * writes the status, in the order in which KubeRay 1.5.1 does it.
 */
public final class RayClusterController implements AutoCloseable {

  static final String COMPONENT = "raycluster-controller";

  private final Objects objects;
  private final EventRecorder events;
  private final Pace pace;
  private final WorkQueue<ObjectKey> queue = new WorkQueue<>("kuberay", this::reconcile);

  public RayClusterController(Objects objects, EventRecorder events, Pace pace) {
    this.objects = objects;
    this.events = events;
    this.pace = pace;
  }

  /** A RayCluster was written. */
  public void changed(Change change) {
    if (!change.deleted()) {
      queue.add(change.after().key(), pace.millis(100));
    }
  }

  /** A pod was written; it may be a cluster's. */
  public void podChanged(Change change) {
    String cluster = change.after().labels().get(RayPods.CLUSTER);
    if (cluster != null) {
      queue.add(new ObjectKey(change.after().key().namespace(), cluster), pace.millis(100));
    }
  }

  private void reconcile(ObjectKey key) {
    StoredObject cluster = objects.store().get(ResourceType.RAYCLUSTERS, key).orElse(null);
    if (cluster == null || cluster.terminating()) {
      return;
    }
    JsonNode tree = cluster.tree();
    if (RayClusterCheck.refused(cluster, tree.path("spec"), events)) {
      return;
    }
    AuthSecret.ensure(objects, cluster, tree.path("spec"));
    boolean service = reconcileService(cluster, tree.path("spec"));
    switch (Suspension.of(tree.path("status"))) {
      case SUSPENDING -> suspend(cluster);
      case SUSPENDED -> {
        // Pods come back only after the status says that it is no longer suspended.
      }
      case NONE -> {
        if (!tree.at("/spec/suspend").asBoolean()) {
          reconcilePods(cluster, tree.path("spec"));
        }
      }
    }
    ObjectNode status = RayClusterStatus.compute(tree, pods(cluster), service, objects.now());
    if (RayClusterStatus.differs(tree.path("status"), status)) {
      objects.change(
          ResourceType.RAYCLUSTERS,
          key,
          now -> {
            if (now.at("/metadata/uid").asText().equals(cluster.uid())) {
              now.set("status", status);
            }
          });
    }
  }

  private boolean reconcileService(StoredObject cluster, JsonNode spec) {
    String name = RayPods.serviceName(cluster.key().name());
    ObjectKey key = new ObjectKey(cluster.key().namespace(), name);
    if (objects.store().get(ResourceType.SERVICES, key).isPresent()) {
      return true;
    }
    boolean made =
        objects.create(ResourceType.SERVICES, RayPods.headService(cluster, spec)).isPresent();
    if (made) {
      events.normal(
          cluster,
          COMPONENT,
          "CreatedService",
          "Created service %s/%s".formatted(key.namespace(), key.name()));
    }
    return made;
  }

  private void suspend(StoredObject cluster) {
    List<StoredObject> left = pods(cluster).stream().filter(pod -> !pod.terminating()).toList();
    if (!left.isEmpty()) {
      left.forEach(objects::delete);
      events.normal(
          cluster,
          COMPONENT,
          "DeletedPod",
          "Deleted Pods for RayCluster %s/%s due to suspension"
              .formatted(cluster.key().namespace(), cluster.key().name()));
    }
  }

  private void reconcilePods(StoredObject cluster, JsonNode spec) {
    List<StoredObject> pods = pods(cluster);
    if (of(pods, RayPods.HEAD_GROUP).isEmpty()) {
      create(cluster, "CreatedHeadPod", "head", RayPods.head(cluster, spec.path("headGroupSpec")));
    }
    for (JsonNode group : spec.path("workerGroupSpecs")) {
      List<StoredObject> workers = of(pods, group.path("groupName").asText());
      int missing = WorkerGroups.desired(group) - workers.size();
      for (int i = 0; i < missing; i++) {
        create(cluster, "CreatedWorkerPod", "worker", RayPods.worker(cluster, group));
      }
      workers.stream()
          .filter(pod -> !pod.terminating())
          .skip(Math.max(0, WorkerGroups.desired(group)))
          .forEach(pod -> scaleDown(cluster, pod));
    }
  }

  private void scaleDown(StoredObject cluster, StoredObject pod) {
    objects.delete(pod);
    events.normal(
        cluster,
        COMPONENT,
        "DeletedWorkerPod",
        "Deleted Pod %s/%s".formatted(pod.key().namespace(), pod.key().name()));
  }

  private void create(StoredObject cluster, String reason, String type, ObjectNode pod) {
    objects
        .create(ResourceType.PODS, pod)
        .ifPresent(
            made ->
                events.normal(
                    cluster,
                    COMPONENT,
                    reason,
                    "Created %s Pod %s/%s"
                        .formatted(type, made.key().namespace(), made.key().name())));
  }

  /** The cluster's own pods: an older cluster of the same name may have left some. */
  private List<StoredObject> pods(StoredObject cluster) {
    return objects.store().dependents(cluster.uid()).stream()
        .filter(object -> object.type().equals(ResourceType.PODS))
        .toList();
  }

  private static List<StoredObject> of(List<StoredObject> pods, String group) {
    return pods.stream().filter(pod -> group.equals(pod.labels().get(RayPods.GROUP))).toList();
  }

  @Override
  public void close() {
    queue.close();
  }
}
