package dev.muster.daemon.sandbox.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.sandbox.api.Failures;
import dev.muster.daemon.sandbox.api.Passage;
import dev.muster.daemon.sandbox.net.PodFiles;
import dev.muster.daemon.sandbox.store.Json;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What kubelets do over web sockets: port-forward, where each port has a stream of bytes and one
 * for errors, both beginning with the port's number (k8s.io/kubelet/pkg/cri/streaming), and exec.
 * Of commands there is only the tar that packs a directory.
 */
public final class PodStreams {
  private static final String PORT_PROTOCOLS = "v4.channel.k8s.io";
  private static final String COMMAND_PROTOCOLS = "v5.channel.k8s.io,v4.channel.k8s.io";
  private static final int STDOUT = 1;
  private static final int STDERR = 2;
  private static final int STATUS = 3;

  private final PodFiles files;
  private final PodLogAnswers logs;

  public PodStreams(PodFiles files, PodLogAnswers logs) {
    this.files = files;
    this.logs = logs;
  }

  void log(Exchange exchange, Passage.ToLog to) throws IOException {
    logs.answer(exchange, to);
  }

  void forward(Exchange exchange, Passage.ToPorts to) throws IOException {
    WebSocketLink link = exchange.webSocket(PORT_PROTOCOLS);
    List<Connection> pods = new CopyOnWriteArrayList<>();
    try {
      for (Map.Entry<Integer, Optional<UnixDomainSocketAddress>> port : to.locals().entrySet()) {
        int stream = 2 * pods.size();
        byte[] number = {(byte) (int) port.getKey(), (byte) (port.getKey() >> 8)};
        link.send(stream, number, 2);
        link.send(stream + 1, number, 2);
        Optional<Connection> pod = connect(port.getValue());
        if (pod.isEmpty()) {
          byte[] text = refused(port.getKey()).getBytes(StandardCharsets.UTF_8);
          link.send(stream + 1, text, text.length);
          return;
        }
        pods.add(pod.get());
        exchange.connection().whenGone(() -> pods.forEach(Connection::close));
        Thread.ofVirtual().start(() -> fromPod(pod.get(), link, stream));
      }
      for (byte[] next = link.receive(); next != null; next = link.receive()) {
        int stream = next.length == 0 ? 1 : next[0];
        if (stream % 2 == 0 && stream / 2 < pods.size()) {
          pods.get(stream / 2).write(Unpooled.wrappedBuffer(next, 1, next.length - 1));
        }
      }
    } finally {
      pods.forEach(Connection::close);
      link.close();
    }
  }

  private static Optional<Connection> connect(Optional<UnixDomainSocketAddress> local) {
    try {
      return local.isEmpty() ? Optional.empty() : Optional.of(PodSocket.open(local.get()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static String refused(int port) {
    return "error forwarding port %1$d: failed to connect to localhost:%1$d inside namespace: dial tcp4 127.0.0.1:%1$d: connect: connection refused"
        .formatted(port);
  }

  /** As a kubelet: when one stream is over, all are. */
  private static void fromPod(Connection pod, WebSocketLink link, int stream) {
    try {
      for (Object next = pod.take(); next != null; next = pod.take()) {
        byte[] bytes = ByteBufUtil.getBytes((ByteBuf) next);
        ((ByteBuf) next).release();
        link.send(stream, bytes, bytes.length);
      }
    } catch (IOException e) {
      // The client is gone; the pod is told by the close.
      pod.close();
    } finally {
      link.close();
    }
  }

  private static void copy(InputStream from, WebSocketLink link, int stream) throws IOException {
    byte[] buffer = new byte[32 * 1024];
    for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
      link.send(stream, buffer, count);
    }
  }

  void run(Exchange exchange, Passage.ToCommand to) throws IOException {
    if (to.command().isEmpty()) {
      throw Failures.badRequest("you must specify a command");
    }
    WebSocketLink link = exchange.webSocket(COMMAND_PROTOCOLS);
    ObjectNode status =
        to.command().getFirst().equals("tar")
            ? tar(link, exchange, to)
            : failure(
                "InternalError",
                "Internal error occurred: error executing command in container: exec: \"%s\":"
                        .formatted(to.command().getFirst())
                    + " executable file not found in $PATH");
    byte[] text = Json.bytes(status);
    link.send(STATUS, text, text.length);
    link.close();
  }

  private ObjectNode tar(WebSocketLink link, Exchange exchange, Passage.ToCommand to)
      throws IOException {
    int at = to.command().indexOf("-C");
    String directory = at < 0 || at + 1 >= to.command().size() ? "" : to.command().get(at + 1);
    Optional<Path> local = files.local(to.pod().namespace(), to.pod().name(), directory);
    if (local.isEmpty()) {
      byte[] text =
          "tar: %s: Cannot open: No such file or directory\ntar: Error is not recoverable: exiting now\n"
              .formatted(directory)
              .getBytes(StandardCharsets.UTF_8);
      link.send(STDERR, text, text.length);
      return exit(2);
    }
    Process process =
        new ProcessBuilder("tar", "-cf", "-", "-C", local.get().toString(), ".")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    exchange.connection().whenGone(process::destroy);
    process.getOutputStream().close();
    copy(process.getInputStream(), link, STDOUT);
    try {
      int code = process.waitFor();
      return code == 0 ? Json.object().put("status", "Success") : exit(code);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("the server stops", e);
    }
  }

  private static ObjectNode exit(int code) {
    ObjectNode status =
        failure(
            "NonZeroExitCode",
            "command terminated with non-zero exit code: command terminated with exit code "
                + code);
    status
        .putObject("details")
        .putArray("causes")
        .addObject()
        .put("reason", "ExitCode")
        .put("message", Integer.toString(code));
    return status;
  }

  private static ObjectNode failure(String reason, String message) {
    return Json.object().put("status", "Failure").put("reason", reason).put("message", message);
  }
}
