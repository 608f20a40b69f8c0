package dev.muster.daemon.sandbox.api;

import dev.muster.daemon.sandbox.store.ObjectKey;
import java.net.UnixDomainSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A way through the server to what runs in a pod. */
public sealed interface Passage {

  /**
   * A request for a web server behind a service.
   *
   * @param where that port of the pod, for messages: {@code 10.244.0.3:8265}
   * @param local the socket of this machine; empty if nobody listens in the pod
   * @param prefix of the path, which the pod does not see
   * @param rest what it sees, as it was sent
   */
  record ToService(
      String where, Optional<UnixDomainSocketAddress> local, String prefix, String rest)
      implements Passage {}

  /**
   * Connections to ports of a pod.
   *
   * @param locals the sockets of this machine by the pod's ports, in the order asked for; empty
   *     where nobody listens
   */
  record ToPorts(Map<Integer, Optional<UnixDomainSocketAddress>> locals) implements Passage {}

  /** A command in a container. */
  record ToCommand(ObjectKey pod, List<String> command) implements Passage {}

  /**
   * What a container prints.
   *
   * @param query of the request
   */
  record ToLog(ObjectKey pod, Map<String, List<String>> query) implements Passage {}
}
