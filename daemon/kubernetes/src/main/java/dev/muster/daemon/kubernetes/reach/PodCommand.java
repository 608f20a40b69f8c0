package dev.muster.daemon.kubernetes.reach;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.daemon.kubernetes.Yaml;
import dev.muster.daemon.kubernetes.clients.ApiClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A command that runs in a container, and what it prints: reading it runs it to its end. */
final class PodCommand extends InputStream {
  private static final int STDOUT = 1;
  private static final int STDERR = 2;
  private static final int STATUS = 3;
  private static final int LONGEST_ERROR = 64 * 1024;

  private final PodSocket socket;
  private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
  private byte[] current = new byte[0];
  private int position;
  private JsonNode status;

  private PodCommand(PodSocket socket) {
    this.socket = socket;
  }

  static PodCommand run(
      ApiClient client, String namespace, String pod, String container, List<String> command) {
    StringBuilder query = new StringBuilder("?stdout=true&stderr=true&container=" + container);
    for (String word : command) {
      query.append("&command=").append(URLEncoder.encode(word, StandardCharsets.UTF_8));
    }
    return new PodCommand(
        PodSocket.open(
            client,
            "/api/v1/namespaces/" + namespace + "/pods/" + pod + "/exec" + query,
            "run a command in the pod " + pod + " in the namespace " + namespace,
            "pods/exec"));
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    while (position >= current.length) {
      byte[] next = socket.receive();
      if (next == null) {
        return -1;
      }
      accept(next);
    }
    int count = Math.min(length, current.length - position);
    System.arraycopy(current, position, to, offset, count);
    position += count;
    return count;
  }

  private void accept(byte[] message) throws IOException {
    int stream = message.length == 0 ? -1 : message[0];
    if (stream == STDOUT) {
      current = message;
      position = 1;
    } else if (stream == STDERR && errors.size() < LONGEST_ERROR) {
      errors.write(message, 1, message.length - 1);
    } else if (stream == STATUS) {
      status = Yaml.JSON.readTree(message, 1, message.length - 1);
    }
  }

  /**
   * Reads what is left, and judges.
   *
   * @return the command's exit code
   * @throws IOException if the connection broke, or it could not be run at all
   */
  int finish() throws IOException {
    transferTo(OutputStream.nullOutputStream());
    if (status == null) {
      throw new IOException("the connection broke");
    }
    if (status.path("status").asText("").equals("Success")) {
      return 0;
    }
    for (JsonNode cause : status.at("/details/causes")) {
      if (cause.path("reason").asText("").equals("ExitCode")) {
        return cause.path("message").asInt(1);
      }
    }
    throw new IOException(status.path("message").asText("it could not be run"));
  }

  /** The first line of what it complained about; empty for nothing. */
  String complaint() {
    return errors.toString(StandardCharsets.UTF_8).lines().findFirst().orElse("");
  }

  @Override
  public void close() {
    socket.close();
  }
}
