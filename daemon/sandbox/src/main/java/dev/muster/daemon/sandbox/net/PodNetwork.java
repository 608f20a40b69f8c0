package dev.muster.daemon.sandbox.net;

import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What simulated pods listen on: their ports are ports of this machine, on 127.0.0.1. The API's
 * service proxy and port-forward lead there. Safe for many threads.
 */
public final class PodNetwork {
  private record Address(String namespace, String pod, int port) {}

  private final Map<Address, Integer> listeners = new ConcurrentHashMap<>();

  /** From now on that port of the pod is the local one. */
  public void listen(String namespace, String pod, int port, int local) {
    listeners.put(new Address(namespace, pod, port), local);
  }

  /** Nothing of that pod listens any more. */
  public void silence(String namespace, String pod) {
    listeners.keySet().removeIf(at -> at.namespace.equals(namespace) && at.pod.equals(pod));
  }

  /** The local port behind a pod's; empty if nothing listens there. */
  public OptionalInt local(String namespace, String pod, int port) {
    Integer local = listeners.get(new Address(namespace, pod, port));
    return local == null ? OptionalInt.empty() : OptionalInt.of(local);
  }
}
