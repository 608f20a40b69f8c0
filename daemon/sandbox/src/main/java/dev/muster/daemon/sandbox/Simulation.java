package dev.muster.daemon.sandbox;

import dev.muster.daemon.sandbox.api.Operators;
import dev.muster.daemon.sandbox.appwrapper.AppWrapperController;
import dev.muster.daemon.sandbox.controllers.EventRecorder;
import dev.muster.daemon.sandbox.controllers.GarbageCollector;
import dev.muster.daemon.sandbox.controllers.Kubelet;
import dev.muster.daemon.sandbox.controllers.NamespaceController;
import dev.muster.daemon.sandbox.controllers.Objects;
import dev.muster.daemon.sandbox.controllers.Pace;
import dev.muster.daemon.sandbox.kuberay.RayClusterController;
import dev.muster.daemon.sandbox.kueue.KueueController;
import dev.muster.daemon.sandbox.store.Change;
import dev.muster.daemon.sandbox.store.ResourceType;

/**
 * Everything that acts by itself: KubeRay, AppWrapper, Kueue, scheduler and kubelets, garbage
 * collector, namespaces.
 */
final class Simulation implements AutoCloseable {

  private final GarbageCollector garbage;
  private final NamespaceController namespaces;
  private final Kubelet kubelet;
  private final RayClusterController clusters;
  private final AppWrapperController wrappers;
  private final KueueController kueue;

  /**
   * @param operators how operators write what is not theirs alone
   */
  Simulation(Objects objects, Operators operators, Pace pace) {
    EventRecorder events = new EventRecorder(objects);
    garbage = new GarbageCollector(objects, pace);
    namespaces = new NamespaceController(objects, pace);
    kubelet = new Kubelet(objects, events, pace);
    clusters = new RayClusterController(objects, events, pace);
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
      clusters.podChanged(change);
      wrappers.podChanged(change);
    } else if (type.equals(ResourceType.RAYCLUSTERS)) {
      clusters.changed(change);
    } else if (type.equals(ResourceType.APPWRAPPERS)) {
      wrappers.changed(change);
    }
    kueue.changed(change);
  }

  @Override
  public void close() {
    kueue.close();
    wrappers.close();
    clusters.close();
    kubelet.close();
    namespaces.close();
    garbage.close();
  }
}
