package dev.muster.daemon.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.sandbox.contract.ApiClient;
import dev.muster.daemon.sandbox.net.PodLog;
import dev.muster.daemon.sandbox.store.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The streams of one pod: web sockets, and its log. */
final class PodStreamsTest {
  private static final String CORE = "/api/v1/namespaces/default";
  private static final String POD = CORE + "/pods/demo";

  @TempDir static Path directory;

  private static Sandbox sandbox;
  private static ApiClient admin;

  private final Told told = new Told();
  private ServerSocketChannel pod;

  /** The messages of a web socket. */
  private static final class Told implements WebSocket.Listener {
    final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final ByteArrayOutputStream parts = new ByteArrayOutputStream();

    @Override
    public CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
      byte[] bytes = new byte[data.remaining()];
      data.get(bytes);
      parts.writeBytes(bytes);
      if (last) {
        String text = new String(parts.toByteArray(), StandardCharsets.ISO_8859_1);
        messages.add((int) text.charAt(0) + ":" + text.substring(1));
        parts.reset();
      }
      from.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onPong(WebSocket from, ByteBuffer data) {
      messages.add("pong:" + StandardCharsets.UTF_8.decode(data));
      from.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      closed.complete(code);
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      closed.completeExceptionally(error);
    }

    String next() throws InterruptedException {
      return messages.poll(30, TimeUnit.SECONDS);
    }
  }

  @BeforeAll
  static void startSandbox() {
    sandbox = Sandbox.start(SandboxOptions.fast(directory));
    admin = ApiClient.of(sandbox.kubeconfig("admin"));
    ObjectNode tree = Json.object().put("apiVersion", "v1").put("kind", "Pod");
    tree.putObject("metadata").put("name", "demo").putObject("labels").put("app", "demo");
    ObjectNode container = tree.putObject("spec").putArray("containers").addObject();
    container.put("name", "main").put("image", "busybox");
    admin.post(CORE + "/pods", tree);
    ObjectNode service = Json.object().put("apiVersion", "v1").put("kind", "Service");
    service.putObject("metadata").put("name", "demo");
    service.putObject("spec").putObject("selector").put("app", "demo");
    ((ObjectNode) service.get("spec")).putArray("ports").addObject().put("port", 7000);
    admin.post(CORE + "/services", service);
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> admin.get(POD).body().at("/status/phase").asText().equals("Running"));
  }

  @AfterAll
  static void stopSandbox() {
    admin.close();
    sandbox.close();
  }

  /** A pod that gives back each byte, and closes after "!". */
  @BeforeEach
  void listen() throws IOException {
    UnixDomainSocketAddress at = UnixDomainSocketAddress.of(directory.resolve("pod.sock"));
    pod = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(at);
    sandbox.network().listen("default", "demo", 7000, at);
    Thread.ofVirtual().start(this::serve);
  }

  private void serve() {
    while (pod.isOpen()) {
      try (SocketChannel socket = pod.accept()) {
        InputStream in = Channels.newInputStream(socket);
        OutputStream out = Channels.newOutputStream(socket);
        for (int next = in.read(); next >= 0 && next != '!'; next = in.read()) {
          out.write(next);
        }
      } catch (IOException e) {
        return;
      }
    }
  }

  @AfterEach
  void stop() throws IOException {
    pod.close();
    Files.deleteIfExists(directory.resolve("pod.sock"));
    sandbox.network().silence("default", "demo");
  }

  private WebSocket open(String path) {
    return admin.webSocket(path, "v4.channel.k8s.io", told);
  }

  private static void send(WebSocket to, String message) {
    ByteBuffer bytes = ByteBuffer.wrap(message.getBytes(StandardCharsets.ISO_8859_1));
    to.sendBinary(bytes, true).join();
  }

  @Test
  void a_port_has_two_streams_that_begin_with_its_number() throws Exception {
    WebSocket socket = open(POD + "/portforward?ports=7000");

    assertThat(socket.getSubprotocol()).isEqualTo("v4.channel.k8s.io");
    String number = "" + (char) (7000 & 0xff) + (char) (7000 >> 8);
    assertThat(told.next()).isEqualTo("0:" + number);
    assertThat(told.next()).isEqualTo("1:" + number);
    send(socket, "\0a");
    assertThat(told.next()).isEqualTo("0:a");
    socket.sendPing(ByteBuffer.wrap(new byte[] {'x'})).join();
    assertThat(told.next()).isEqualTo("pong:x");
    send(socket, "\0!");
    assertThat(told.closed.get(30, TimeUnit.SECONDS)).isEqualTo(1000);
  }

  @Test
  void a_port_where_nobody_listens_is_refused_on_its_error_stream() throws Exception {
    WebSocket socket = open(POD + "/portforward?ports=7001");

    assertThat(told.next()).startsWith("0:");
    assertThat(told.next()).startsWith("1:");
    assertThat(told.next())
        .startsWith("1:error forwarding port 7001")
        .endsWith("connection refused");
    assertThat(told.closed.get(30, TimeUnit.SECONDS)).isEqualTo(1000);
    assertThat(socket.isInputClosed()).isTrue();
  }

  @Test
  void a_port_that_nobody_listens_on_any_more_is_refused_the_same_way() throws Exception {
    pod.close();

    open(POD + "/portforward?ports=7000");

    assertThat(told.next()).startsWith("0:");
    assertThat(told.next()).startsWith("1:");
    assertThat(told.next()).endsWith("connection refused");
  }

  @Test
  void a_port_forward_without_a_port_is_refused() {
    assertThat(code(POD + "/portforward")).isEqualTo(400);
    assertThat(code(POD + "/portforward?ports=web")).isEqualTo(400);
    assertThat(code(CORE + "/pods/none/portforward?ports=1")).isEqualTo(404);
    assertThat(code(POD + "/exec")).isEqualTo(400);
  }

  private int code(String path) {
    Throwable failure = catchThrowable(() -> open(path));
    assertThat(failure).isInstanceOf(CompletionException.class);
    return ((WebSocketHandshakeException) failure.getCause()).getResponse().statusCode();
  }

  @Test
  void a_directory_that_is_kept_can_be_packed() throws Exception {
    Path logs = Files.createDirectories(directory.resolve("logs"));
    Files.writeString(logs.resolve("raylet.out"), "one");
    sandbox.files().keep("default", "demo", "/logs", logs);

    open(POD + "/exec?command=tar&command=-cf&command=-&command=-C&command=/logs&command=.");

    assertThat(told.next()).startsWith("1:").contains("raylet.out", "one");
    assertThat(told.next()).isEqualTo("3:{\"status\":\"Success\"}");

    sandbox.files().forget("default", "demo");
    open(POD + "/exec?command=tar&command=-C&command=/logs");
    assertThat(told.next()).startsWith("2:tar: /logs: Cannot open");
    JsonNode status = Json.MAPPER.readTree(told.next().substring(2));
    assertThat(status.at("/details/causes/0/message").asText()).isEqualTo("2");
  }

  @Test
  void other_commands_are_not_there() throws Exception {
    open(POD + "/exec?command=bash");

    assertThat(told.next())
        .startsWith("3:")
        .contains("\\\"bash\\\": executable file not found in $PATH");
  }

  @Test
  void another_protocol_goes_through_a_service_byte_by_byte() throws Exception {
    String head =
        "GET "
            + CORE
            + "/services/demo:7000/proxy/path HTTP/1.1\r\nHost: localhost\r\n"
            + "Connection: Upgrade\r\nUpgrade: bytes\r\nX-Mine: 1\r\n";

    String answer = admin.raw(head, "!");

    // The pod gives back what it gets.
    assertThat(answer)
        .startsWith("GET /path HTTP/1.1\r\n")
        .contains("Upgrade: bytes\r\n", "X-Mine: 1\r\n")
        .doesNotContain("Authorization");
  }

  /** What a client gets whose request is answered by the pod with these bytes and no more. */
  private String answered(String bytes) throws IOException {
    UnixDomainSocketAddress at = UnixDomainSocketAddress.of(directory.resolve("once.sock"));
    try (ServerSocketChannel once = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      once.bind(at);
      sandbox.network().listen("default", "demo", 7000, at);
      Thread.ofVirtual().start(() -> answerOnce(once, bytes));
      return admin.raw(
          "GET " + CORE + "/services/demo:7000/proxy/ HTTP/1.1\r\nHost: localhost\r\n", "");
    } finally {
      Files.delete(at.getPath());
    }
  }

  private static void answerOnce(ServerSocketChannel pod, String bytes) {
    try (SocketChannel socket = pod.accept()) {
      InputStream in = Channels.newInputStream(socket);
      String head = "";
      while (!head.endsWith("\r\n\r\n")) {
        head += (char) in.read();
      }
      Channels.newOutputStream(socket).write(bytes.getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      // The test sees what is missing.
    }
  }

  @Test
  void an_answer_that_a_pod_breaks_off_is_cut_off() throws Exception {
    assertThat(answered("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf"))
        .startsWith("HTTP/1.1 200")
        .endsWith("\r\n\r\nhalf");
    assertThat(answered("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n"))
        .endsWith("\r\n4\r\nhalf\r\n");
  }

  @Test
  void a_pod_that_does_not_answer_in_http_is_not_reached() {
    assertThat(admin.get(CORE + "/services/demo:7000/proxy/!").code()).isEqualTo(503);
  }

  @Test
  void what_is_no_http_is_refused() throws Exception {
    assertThat(admin.raw("GET /version HTTP/1.1 more\r\nHost localhost\r\n", ""))
        .startsWith("HTTP/1.1 400");
  }

  @Test
  void a_log_is_given_by_line_time_and_number() throws Exception {
    PodLog log = new PodLog(directory.resolve("log"));
    Instant old = Instant.parse("2026-01-01T00:00:00Z");
    log.add(new PodLog.Line(old, "one"));
    log.add(new PodLog.Line(old.plusSeconds(1), "two"));
    log.add(new PodLog.Line(Instant.now(), "three"));
    sandbox.logs().keep("default", "demo", log);

    assertThat(admin.get(POD + "/log").text()).isEqualTo("one\ntwo\nthree\n");
    assertThat(admin.get(POD + "/log?tailLines=2").text()).isEqualTo("two\nthree\n");
    assertThat(admin.get(POD + "/log?sinceSeconds=3600").text()).isEqualTo("three\n");
    assertThat(admin.get(POD + "/log?sinceTime=2026-01-01T00:00:01Z&timestamps=true").text())
        .startsWith("2026-01-01T00:00:01Z two\n");
    assertThat(admin.get(POD + "/log?tailLines=x").code()).isEqualTo(400);
    assertThat(admin.get(POD + "/log?sinceTime=today").code()).isEqualTo(400);
    log.close();
    assertThat(admin.get(POD + "/log?follow=true&tailLines=1").text()).isEqualTo("three\n");
    sandbox.logs().forget("default", "demo");
    assertThat(admin.get(POD + "/log").text()).isEmpty();
  }

  @Test
  void a_log_is_followed_until_its_end() throws Exception {
    PodLog log = new PodLog(directory.resolve("followed"));
    log.add(new PodLog.Line(Instant.now(), "one"));
    sandbox.logs().keep("default", "demo", log);

    try (var lines = admin.lines(POD + "/log?follow=true")) {
      var each = lines.iterator();
      assertThat(each.next()).isEqualTo("one");
      log.add(new PodLog.Line(Instant.now(), "two"));
      assertThat(each.next()).isEqualTo("two");
      log.close();
      assertThat(each.hasNext()).isFalse();
    }
    sandbox.logs().forget("default", "demo");
  }
}
