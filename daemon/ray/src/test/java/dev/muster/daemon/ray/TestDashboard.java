package dev.muster.daemon.ray;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Answers what a test tells it to, also what no Ray would: a server of few lines on loopback, with
 * web sockets. One request a connection.
 */
final class TestDashboard implements AutoCloseable {
  /** What it does with one request. */
  @FunctionalInterface
  interface Handler {
    void handle(Exchange exchange) throws IOException;
  }

  private final ServerSocket server;
  private final Map<String, Handler> handlers = new ConcurrentHashMap<>();
  private final List<Exchange> exchanges = new CopyOnWriteArrayList<>();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  TestDashboard() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort());
  }

  /**
   * @param what such as "GET /api/version"; others get Ray's 404
   */
  TestDashboard on(String what, Handler handler) {
    handlers.put(what, handler);
    return this;
  }

  /** Answers with a text, or with JSON if it looks like it. */
  TestDashboard on(String what, int status, String text) {
    return on(what, exchange -> exchange.answer(status, text));
  }

  /** What it was asked, in order. */
  List<Exchange> exchanges() {
    return exchanges;
  }

  /** How many are open. */
  int connections() {
    return open.size();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        open.add(socket);
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      Exchange exchange = Exchange.read(socket);
      exchanges.add(exchange);
      handlers
          .getOrDefault(exchange.what, unknown -> unknown.answer(404, "404: Not Found"))
          .handle(exchange);
    } catch (IOException e) {
      // The client is gone; what that means is the test's business.
    } finally {
      open.remove(socket);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : open) {
      socket.close();
    }
  }

  /** One request and how it is answered. */
  static final class Exchange {
    final String what;
    final Map<String, String> headers;
    final byte[] body;
    private final OutputStream out;
    private final InputStream in;

    private Exchange(
        String what, Map<String, String> headers, byte[] body, InputStream in, OutputStream out) {
      this.what = what;
      this.headers = headers;
      this.body = body;
      this.in = in;
      this.out = out;
    }

    static Exchange read(Socket socket) throws IOException {
      DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
      String[] first = line(in).split(" ", 3);
      Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      for (String line = line(in); !line.isEmpty(); line = line(in)) {
        String[] header = line.split(": ", 2);
        headers.put(header[0], header[1]);
      }
      byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("Content-Length", "0")));
      return new Exchange(first[0] + " " + first[1], headers, body, in, socket.getOutputStream());
    }

    private static String line(DataInputStream in) throws IOException {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      for (int b = in.readUnsignedByte(); b != '\n'; b = in.readUnsignedByte()) {
        if (b != '\r') {
          line.write(b);
        }
      }
      return line.toString(ISO_8859_1);
    }

    void answer(int status, String text) throws IOException {
      byte[] bytes = text.getBytes(UTF_8);
      head(status, "Content-Length: " + bytes.length);
      raw(bytes);
    }

    /** The beginning of an answer that says how long it will be. */
    void head(int status, String... headers) throws IOException {
      StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Said\r\n");
      for (String header : headers) {
        head.append(header).append("\r\n");
      }
      raw(head.append("Connection: close\r\n\r\n").toString().getBytes(ISO_8859_1));
    }

    void raw(byte[] bytes) throws IOException {
      out.write(bytes);
      out.flush();
    }

    /** Accepts a web socket. */
    void upgrade() throws IOException {
      raw(
          ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                  + "Sec-WebSocket-Accept: "
                  + accept(headers.get("Sec-WebSocket-Key"))
                  + "\r\n\r\n")
              .getBytes(ISO_8859_1));
    }

    /** A frame of text. */
    void text(String text) throws IOException {
      frame(0x81, text.getBytes(UTF_8));
    }

    /**
     * A frame as it goes over the wire.
     *
     * @param first the bits of the end and the kind: 0x81 text, 0x01 text that goes on, 0x80 the
     *     rest of it, 0x88 close
     */
    void frame(int first, byte[] bytes) throws IOException {
      ByteArrayOutputStream frame = new ByteArrayOutputStream();
      frame.write(first);
      if (bytes.length < 126) {
        frame.write(bytes.length);
      } else {
        frame.write(126);
        frame.write(bytes.length >> 8);
        frame.write(bytes.length);
      }
      frame.writeBytes(bytes);
      raw(frame.toByteArray());
    }

    /** Ray's end of a tail. */
    void end() throws IOException {
      frame(0x88, new byte[] {0x03, (byte) 0xE8});
    }

    /** Until the client goes. */
    void hold() throws IOException {
      while (in.read() >= 0) {}
    }

    private static String accept(String key) {
      try {
        return Base64.getEncoder()
            .encodeToString(
                MessageDigest.getInstance("SHA-1")
                    .digest((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(ISO_8859_1)));
      } catch (NoSuchAlgorithmException e) {
        throw new UncheckedIOException(new IOException(e));
      }
    }
  }
}
