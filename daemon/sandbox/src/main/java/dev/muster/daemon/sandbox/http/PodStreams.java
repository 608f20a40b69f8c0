package dev.muster.daemon.sandbox.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.sandbox.api.Failures;
import dev.muster.daemon.sandbox.api.Passage;
import dev.muster.daemon.sandbox.net.PodFiles;
import dev.muster.daemon.sandbox.store.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

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
    List<Socket> sockets = new ArrayList<>();
    try {
      for (Map.Entry<Integer, OptionalInt> port : to.locals().entrySet()) {
        int stream = 2 * sockets.size();
        byte[] number = {(byte) (int) port.getKey(), (byte) (port.getKey() >> 8)};
        link.send(stream, number, 2);
        link.send(stream + 1, number, 2);
        Socket socket = connect(port.getValue());
        if (socket == null) {
          byte[] text = refused(port.getKey()).getBytes(StandardCharsets.UTF_8);
          link.send(stream + 1, text, text.length);
          return;
        }
        sockets.add(socket);
        exchange.connection().whenGone(() -> sockets.forEach(ServiceProxy::close));
        Thread.ofVirtual().start(() -> fromPod(socket, link, stream));
      }
      for (byte[] next = link.receive(); next != null; next = link.receive()) {
        int stream = next.length == 0 ? 1 : next[0];
        if (stream % 2 == 0 && stream / 2 < sockets.size()) {
          sockets.get(stream / 2).getOutputStream().write(next, 1, next.length - 1);
        }
      }
    } finally {
      sockets.forEach(ServiceProxy::close);
      link.close();
    }
  }

  private static Socket connect(OptionalInt local) throws IOException {
    if (local.isEmpty()) {
      return null;
    }
    Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), local.getAsInt());
    socket.setTcpNoDelay(true);
    return socket;
  }

  private static String refused(int port) {
    return "error forwarding port %1$d: failed to connect to localhost:%1$d inside namespace: dial tcp4 127.0.0.1:%1$d: connect: connection refused"
        .formatted(port);
  }

  /** As a kubelet: when one stream is over, all are. */
  private static void fromPod(Socket socket, WebSocketLink link, int stream) {
    try {
      copy(socket.getInputStream(), link, stream);
    } catch (IOException e) {
      // Either end is gone; the other is told by the close.
      ServiceProxy.close(socket);
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
