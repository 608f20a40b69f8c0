package dev.muster.daemon.sandbox.net;

import java.net.UnixDomainSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What simulated pods listen on: their ports are Unix sockets of this machine, since any user of it
 * could connect to a port. The API's service proxy and port-forward lead there. Safe for many
 * threads.
 */
public final class PodNetwork {
  private record Address(String namespace, String pod, int port) {}

  private final Map<Address, UnixDomainSocketAddress> listeners = new ConcurrentHashMap<>();

  /** From now on that port of the pod is the local socket. */
  public void listen(String namespace, String pod, int port, UnixDomainSocketAddress local) {
    listeners.put(new Address(namespace, pod, port), local);
  }

  /** Nothing of that pod listens any more. */
  public void silence(String namespace, String pod) {
    listeners.keySet().removeIf(at -> at.namespace.equals(namespace) && at.pod.equals(pod));
  }

  /** The local socket behind a pod's port; empty if nothing listens there. */
  public Optional<UnixDomainSocketAddress> local(String namespace, String pod, int port) {
    return Optional.ofNullable(listeners.get(new Address(namespace, pod, port)));
  }
}
