package dev.muster.daemon.sandbox.net;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The logs of the simulated pods that have one: those whose command really runs. */
public final class PodLogs {
  private record Pod(String namespace, String name) {}

  private final Map<Pod, PodLog> logs = new ConcurrentHashMap<>();

  /** From now on that is the pod's log; an older one of a pod of that name is no longer found. */
  public void keep(String namespace, String pod, PodLog log) {
    logs.put(new Pod(namespace, pod), log);
  }

  /** The pod is gone, and its log with it. Whoever reads it still may read on to its end. */
  public void forget(String namespace, String pod) {
    logs.remove(new Pod(namespace, pod));
  }

  /** The log of that pod; empty when the pod has not started or nothing really runs in it. */
  public Optional<PodLog> open(String namespace, String pod) {
    return Optional.ofNullable(logs.get(new Pod(namespace, pod)));
  }
}
