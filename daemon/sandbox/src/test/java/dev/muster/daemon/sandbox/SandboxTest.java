package dev.muster.daemon.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.sandbox.contract.ApiClient;
import dev.muster.daemon.sandbox.contract.ApiClient.Reply;
import dev.muster.daemon.sandbox.contract.Samples;
import dev.muster.daemon.sandbox.contract.WatchProbe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only the sandbox can do: the switches that tests turn. */
final class SandboxTest {

  private static final String ALL = "/apis/ray.io/v1/rayclusters";
  private static final String DEFAULT = "/apis/ray.io/v1/namespaces/default/rayclusters";
  private static final Instant NOON = Instant.parse("2026-05-04T12:00:00.5Z");

  @TempDir private Path directory;
  private Sandbox sandbox;
  private ApiClient admin;

  @BeforeEach
  void start() {
    Clock clock = Clock.fixed(NOON, ZoneOffset.UTC);
    sandbox = Sandbox.start(new SandboxOptions(directory, 100, clock, 0));
    admin = ApiClient.of(sandbox.kubeconfig("admin"));
  }

  @AfterEach
  void stop() {
    admin.close();
    sandbox.close();
  }

  private JsonNode await(String path, java.util.function.Predicate<JsonNode> wanted) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> wanted.test(admin.get(path).body()));
    return admin.get(path).body();
  }

  @Test
  void a_kubeconfig_says_what_it_is_and_is_private() throws IOException {
    Path file = sandbox.kubeconfig("alice");
    assertThat(file).isEqualTo(directory.resolve("alice.kubeconfig"));
    assertThat(Files.readString(file))
        .startsWith("# A SIMULATION")
        .contains("current-context: muster-sandbox", sandbox.url());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> sandbox.kubeconfig("eve"))
        .withMessageContaining("no user \"eve\"");
  }

  @Test
  void the_version_says_that_it_is_a_sandbox() {
    assertThat(admin.get("/version").body().path("gitVersion").asText())
        .isEqualTo("v1.33.13+sandbox");
    assertThat(admin.get("/readyz").text()).isEqualTo("ok");
    assertThat(admin.get("/openapi/v3").code()).isEqualTo(404);
    assertThat(admin.withToken("").get("/version").code()).isEqualTo(200);
    assertThat(admin.withToken("").get("/api").code()).isEqualTo(403);
  }

  @Test
  void times_in_objects_come_from_the_clock() {
    Reply created = admin.post(DEFAULT, Samples.idle("one"));
    assertThat(created.body().at("/metadata/creationTimestamp").asText())
        .isEqualTo("2026-05-04T12:00:00Z");
  }

  @Test
  void an_expired_token_is_unauthorized() {
    ApiClient alice = ApiClient.of(sandbox.kubeconfig("alice"));
    assertThat(alice.get(ALL).code()).isEqualTo(200);
    sandbox.expireTokens("alice");
    assertThat(alice.get(ALL).code()).isEqualTo(401);
    assertThat(admin.get(ALL).code()).isEqualTo(200);
    alice.close();
  }

  @Test
  void nobody_may_do_nothing() {
    ApiClient nobody = ApiClient.of(sandbox.kubeconfig("nobody"));
    assertThat(nobody.get("/apis").code()).isEqualTo(200);
    assertThat(nobody.get("/metrics").message())
        .isEqualTo("forbidden: User \"nobody\" cannot get path \"/metrics\"");
    assertThat(nobody.get(ALL).message())
        .isEqualTo(
            "rayclusters.ray.io is forbidden: User \"nobody\" cannot list resource \"rayclusters\""
                + " in API group \"ray.io\" at the cluster scope");
    nobody.close();
  }

  @Test
  void alice_edits_everywhere_but_makes_no_namespaces() {
    ApiClient alice = ApiClient.of(sandbox.kubeconfig("alice"));
    assertThat(alice.post(DEFAULT, Samples.idle("one")).code()).isEqualTo(201);
    assertThat(alice.post("/api/v1/namespaces", Samples.idle("x")).code()).isEqualTo(403);
    alice.close();
  }

  @Test
  void a_forbidden_verb_is_forbidden() {
    sandbox.forbid("alice", "delete", "rayclusters");
    sandbox.forbid("alice", "*", "secrets");
    ApiClient alice = ApiClient.of(sandbox.kubeconfig("alice"));
    assertThat(alice.delete(DEFAULT + "/one").code()).isEqualTo(403);
    assertThat(alice.get(DEFAULT + "/one").code()).isEqualTo(404);
    assertThat(alice.get("/api/v1/namespaces/default/secrets").code()).isEqualTo(403);
    alice.close();
  }

  @Test
  void versions_from_before_a_compaction_have_expired() {
    for (String name : List.of("a", "b", "c")) {
      admin.post(DEFAULT, Samples.idle(name));
    }
    Reply page = admin.get(ALL + "?limit=1");
    String next = page.body().at("/metadata/continue").asText();
    sandbox.compactHistory();
    try (WatchProbe watch = admin.watch(ALL + "?resourceVersion=" + page.version())) {
      assertThat(watch.await("ERROR").at("/object/code").asInt()).isEqualTo(410);
      assertThat(watch.awaitEnd()).isEqualTo(WatchProbe.End.COMPLETE);
    }
    Reply expired = admin.get(ALL + "?limit=1&continue=" + next);
    assertThat(expired.code()).isEqualTo(410);
    assertThat(expired.reason()).isEqualTo("Expired");
    String anyway = expired.body().at("/metadata/continue").asText();
    assertThat(admin.get(ALL + "?continue=" + anyway).body().path("items").findValuesAsText("name"))
        .contains("b", "c");
    Reply exact = admin.get(ALL + "?resourceVersionMatch=Exact&resourceVersion=" + page.version());
    assertThat(exact.code()).isEqualTo(410);
  }

  @Test
  void an_open_watch_survives_a_compaction() {
    try (WatchProbe watch = admin.watch(ALL)) {
      sandbox.compactHistory();
      admin.post(DEFAULT, Samples.idle("one"));
      watch.await("ADDED");
    }
  }

  @Test
  void dropped_watches_are_cut() {
    try (WatchProbe watch = admin.watch(ALL)) {
      Awaitility.await().until(() -> sandbox.openWatches() == 1);
      sandbox.dropWatches();
      assertThat(watch.awaitEnd()).isEqualTo(WatchProbe.End.CUT);
      Awaitility.await().until(() -> sandbox.openWatches() == 0);
    }
  }

  @Test
  void without_its_crd_raycluster_is_unknown_and_its_watches_end() {
    admin.post(DEFAULT, Samples.idle("one"));
    try (WatchProbe watch = admin.watch(ALL);
        WatchProbe other = admin.watch("/api/v1/pods")) {
      Awaitility.await().until(() -> sandbox.openWatches() == 2);
      sandbox.removeCrd();
      assertThat(watch.awaitEnd()).isEqualTo(WatchProbe.End.CUT);
      assertThat(other.code()).isEqualTo(200);
      assertThat(sandbox.openWatches()).isEqualTo(1);
    }
    assertThat(admin.get(ALL).text()).isEqualTo("404 page not found\n");
    assertThat(admin.get("/apis/ray.io/v1").code()).isEqualTo(404);
    assertThat(admin.get("/apis").text()).doesNotContain("ray.io");
    sandbox.installCrd();
    assertThat(admin.get(DEFAULT + "/one").code()).isEqualTo(200);
    assertThat(admin.get("/apis/ray.io").body().at("/preferredVersion/version").asText())
        .isEqualTo("v1");
  }

  @Test
  void a_watch_can_begin_with_all_there_is_and_say_where_that_ends() {
    admin.post(DEFAULT, Samples.idle("one"));
    String query =
        "?sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true";
    try (WatchProbe watch = admin.watch(ALL + query)) {
      JsonNode mark = watch.await("BOOKMARK");
      assertThat(mark.at("/object/metadata/annotations").toString())
          .isEqualTo("{\"k8s.io/initial-events-end\":\"true\"}");
      assertThat(watch.seen()).startsWith("ADDED one");
    }
  }

  @Test
  void bookmarks_come_by_themselves() {
    try (WatchProbe watch = admin.watch("/api/v1/secrets?allowWatchBookmarks=true")) {
      String version = admin.post(DEFAULT, Samples.idle("elsewhere")).version();
      watch.await(
          event ->
              event.path("type").asText().equals("BOOKMARK")
                  && event.at("/object/metadata/resourceVersion").asLong()
                      >= Long.parseLong(version));
    }
  }

  @Test
  void requests_are_written_down() {
    admin.get(ALL + "?limit=7");
    assertThat(sandbox.requests()).contains("admin GET " + ALL + "?limit=7");
    assertThat(sandbox.requests().toString()).doesNotContain("Bearer");
  }

  @Test
  void server_side_apply_of_the_servers_own_kinds_is_refused_with_a_reason() {
    String secrets = "/api/v1/namespaces/default/secrets/one";
    Reply reply = admin.patch(secrets, "application/apply-patch+yaml", "{}");
    assertThat(reply.code()).isEqualTo(404);
    ObjectNode secret = Samples.idle("one");
    secret.put("apiVersion", "v1").put("kind", "Secret").remove("spec");
    admin.post("/api/v1/namespaces/default/secrets", secret);
    Reply refused = admin.patch(secrets, "application/apply-patch+yaml", "{}");
    assertThat(refused.code()).isEqualTo(415);
    assertThat(refused.message())
        .startsWith("the sandbox simulates server-side apply for custom resources only");
  }

  @Test
  void an_image_that_cannot_be_pulled_leaves_its_pod_pending() {
    ObjectNode cluster = Samples.demo("one");
    ((ObjectNode) cluster.at("/spec/headGroupSpec/template/spec/containers/0"))
        .put("image", "registry.example/no-such-image:1");
    admin.post(DEFAULT, cluster);
    JsonNode seen =
        await(
            DEFAULT + "/one",
            body -> body.at("/status/conditions").toString().contains("ImagePullBackOff"));
    assertThat(seen.at("/status/conditions/0/message").asText())
        .startsWith("containers with unready status: [ray-head]; ray-head: Back-off pulling image")
        .contains("registry.example/no-such-image:1: not found");
    assertThat(seen.at("/status/state").isMissingNode()).isTrue();
    JsonNode head =
        admin
            .get("/api/v1/namespaces/default/pods?labelSelector=ray.io/node-type%3Dhead")
            .body()
            .at("/items/0");
    assertThat(head.at("/status/phase").asText()).isEqualTo("Pending");
    JsonNode events =
        admin
            .get("/api/v1/namespaces/default/events?fieldSelector=type%3DWarning,reason%3DFailed")
            .body()
            .path("items");
    assertThat(events.findValuesAsText("message"))
        .anyMatch(text -> text.startsWith("Failed to pull image \"registry.example/no-such"))
        .contains("Error: ErrImagePull", "Error: ImagePullBackOff");
  }

  @Test
  void a_name_that_kuberay_refuses_gets_an_event_and_no_pods() {
    admin.post(DEFAULT, Samples.demo("1st"));
    JsonNode events =
        await("/api/v1/namespaces/default/events", body -> body.path("items").size() > 0);
    assertThat(events.at("/items/0/reason").asText()).isEqualTo("InvalidRayClusterMetadata");
    assertThat(admin.get(DEFAULT + "/1st").body().has("status")).isFalse();
  }

  @Test
  void the_speed_must_make_sense() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SandboxOptions.in(directory).withSpeed(0))
        .withMessageContaining("speed");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SandboxOptions.in(directory).withSpeed(Double.NaN));
  }
}
