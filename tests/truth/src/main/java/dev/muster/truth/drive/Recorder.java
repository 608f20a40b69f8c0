package dev.muster.truth.drive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes down every version of every RayCluster of some namespaces, as one watch of its own tells
 * it, with the time at which it was told.
 */
final class Recorder implements AutoCloseable {
  private final ApiServer server;
  private final Set<String> namespaces;
  private final List<Entry> entries = new ArrayList<>();
  private final Thread thread;
  private volatile boolean closed;
  private volatile long lastEvent = Now.micros();
  private volatile Exception failure;
  private volatile InputStream stream;
  private String version;

  /**
   * @param type "ADDED", "MODIFIED" or "DELETED"
   * @param told in microseconds since the epoch
   */
  record Entry(String type, ObjectNode object, long told) {}

  private Recorder(ApiServer server, Set<String> namespaces, String version) {
    this.server = server;
    this.namespaces = new HashSet<>(namespaces);
    this.version = version;
    this.thread = Thread.ofPlatform().daemon().name("recorder").start(this::run);
  }

  /** Begins with what is there now, which must be nothing. */
  static Recorder start(ApiServer server, List<String> namespaces)
      throws IOException, InterruptedException {
    JsonNode list = server.get(ApiServer.CLUSTERS);
    for (JsonNode object : list.path("items")) {
      if (namespaces.contains(object.path("metadata").path("namespace").asText())) {
        throw new IOException("the namespaces of this run are not empty");
      }
    }
    return new Recorder(
        server, new HashSet<>(namespaces), list.path("metadata").path("resourceVersion").asText());
  }

  private void run() {
    while (!closed) {
      try (InputStream body = server.watch(version);
          BufferedReader lines =
              new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
        stream = body;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          take(line, Now.micros());
        }
      } catch (IOException | InterruptedException | RuntimeException e) {
        // A watch that is cut is taken up where it was: the server still has all versions since.
        if (!closed && !(e instanceof IOException)) {
          failure = e;
          return;
        }
      }
    }
  }

  private void take(String line, long told) throws IOException {
    JsonNode event = ApiServer.JSON.readTree(line);
    String type = event.path("type").asText();
    if (type.equals("ERROR")) {
      throw new IllegalStateException("the server's story has a hole: " + event.path("object"));
    }
    ObjectNode object = (ObjectNode) event.path("object");
    version = object.path("metadata").path("resourceVersion").asText();
    if (!type.equals("BOOKMARK")
        && namespaces.contains(object.path("metadata").path("namespace").asText())) {
      ((ObjectNode) object.path("metadata")).remove("managedFields");
      synchronized (entries) {
        entries.add(new Entry(type, object, told));
      }
      lastEvent = told;
    }
  }

  /** When something of these namespaces was told last. */
  long lastEvent() {
    return lastEvent;
  }

  List<Entry> entries() {
    synchronized (entries) {
      return List.copyOf(entries);
    }
  }

  /**
   * Whether what was written down ends with what the server has now: a recorder that misses
   * something must not call others liars.
   *
   * @throws IllegalStateException with what differs
   */
  void verify() throws IOException, InterruptedException {
    if (failure != null) {
      throw new IllegalStateException("the recorder failed: " + failure, failure);
    }
    Map<String, String> recorded = new HashMap<>();
    for (Entry entry : entries()) {
      JsonNode metadata = entry.object().path("metadata");
      String uid = metadata.path("uid").asText();
      if (entry.type().equals("DELETED")) {
        recorded.remove(uid);
      } else {
        recorded.put(uid, metadata.path("resourceVersion").asText());
      }
    }
    Map<String, String> there = new HashMap<>();
    for (JsonNode object : server.get(ApiServer.CLUSTERS).path("items")) {
      JsonNode metadata = object.path("metadata");
      if (namespaces.contains(metadata.path("namespace").asText())) {
        there.put(metadata.path("uid").asText(), metadata.path("resourceVersion").asText());
      }
    }
    if (!recorded.equals(there)) {
      throw new IllegalStateException(
          "the recorder has %s, the server %s".formatted(recorded, there));
    }
  }

  @Override
  public void close() throws IOException {
    closed = true;
    InputStream open = stream;
    if (open != null) {
      open.close();
    }
    thread.interrupt();
  }
}
