package dev.muster.daemon.sandbox.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.daemon.sandbox.store.Json;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** An open watch: collects its events until it ends or is closed. */
public final class WatchProbe implements AutoCloseable {

  /** How a watch ended. */
  public enum End {
    /** Properly, as after its time. */
    COMPLETE,
    /** The connection broke. */
    CUT
  }

  private final List<JsonNode> events = new CopyOnWriteArrayList<>();
  private final AtomicReference<Stream<String>> lines = new AtomicReference<>();
  private CompletableFuture<End> end;
  private int code;

  private WatchProbe() {}

  static WatchProbe start(HttpClient http, HttpRequest request) {
    WatchProbe probe = new WatchProbe();
    HttpResponse<Stream<String>> response =
        http.sendAsync(request, HttpResponse.BodyHandlers.ofLines()).join();
    probe.code = response.statusCode();
    probe.lines.set(response.body());
    probe.end = CompletableFuture.supplyAsync(probe::read, task -> Thread.ofVirtual().start(task));
    return probe;
  }

  private End read() {
    try (Stream<String> body = lines.get()) {
      body.forEach(line -> events.add(parse(line)));
      return End.COMPLETE;
    } catch (UncheckedIOException e) {
      return End.CUT;
    }
  }

  private static JsonNode parse(String line) {
    try {
      return Json.MAPPER.readTree(line);
    } catch (JsonProcessingException e) {
      throw new AssertionError("not an event: " + line, e);
    }
  }

  /** The HTTP status. */
  public int code() {
    return code;
  }

  /** {@code TYPE name} of every event so far. */
  public List<String> seen() {
    return events.stream()
        .map(
            event -> event.path("type").asText() + " " + event.at("/object/metadata/name").asText())
        .map(String::strip)
        .toList();
  }

  /** The values at a pointer in all events so far, repetitions left out; empty where missing. */
  public List<String> values(String pointer) {
    return events.stream().map(event -> event.at(pointer).asText()).distinct().toList();
  }

  /** The first event of that type that has come, if any. */
  Optional<JsonNode> first(String type) {
    return events.stream().filter(event -> event.path("type").asText().equals(type)).findFirst();
  }

  public JsonNode await(Predicate<JsonNode> which) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(5))
        .until(() -> events.stream().anyMatch(which));
    return events.stream().filter(which).findFirst().orElseThrow();
  }

  /** The first event of that type. */
  public JsonNode await(String type) {
    return await(event -> event.path("type").asText().equals(type));
  }

  public End awaitEnd() {
    Awaitility.await().atMost(Duration.ofSeconds(30)).until(end::isDone);
    return end.join();
  }

  @Override
  public void close() {
    lines.get().close();
  }
}
