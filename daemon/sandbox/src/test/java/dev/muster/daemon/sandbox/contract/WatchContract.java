package dev.muster.daemon.sandbox.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.sandbox.contract.ApiClient.Reply;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a Kubernetes API server sends to those who watch. */
public abstract class WatchContract extends ServerContract {

  private String secrets() {
    return core + "/secrets";
  }

  private Reply add(String name, String label) {
    ObjectNode secret = secret(name);
    metadata(secret).putObject("labels").put("l", label);
    Reply reply = admin.post(secrets(), secret);
    assertThat(reply.code()).isEqualTo(201);
    return reply;
  }

  private void label(String name, String label) {
    String patch = "{\"metadata\":{\"labels\":{\"l\":\"" + label + "\"}}}";
    assertThat(admin.merge(secrets() + "/" + name, patch).code()).isEqualTo(200);
  }

  @Test
  void a_watch_begins_behind_the_version_it_names() {
    add("before", "x");
    String version = admin.get(secrets()).version();
    add("one", "x");
    label("one", "y");
    admin.delete(secrets() + "/one");
    try (WatchProbe watch = admin.watch(secrets() + "?resourceVersion=" + version)) {
      watch.await("DELETED");
      assertThat(watch.seen()).containsExactly("ADDED one", "MODIFIED one", "DELETED one");
      add("two", "x");
      watch.await(event -> event.at("/object/metadata/name").asText().equals("two"));
      label("before", "z");
      JsonNode changed =
          watch.await(event -> event.at("/object/metadata/labels/l").asText().equals("z"));
      assertThat(changed.path("type").asText()).isEqualTo("MODIFIED");
      assertThat(changed.at("/object/kind").asText()).isEqualTo("Secret");
    }
  }

  @Test
  void a_watch_without_a_version_begins_with_what_is_there() {
    add("one", "x");
    add("two", "x");
    try (WatchProbe watch = admin.watch(secrets())) {
      watch.await(event -> event.at("/object/metadata/name").asText().equals("two"));
      assertThat(watch.seen()).containsExactlyInAnyOrder("ADDED one", "ADDED two");
    }
  }

  @Test
  void an_object_that_ceases_to_match_is_deleted_for_its_watcher() {
    add("one", "x");
    String version = admin.get(secrets()).version();
    try (WatchProbe watch =
        admin.watch(secrets() + "?labelSelector=l%3Dx&resourceVersion=" + version)) {
      label("one", "y");
      JsonNode gone = watch.await("DELETED");
      assertThat(gone.at("/object/metadata/labels/l").asText()).isEqualTo("x");
      assertThat(gone.at("/object/metadata/resourceVersion").asLong())
          .isGreaterThan(Long.parseLong(version));
      label("one", "x");
      watch.await("ADDED");
      assertThat(watch.seen()).containsExactly("DELETED one", "ADDED one");
    }
  }

  @Test
  void one_object_can_be_watched_through_a_field_selector() {
    String version = admin.get(secrets()).version();
    try (WatchProbe watch =
        admin.watch(secrets() + "?fieldSelector=metadata.name%3Dtwo&resourceVersion=" + version)) {
      add("one", "x");
      add("two", "x");
      watch.await("ADDED");
      assertThat(watch.seen()).containsExactly("ADDED two");
    }
  }

  @Test
  void a_watch_ends_after_its_time() {
    String version = admin.get(secrets()).version();
    try (WatchProbe watch =
        admin.watch(secrets() + "?timeoutSeconds=1&resourceVersion=" + version)) {
      assertThat(watch.awaitEnd()).isEqualTo(WatchProbe.End.COMPLETE);
    }
  }

  @Test
  void a_bookmark_before_the_end_covers_what_came_since_the_beginning() {
    JsonNode bookmark = bookmark();
    assertThat(bookmark.at("/object/metadata/resourceVersion").asLong())
        .isGreaterThanOrEqualTo(Long.parseLong(admin.get(secrets() + "/one").version()));
    assertThat(bookmark.at("/object/kind").asText()).isEqualTo("Secret");
  }

  /**
   * The bookmark of the first watch that got one. A real server sends none whose version is the one
   * that the watch began with, so something is written meanwhile; and it looks only about each
   * second for watches with less than two seconds left, so a busy one misses a watch now and then.
   */
  private JsonNode bookmark() {
    for (int attempt = 1; attempt <= 5; attempt++) {
      String version = admin.get(secrets()).version();
      try (WatchProbe watch =
          admin.watch(
              secrets()
                  + "?allowWatchBookmarks=true&timeoutSeconds=4&resourceVersion="
                  + version)) {
        if (attempt == 1) {
          add("one", "x");
        } else {
          label("one", "x" + attempt);
        }
        watch.awaitEnd();
        Optional<JsonNode> bookmark = watch.first("BOOKMARK");
        if (bookmark.isPresent()) {
          return bookmark.get();
        }
      }
    }
    throw new AssertionError("five watches ended without a bookmark");
  }

  @Test
  void a_version_that_is_too_old_has_expired() {
    // RayClusters, since their cache on a real server is young.
    try (WatchProbe watch = admin.watch(rayclusters + "?resourceVersion=1")) {
      JsonNode error = watch.await("ERROR").path("object");
      assertThat(error.path("code").asInt()).isEqualTo(410);
      assertThat(error.path("reason").asText()).isEqualTo("Expired");
      assertThat(error.path("message").asText()).startsWith("too old resource version: 1 (");
    }
  }

  @Test
  void initial_events_need_a_version_match() {
    Reply reply = admin.get(secrets() + "?watch=true&sendInitialEvents=true");
    assertThat(reply.code()).isEqualTo(422);
    assertThat(reply.reason()).isEqualTo("Invalid");
    assertThat(List.of(reply.message())).first().asString().contains("resourceVersionMatch");
  }

  @Test
  void a_watch_needs_the_right_to() {
    Reply reply = viewer.get(core + "/secrets?watch=true");
    assertThat(reply.code()).isEqualTo(403);
    assertThat(reply.message()).contains("cannot watch resource \"secrets\"");
  }
}
