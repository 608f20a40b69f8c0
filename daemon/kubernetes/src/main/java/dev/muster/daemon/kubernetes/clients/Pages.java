package dev.muster.daemon.kubernetes.clients;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.kubernetes.Yaml;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * A collection, page by page and object by object, so that its size does not matter to our memory.
 */
public final class Pages {
  private static final int LIMIT = 500;

  /**
   * A page of big objects from a busy server takes its time; none at all in this time is a dead
   * connection.
   */
  private static final Duration PAGE = Duration.ofSeconds(60);

  private record Page(String version, String next) {}

  private Pages() {}

  /**
   * @param path of the collection
   * @param selector query parameters beginning with an ampersand, or empty
   * @return the resourceVersion of which the list is true
   * @throws ApiException with 410 if the list took so long that the server forgot its beginning
   */
  public static String read(
      ApiClient client, String path, String selector, Consumer<ObjectNode> each) {
    String next = "";
    String version = "";
    do {
      String query =
          "?limit="
              + LIMIT
              + selector
              + (next.isEmpty()
                  ? ""
                  : "&continue=" + URLEncoder.encode(next, StandardCharsets.UTF_8));
      Page page = page(client, path + query, each);
      version = version.isEmpty() ? page.version : version;
      next = page.next;
    } while (!next.isEmpty());
    return version;
  }

  private static Page page(ApiClient client, String path, Consumer<ObjectNode> each) {
    InputStream answer = client.stream(path);
    Stalled watchdog = Stalled.close(answer, PAGE);
    try (answer;
        JsonParser parser = Yaml.JSON.createParser(answer)) {
      Page page = new Page("", "");
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("the answer is not a list");
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String field = parser.currentName();
        JsonToken value = parser.nextToken();
        if (field.equals("items") && value == JsonToken.START_ARRAY) {
          while (parser.nextToken() == JsonToken.START_OBJECT) {
            each.accept(parser.readValueAsTree());
          }
        } else if (field.equals("metadata")) {
          JsonNode metadata = parser.readValueAsTree();
          page =
              new Page(
                  metadata.path("resourceVersion").asText(""),
                  metadata.path("continue").asText(""));
        } else {
          parser.skipChildren();
        }
      }
      return page;
    } catch (IOException e) {
      throw Unreachable.of(client.access(), watchdog.happened() ? new TimeoutException() : e);
    } finally {
      watchdog.cancel();
    }
  }
}
