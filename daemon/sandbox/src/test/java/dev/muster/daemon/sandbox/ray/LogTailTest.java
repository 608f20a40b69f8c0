package dev.muster.daemon.sandbox.ray;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The web socket with a job's log. */
final class LogTailTest {

  @TempDir private Path directory;
  private RayServer ray;
  private HttpClient client;

  @BeforeEach
  void start() {
    ray = RayServer.in(directory);
    client = HttpClient.newHttpClient();
  }

  @AfterEach
  void stop() {
    client.close();
    ray.close();
  }

  /** Collects messages. */
  private static final class Listener implements WebSocket.Listener {
    private final List<String> messages = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final CompletableFuture<String> pong = new CompletableFuture<>();
    private final StringBuilder message = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      message.append(data);
      if (last) {
        messages.add(message.toString());
        message.setLength(0);
      }
      socket.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onPong(WebSocket socket, ByteBuffer data) {
      pong.complete(UTF_8.decode(data).toString());
      socket.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      closed.complete(code);
      return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      closed.completeExceptionally(error);
    }

    private int code() throws Exception {
      return closed.get(20, TimeUnit.SECONDS);
    }

    private String text() {
      return String.join("", messages);
    }
  }

  private WebSocket open(String id, Listener listener) throws Exception {
    return client
        .newWebSocketBuilder()
        .buildAsync(ray.uri("ws", "/api/jobs/" + id + "/logs/tail"), listener)
        .get(20, TimeUnit.SECONDS);
  }

  @Test
  void a_finished_job_gives_all_and_closes() throws Exception {
    ray.run("one", "{\"entrypoint\": \"echo hi\", \"submission_id\": \"one\"}");
    Listener listener = new Listener();
    open("one", listener);
    assertThat(listener.code()).isEqualTo(1000);
    assertThat(listener.messages).containsExactly(ray.logs("one"));
  }

  @Test
  void a_running_job_gives_what_comes_until_its_end() throws Exception {
    String entrypoint = "echo first; until [ -e go ]; do sleep 0.05; done; printf last";
    ray.submit("{\"entrypoint\": \"%s\", \"submission_id\": \"one\"}".formatted(entrypoint));
    Listener listener = new Listener();
    WebSocket socket = open("one", listener);
    Awaitility.await().until(() -> listener.text().endsWith("\nfirst\n"));
    socket.sendPing(UTF_8.encode("there?"));
    assertThat(listener.pong.get(20, TimeUnit.SECONDS)).isEqualTo("there?");
    assertThat(directory.resolve("ray/work-1/go").toFile().createNewFile()).isTrue();
    assertThat(listener.code()).isEqualTo(1000);
    assertThat(listener.text()).isEqualTo(ray.logs("one")).endsWith("\nfirst\nlast");
  }

  @Test
  void each_connection_begins_at_the_first_byte() throws Exception {
    ray.submit("{\"entrypoint\": \"echo first; sleep 60\", \"submission_id\": \"one\"}");
    for (int i = 0; i < 2; i++) {
      Listener listener = new Listener();
      WebSocket socket = open("one", listener);
      Awaitility.await().until(() -> listener.text().endsWith("\nfirst\n"));
      socket.sendClose(WebSocket.NORMAL_CLOSURE, "").get(20, TimeUnit.SECONDS);
      listener.code();
    }
  }

  @Test
  void many_lines_come_ten_at_a_time() throws Exception {
    ray.run("one", "{\"entrypoint\": \"seq 100000\", \"submission_id\": \"one\"}");
    Listener listener = new Listener();
    open("one", listener);
    assertThat(listener.code()).isEqualTo(1000);
    assertThat(listener.text()).isEqualTo(ray.logs("one"));
    assertThat(listener.messages).allMatch(message -> message.lines().count() <= 10);
    assertThat(listener.messages).hasSize(10_001);
  }

  @Test
  void a_torn_character_waits_for_its_rest() throws Exception {
    String entrypoint =
        "printf '\\\\303'; touch torn; until [ -e go ]; do sleep 0.05; done; printf '\\\\244'";
    ray.submit("{\"entrypoint\": \"%s\", \"submission_id\": \"one\"}".formatted(entrypoint));
    Listener listener = new Listener();
    open("one", listener);
    Path work = directory.resolve("ray/work-1");
    Awaitility.await().until(() -> work.resolve("torn").toFile().exists());
    assertThat(work.resolve("go").toFile().createNewFile()).isTrue();
    assertThat(listener.code()).isEqualTo(1000);
    assertThat(listener.text()).endsWith("\n\u00e4");
  }

  @Test
  void a_job_that_never_starts_has_an_open_log_until_the_dashboard_closes() throws Exception {
    ray.submit(
        """
        {"entrypoint": "e", "entrypoint_num_gpus": 1, "submission_id": "one"}
        """);
    Listener listener = new Listener();
    open("one", listener);
    ray.dashboard.close();
    // Cut off, which no server says.
    assertThat(listener.code()).isEqualTo(1006);
    assertThat(listener.messages).isEmpty();
  }

  @Test
  void an_unknown_job_has_no_web_socket() {
    assertThatThrownBy(() -> open("nope", new Listener()))
        .cause()
        .isInstanceOfSatisfying(
            WebSocketHandshakeException.class,
            refused -> assertThat(refused.getResponse().statusCode()).isEqualTo(404));
  }

  @Test
  void without_an_upgrade_there_is_no_tail() {
    ray.run("one", "{\"entrypoint\": \"true\", \"submission_id\": \"one\"}");
    assertThat(ray.get("/api/jobs/one/logs/tail").statusCode()).isEqualTo(400);
  }

  /** What a server says to a raw upgrade request with one more header. */
  private byte[] upgrade(String header) throws IOException {
    ray.run("one", "{\"entrypoint\": \"echo hi\", \"submission_id\": \"one\"}");
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), ray.port())) {
      socket.setSoTimeout((int) Duration.ofSeconds(20).toMillis());
      socket
          .getOutputStream()
          .write(
              ("GET /api/jobs/one/logs/tail HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n"
                      + "Connection: Upgrade\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
                      + header
                      + "\r\n\r\n")
                  .getBytes(UTF_8));
      List<Byte> read = new ArrayList<>();
      for (int next = socket.getInputStream().read();
          next >= 0 && read.size() < 4096;
          next = socket.getInputStream().read()) {
        read.add((byte) next);
        if (new String(bytes(read), java.nio.charset.StandardCharsets.ISO_8859_1)
            .endsWith("content-length: 0\r\n\r\n")) {
          break;
        }
      }
      return bytes(read);
    }
  }

  private static byte[] bytes(List<Byte> list) {
    byte[] result = new byte[list.size()];
    for (int i = 0; i < result.length; i++) {
      result[i] = list.get(i);
    }
    return result;
  }

  @Test
  void a_client_that_offers_to_compress_gets_nothing() throws IOException {
    byte[] reply =
        upgrade("Sec-WebSocket-Version: 13\r\nSec-WebSocket-Extensions: permessage-deflate");
    String text = new String(reply, java.nio.charset.StandardCharsets.ISO_8859_1);
    assertThat(text).startsWith("HTTP/1.1 101 ").doesNotContain("deflate", "hi\n");
    // A close frame with 1000 and nothing else.
    assertThat(text).endsWith("\r\n\r\n\u0088\u0002\u0003\u00e8");
  }

  @Test
  void an_unknown_version_of_web_sockets_is_refused() throws IOException {
    String text =
        new String(upgrade("Sec-WebSocket-Version: 99"), java.nio.charset.StandardCharsets.UTF_8);
    assertThat(text).startsWith("HTTP/1.1 426 ");
  }
}
