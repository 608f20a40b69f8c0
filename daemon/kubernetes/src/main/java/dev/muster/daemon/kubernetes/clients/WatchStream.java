package dev.muster.daemon.kubernetes.clients;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import dev.muster.daemon.kubernetes.Yaml;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/**
 * One watch: the events of a collection from a version on, until the server ends it. Closing it
 * from another thread ends it too. <a
 * href="https://kubernetes.io/docs/reference/using-api/api-concepts/#efficient-detection-of-changes">The
 * protocol</a>.
 */
public final class WatchStream implements AutoCloseable {
  private final InputStream stream;
  private final Duration silence;

  /** Made with the first event: making it waits for the first byte. */
  private MappingIterator<JsonNode> events;

  private WatchStream(InputStream stream, Duration silence) {
    this.stream = stream;
    this.silence = silence;
  }

  /**
   * Returns when the server has accepted the watch.
   *
   * @param silence after which the connection is taken for dead; servers send a bookmark every
   *     minute
   */
  public static WatchStream open(
      ApiClient client,
      String path,
      String selector,
      String version,
      Duration lifetime,
      Duration silence) {
    InputStream stream =
        client.stream(
            path
                + "?watch=true&allowWatchBookmarks=true&resourceVersion="
                + version
                + "&timeoutSeconds="
                + lifetime.toSeconds()
                + selector);
    return new WatchStream(stream, silence);
  }

  /**
   * The next event, or null when the watch has ended, for whatever reason: that is nothing unusual.
   *
   * @throws ApiException if the server ended it with an error, such as 410 for a version that it
   *     has forgotten
   */
  public JsonNode next() {
    Stalled watchdog = Stalled.close(stream, silence);
    JsonNode event;
    try {
      if (events == null) {
        events = Yaml.JSON.readerFor(JsonNode.class).readValues(stream);
      }
      if (!events.hasNextValue()) {
        return null;
      }
      event = events.nextValue();
    } catch (IOException e) {
      return null;
    } finally {
      watchdog.cancel();
    }
    if (event.path("type").asText("").equals("ERROR")) {
      JsonNode status = event.path("object");
      throw new ApiException(status.path("code").asInt(500), status, Duration.ZERO);
    }
    return event;
  }

  @Override
  public void close() {
    try {
      stream.close();
    } catch (IOException e) {
      // It was to be ended, and it has ended.
      return;
    }
  }
}
