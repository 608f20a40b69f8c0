package dev.muster.daemon.sandbox.controllers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.daemon.sandbox.store.Change;
import dev.muster.daemon.sandbox.store.ObjectKey;
import dev.muster.daemon.sandbox.store.ResourceType;
import dev.muster.daemon.sandbox.store.StoredObject;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * Scheduler and kubelets of four simulated nodes. A pod is scheduled and then runs, unless it asks
 * for more than {@link #NODE_CPUS} cpus, or its image cannot be had: one whose name contains {@code
 * no-such-image} or whose tag is {@code missing}. The command of a job's pod really runs: {@link
 * PodCommands}.
 */
public final class Kubelet implements AutoCloseable {

  static final int NODE_CPUS = 256;

  private static final int NODES = 4;
  private static final String NOT_FOUND =
      "failed to pull and unpack image \"%1$s\": failed to resolve reference \"%1$s\": %1$s: not"
          + " found";

  private final Objects objects;
  private final EventRecorder events;
  private final Pace pace;
  private final PodCommands commands;
  private final WorkQueue<ObjectKey> queue = new WorkQueue<>("kubelet", this::work);

  public Kubelet(Objects objects, EventRecorder events, Pace pace, PodCommands commands) {
    this.objects = objects;
    this.events = events;
    this.pace = pace;
    this.commands = commands;
  }

  public void changed(Change change) {
    StoredObject pod = change.after();
    if (change.deleted()) {
      commands.gone(pod);
      return;
    }
    if (change.before() == null) {
      queue.add(pod.key(), pace.millis(200));
    } else if (pod.terminating()) {
      queue.add(pod.key(), pace.millis(1000));
    }
  }

  private void work(ObjectKey key) {
    Optional<StoredObject> found = objects.store().get(ResourceType.PODS, key);
    if (found.isEmpty()) {
      return;
    }
    StoredObject pod = found.get();
    if (pod.terminating()) {
      objects.deleteNow(pod);
    } else if (pod.fields().get("spec.nodeName").isEmpty()) {
      schedule(pod);
    } else if (pod.fields().get("status.phase").equals("Pending")) {
      start(pod);
    }
  }

  private void schedule(StoredObject pod) {
    JsonNode tree = pod.tree();
    if (cpus(tree).compareTo(BigDecimal.valueOf(NODE_CPUS)) > 0) {
      String message =
          "0/%1$d nodes are available: %1$d Insufficient cpu. preemption: 0/%1$d nodes are"
                  .formatted(NODES)
              + " available: %d No preemption victims found for incoming pod.".formatted(NODES);
      change(pod, status -> status.unschedulable(message));
      events.warning(pod, "default-scheduler", "FailedScheduling", message);
      return;
    }
    String node = "sandbox-node-" + number(pod, NODES);
    change(pod, status -> status.scheduled(node));
    events.normal(
        pod,
        "default-scheduler",
        "Scheduled",
        "Successfully assigned %s/%s to %s"
            .formatted(pod.key().namespace(), pod.key().name(), node));
    // Not all in the same moment: pods of one cluster become ready one after the other.
    queue.add(pod.key(), pace.millis(1200 + 200L * number(pod, 4)));
  }

  private static BigDecimal cpus(JsonNode pod) {
    BigDecimal sum = BigDecimal.ZERO;
    for (JsonNode container : pod.at("/spec/containers")) {
      JsonNode limit = container.at("/resources/limits/cpu");
      JsonNode request = container.at("/resources/requests/cpu");
      JsonNode asked = request.isMissingNode() ? limit : request;
      if (!asked.isMissingNode()) {
        sum = sum.add(Quantity.parse(asked.asText()).value());
      }
    }
    return sum;
  }

  private void start(StoredObject pod) {
    JsonNode tree = pod.tree();
    for (JsonNode container : tree.at("/spec/containers")) {
      String image = container.path("image").asText();
      if (image.contains("no-such-image") || image.endsWith(":missing")) {
        failPull(pod, tree, image);
        return;
      }
    }
    int hash = number(pod, 64_000);
    String ip = "10.244.%d.%d".formatted(hash / 250, 1 + hash % 250);
    change(pod, status -> status.running(ip, "10.250.0.1"));
    if (PodCommands.runs(tree)) {
      commands.start(pod, code -> change(pod, status -> status.ended(code)));
    }
  }

  /** First the error itself, then the waiting before the next attempt, which stays. */
  private void failPull(StoredObject pod, JsonNode tree, String image) {
    String why = NOT_FOUND.formatted(image);
    if (tree.at("/status/containerStatuses").isMissingNode()) {
      String message = "rpc error: code = NotFound desc = " + why;
      change(pod, status -> status.waiting("ErrImagePull", message));
      events.normal(pod, "kubelet", "Pulling", "Pulling image \"%s\"".formatted(image));
      events.warning(
          pod, "kubelet", "Failed", "Failed to pull image \"%s\": %s".formatted(image, message));
      events.warning(pod, "kubelet", "Failed", "Error: ErrImagePull");
      queue.add(pod.key(), pace.millis(2000));
    } else {
      String message =
          "Back-off pulling image \"%s\": ErrImagePull: rpc error: code = NotFound desc = %s"
              .formatted(image, why);
      change(pod, status -> status.waiting("ImagePullBackOff", message));
      events.normal(pod, "kubelet", "BackOff", "Back-off pulling image \"%s\"".formatted(image));
      events.warning(pod, "kubelet", "Failed", "Error: ImagePullBackOff");
    }
  }

  private void change(StoredObject pod, java.util.function.Consumer<PodStatus> what) {
    objects.change(
        ResourceType.PODS, pod.key(), tree -> what.accept(new PodStatus(tree, objects.now())));
  }

  private static int number(StoredObject pod, int below) {
    return Math.floorMod(pod.uid().hashCode(), below);
  }

  @Override
  public void close() {
    queue.close();
    commands.close();
  }
}
