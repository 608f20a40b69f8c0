package dev.muster.daemon.sandbox;

import dev.muster.daemon.sandbox.api.Operators;
import dev.muster.daemon.sandbox.appwrapper.AppWrapperController;
import dev.muster.daemon.sandbox.controllers.EventRecorder;
import dev.muster.daemon.sandbox.controllers.GarbageCollector;
import dev.muster.daemon.sandbox.controllers.Kubelet;
import dev.muster.daemon.sandbox.controllers.NamespaceController;
import dev.muster.daemon.sandbox.controllers.Objects;
import dev.muster.daemon.sandbox.controllers.Pace;
import dev.muster.daemon.sandbox.controllers.PodCommands;
import dev.muster.daemon.sandbox.kuberay.Dashboards;
import dev.muster.daemon.sandbox.kuberay.RayClusterController;
import dev.muster.daemon.sandbox.kuberay.RayJobController;
import dev.muster.daemon.sandbox.kueue.KueueController;
import dev.muster.daemon.sandbox.net.PodLogs;
import dev.muster.daemon.sandbox.net.PodNetwork;
import dev.muster.daemon.sandbox.net.PodSockets;
import dev.muster.daemon.sandbox.process.Scratch;
import dev.muster.daemon.sandbox.store.Change;
import dev.muster.daemon.sandbox.store.ResourceType;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Everything that acts by itself: KubeRay, AppWrapper, Kueue, scheduler and kubelets, garbage
 * collector, namespaces.
 */
final class Simulation implements AutoCloseable {

  private final GarbageCollector garbage;
  private final NamespaceController namespaces;
  private final Path scratch;
  private final PodSockets sockets;
  private final Kubelet kubelet;
  private final Dashboards dashboards;
  private final RayClusterController clusters;
  private final RayJobController jobs;
  private final AppWrapperController wrappers;
  private final KueueController kueue;

  /**
   * @param operators how operators write what is not theirs alone
   * @param scratch directory for what really runs, removed in the end
   * @param network what dashboards are found on
   * @param logs of the pods whose command really runs
   */
  Simulation(
      Objects objects,
      Operators operators,
      SandboxOptions options,
      Path scratch,
      PodNetwork network,
      PodLogs logs)
      throws IOException {
    Pace pace = options::scaled;
    EventRecorder events = new EventRecorder(objects);
    garbage = new GarbageCollector(objects, pace);
    namespaces = new NamespaceController(objects, pace);
    this.scratch = scratch;
    sockets = new PodSockets(scratch);
    PodCommands commands = new PodCommands(scratch.resolve("pods"), options.clock(), logs);
    kubelet = new Kubelet(objects, events, pace, commands);
    dashboards =
        new Dashboards(objects, scratch.resolve("ray"), pace, options.clock(), network, sockets);
    clusters = new RayClusterController(objects, events, pace);
    jobs = new RayJobController(objects, operators, events, pace, dashboards);
    wrappers = new AppWrapperController(objects, operators, events, pace);
    kueue = new KueueController(objects, operators, events, pace);
    objects.store().listen(this::changed);
  }

  private void changed(Change change) {
    ResourceType type = change.after().type();
    garbage.changed(change);
    namespaces.changed(change);
    if (type.equals(ResourceType.PODS)) {
      kubelet.changed(change);
      dashboards.podChanged(change);
      clusters.podChanged(change);
      wrappers.podChanged(change);
    } else if (type.equals(ResourceType.RAYCLUSTERS)) {
      clusters.changed(change);
      jobs.clusterChanged(change);
    } else if (type.equals(ResourceType.RAYJOBS)) {
      jobs.changed(change);
    } else if (type.equals(ResourceType.APPWRAPPERS)) {
      wrappers.changed(change);
    }
    kueue.changed(change);
  }

  @Override
  public void close() {
    kueue.close();
    wrappers.close();
    jobs.close();
    clusters.close();
    dashboards.close();
    kubelet.close();
    namespaces.close();
    garbage.close();
    sockets.close();
    Scratch.remove(scratch);
  }
}
