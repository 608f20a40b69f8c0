package dev.muster.daemon.kubernetes.reach;

import dev.muster.daemon.core.Failure;
import dev.muster.daemon.kubernetes.clients.ApiClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A port of 127.0.0.1 whose connections end at a port of a cluster's head pod, whichever that is at
 * the time.
 */
final class PodTunnel implements AutoCloseable {
  /** Told why a connection came to nothing. */
  interface Listener {
    void failed(String sentence);
  }

  /** Says which pod it is at the time, or fails with the reason why there is none. */
  interface Head {
    String pod(ApiClient client);
  }

  private final Supplier<ApiClient> client;
  private final String namespace;
  private final Head head;
  private final int remote;
  private final Listener listener;
  private final ServerSocket server;
  private final Predicate<Socket> refused;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  private PodTunnel(
      Supplier<ApiClient> client,
      String namespace,
      Head head,
      int remote,
      Listener listener,
      ServerSocket server,
      Predicate<Socket> refused) {
    this.client = client;
    this.namespace = namespace;
    this.head = head;
    this.remote = remote;
    this.listener = listener;
    this.server = server;
    this.refused = refused;
  }

  /**
   * Begins to listen, for every user of this machine; does not connect yet.
   *
   * @param local 0: any that is free
   * @throws IOException if that port is not free
   */
  static PodTunnel open(
      Supplier<ApiClient> client,
      String namespace,
      Head head,
      int remote,
      int local,
      Listener listener)
      throws IOException {
    return open(client, namespace, head, remote, local, listener, socket -> false);
  }

  private static PodTunnel open(
      Supplier<ApiClient> client,
      String namespace,
      Head head,
      int remote,
      int local,
      Listener listener,
      Predicate<Socket> refused)
      throws IOException {
    ServerSocket server = new ServerSocket();
    try {
      server.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), local));
    } catch (IOException e) {
      server.close();
      throw e;
    }
    PodTunnel tunnel = new PodTunnel(client, namespace, head, remote, listener, server, refused);
    Thread.ofVirtual().start(tunnel::accept);
    return tunnel;
  }

  /**
   * To a cluster, on any port of this machine, which nobody asked for: so it leads nowhere for
   * other users of the machine.
   */
  static PodTunnel open(
      Supplier<ApiClient> client,
      String namespace,
      String cluster,
      int remote,
      Neighbours neighbours)
      throws IOException {
    Head head = now -> new Clusters(now, namespace).head(cluster);
    return open(client, namespace, head, remote, 0, sentence -> {}, neighbours::isAnother);
  }

  int port() {
    return server.getLocalPort();
  }

  int remote() {
    return remote;
  }

  /**
   * Makes a connection to the pod.
   *
   * @throws Failure if there is no head pod, or no way to it
   */
  PodSocket connect() {
    ApiClient now = client.get();
    String pod = head.pod(now);
    return PodSocket.open(
        now,
        "/api/v1/namespaces/" + namespace + "/pods/" + pod + "/portforward?ports=" + remote,
        "forward a port of the pod " + pod + " in the namespace " + namespace,
        "pods/portforward");
  }

  /** Ends the connections that there are: their pod is gone. */
  void cut() {
    open.forEach(PodTunnel::quietly);
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket near = server.accept();
        Thread.ofVirtual().start(() -> meet(near));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void meet(Socket near) {
    if (refused.test(near)) {
      quietly(near);
    } else {
      carry(near);
    }
  }

  private void carry(Socket near) {
    open.add(near);
    try (near;
        PodSocket far = connect()) {
      near.setTcpNoDelay(true);
      Thread.ofVirtual().start(() -> up(near, far));
      down(far, near.getOutputStream());
    } catch (Failure failure) {
      listener.failed(failure.getMessage());
    } catch (IOException e) {
      // The program on this machine has closed.
      return;
    } finally {
      open.remove(near);
    }
  }

  private static void up(Socket near, PodSocket far) {
    byte[] buffer = new byte[32 * 1024];
    try {
      InputStream in = near.getInputStream();
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        far.send(0, buffer, count);
      }
    } catch (IOException e) {
      // One of both ends has closed; the other is told by the close.
      far.close();
      return;
    }
    far.close();
  }

  /** Each stream begins with the port's number, in two bytes that are no data. */
  private void down(PodSocket far, OutputStream near) throws IOException {
    int[] begun = new int[2];
    for (byte[] next = far.receive(); next != null; next = far.receive()) {
      int stream = next.length == 0 || next[0] < 0 || next[0] > 1 ? 1 : next[0];
      int from = Math.min(next.length, 1 + Math.max(0, 2 - begun[stream]));
      begun[stream] += Math.max(0, next.length - 1);
      if (from >= next.length) {
        continue;
      }
      if (stream == 1) {
        byte[] text = Arrays.copyOfRange(next, from, next.length);
        throw new Failure(Failure.Kind.NO_ANSWER, said(text));
      }
      near.write(next, from, next.length - from);
    }
  }

  private String said(byte[] error) {
    String text = new String(error, StandardCharsets.UTF_8).strip();
    return text.contains("refused")
        ? "nothing listens on the port " + remote + " of the head pod"
        : text.replaceAll("\\s*\\n\\s*", " ").replaceFirst("\\.$", "");
  }

  @Override
  public void close() {
    quietly(server);
    cut();
  }

  private static void quietly(AutoCloseable what) {
    try {
      what.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
