package dev.muster.daemon.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.muster.daemon.sandbox.contract.ApiClient;
import dev.muster.daemon.sandbox.contract.ApiClient.Reply;
import dev.muster.daemon.sandbox.net.Relay;
import dev.muster.daemon.sandbox.store.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the server lets through to what runs in pods, over plain HTTP. */
final class PassagesTest {
  private static final String CORE = "/api/v1/namespaces/default";
  private static final String PROXY = CORE + "/services/demo:8265/proxy";

  @TempDir Path directory;

  private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();
  private Sandbox sandbox;
  private HttpServer pod;
  private Relay relay;
  private ApiClient admin;

  @BeforeEach
  void start() throws IOException {
    sandbox = Sandbox.start(SandboxOptions.fast(directory));
    pod = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    pod.createContext("/", this::answer);
    pod.start();
    relay = Relay.to(pod.getAddress().getPort());
    admin = as("admin");
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      long bytes = 0;
      try (InputStream body = exchange.getRequestBody()) {
        bytes = body.transferTo(java.io.OutputStream.nullOutputStream());
      }
      seen.add(
          "%s %s %d %s %s"
              .formatted(
                  exchange.getRequestMethod(),
                  exchange.getRequestURI(),
                  bytes,
                  exchange.getRequestHeaders().getFirst("Authorization"),
                  exchange.getRequestHeaders().getFirst("X-Ray-Authorization")));
      if (exchange.getRequestURI().getPath().equals("/moved")) {
        exchange.getResponseHeaders().set("Location", "/there");
        exchange.sendResponseHeaders(302, -1);
        return;
      }
      byte[] text = "{\"ok\":true}".getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(
          201, exchange.getRequestMethod().equals("PUT") ? 0 : text.length);
      exchange.getResponseBody().write(text);
    }
  }

  private ApiClient as(String user) {
    return ApiClient.of(sandbox.kubeconfig(user));
  }

  @AfterEach
  void stop() {
    admin.close();
    sandbox.close();
    relay.close();
    pod.stop(0);
  }

  private void service(String name) {
    ObjectNode service = Json.object().put("apiVersion", "v1").put("kind", "Service");
    service.putObject("metadata").put("name", name);
    ObjectNode spec = service.putObject("spec");
    spec.putObject("selector").put("app", name);
    spec.putArray("ports").addObject().put("name", "dashboard").put("port", 8265);
    assertThat(admin.post(CORE + "/services", service).code()).isEqualTo(201);
  }

  private void pod(String name, String image) {
    ObjectNode tree = Json.object().put("apiVersion", "v1").put("kind", "Pod");
    tree.putObject("metadata").put("name", name).putObject("labels").put("app", name);
    ObjectNode container = tree.putObject("spec").putArray("containers").addObject();
    container.put("name", "main").put("image", image);
    assertThat(admin.post(CORE + "/pods", tree).code()).isEqualTo(201);
  }

  private void running(String name) {
    pod(name, "busybox");
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                admin
                    .get(CORE + "/pods/" + name)
                    .body()
                    .at("/status/phase")
                    .asText()
                    .equals("Running"));
  }

  private void served() {
    service("demo");
    running("demo");
    sandbox.network().listen("default", "demo", 8265, relay.socket());
  }

  @Test
  void a_request_goes_to_the_pod_behind_the_service_without_the_credentials() {
    served();

    Reply reply = admin.get(PROXY + "/api/version?a=b%20c");

    assertThat(reply.code()).isEqualTo(201);
    assertThat(reply.text()).isEqualTo("{\"ok\":true}");
    assertThat(seen.poll()).isEqualTo("GET /api/version?a=b%20c 0 null null");
    assertThat(admin.get(CORE + "/services/http:demo:dashboard/proxy").code()).isEqualTo(201);
    assertThat(seen.poll()).isEqualTo("GET / 0 null null");
    assertThat(sandbox.requests()).contains("admin GET " + PROXY + "/api/version?a=b%20c");
  }

  @Test
  void bodies_of_any_size_go_through() {
    served();
    byte[] large = new byte[20 * 1024 * 1024];
    Arrays.fill(large, (byte) 'x');

    Reply reply = admin.send("PUT", PROXY + "/package", "application/octet-stream", large);

    assertThat(reply.code()).isEqualTo(201);
    assertThat(reply.text()).isEqualTo("{\"ok\":true}");
    assertThat(seen.poll()).isEqualTo("PUT /package " + large.length + " null null");
    assertThat(admin.send("POST", PROXY + "/", "application/json", new byte[0]).code())
        .isEqualTo(201);
  }

  @Test
  void a_body_over_the_servers_own_limit_is_refused_and_the_next_request_answered() {
    byte[] large = new byte[4 * 1024 * 1024];

    Reply reply = admin.send("POST", CORE + "/pods", "application/json", large);

    assertThat(reply.code()).isEqualTo(413);
    assertThat(admin.get(CORE + "/pods").code()).isEqualTo(200);
  }

  @Test
  void a_redirection_stays_behind_the_proxy() {
    served();

    assertThat(admin.get(PROXY + "/moved").code()).isEqualTo(302);
  }

  @Test
  void where_there_is_nobody_the_server_says_so() {
    assertThat(admin.get(PROXY + "/").message()).isEqualTo("services \"demo\" not found");
    service("demo");
    assertThat(admin.get(PROXY + "/"))
        .extracting(Reply::code, Reply::reason, Reply::message)
        .containsExactly(503, "ServiceUnavailable", "no endpoints available for service \"demo\"");
    assertThat(admin.get(PROXY.replace("8265", "99") + "/").message())
        .isEqualTo("no service port 99 found for service \"demo\"");
    assertThat(admin.get(PROXY.replace("8265", "web") + "/").message())
        .isEqualTo("no service port \"web\" found for service \"demo\"");
    running("demo");
    assertThat(admin.get(PROXY + "/").message())
        .startsWith("error trying to reach service: dial tcp 10.244.")
        .endsWith(":8265: connect: connection refused");
    sandbox.network().listen("default", "demo", 8265, relay.socket());
    pod.stop(0);
    assertThat(admin.get(PROXY + "/").code()).isEqualTo(503);
    sandbox
        .network()
        .listen(
            "default", "demo", 8265, UnixDomainSocketAddress.of(directory.resolve("nobody.sock")));
    assertThat(admin.get(PROXY + "/").code()).isEqualTo(503);
  }

  @Test
  void who_may_only_read_does_not_get_through() {
    served();
    try (ApiClient viewer = as("viewer")) {
      assertThat(viewer.get(PROXY + "/").message())
          .isEqualTo(
              "services \"demo:8265\" is forbidden: User \"viewer\" cannot get resource"
                  + " \"services/proxy\" in API group \"\" in the namespace \"default\"");
      assertThat(viewer.get(CORE + "/pods/demo/portforward?ports=8265").code()).isEqualTo(403);
      assertThat(viewer.get(CORE + "/pods/demo/exec?command=tar").code()).isEqualTo(403);
      assertThat(viewer.get(CORE + "/pods/demo/log").code()).isEqualTo(200);
    }
  }

  @Test
  void who_shows_no_token_does_not_get_through() {
    served();
    try (ApiClient stranger = admin.withToken("")) {
      assertThat(stranger.get(PROXY + "/").code()).isEqualTo(403);
      assertThat(stranger.get(CORE + "/pods/demo/portforward?ports=8265").code()).isEqualTo(403);
      assertThat(stranger.get(CORE + "/pods/demo/exec?command=tar").code()).isEqualTo(403);
      assertThat(stranger.get(CORE + "/pods/demo/log").code()).isEqualTo(403);
    }
    assertThat(seen).isEmpty();
  }

  @Test
  void what_needs_a_web_socket_says_so() {
    running("demo");

    assertThat(admin.get(CORE + "/pods/demo/portforward?ports=8265").message())
        .isEqualTo("Upgrade request required");
    assertThat(admin.get(CORE + "/pods/demo/exec?command=tar").message())
        .isEqualTo("Upgrade request required");
    assertThat(admin.get(CORE + "/pods/demo/log/more").code()).isEqualTo(404);
  }

  @Test
  void a_pod_that_does_not_run_has_no_log() {
    assertThat(admin.get(CORE + "/pods/demo/log").message()).isEqualTo("pods \"demo\" not found");
    pod("demo", "registry.example/no-such-image");
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> admin.get(CORE + "/pods/demo/log").message(), m -> m.contains("ImagePull"));
    assertThat(admin.get(CORE + "/pods/demo/log").message())
        .startsWith("container \"main\" in pod \"demo\" is waiting to start: ");
  }

  @Test
  void an_administrator_may_act_as_somebody_else_and_others_may_not() {
    assertThat(List.of("admin", "alice"))
        .extracting(
            user -> {
              try (ApiClient client = as(user).as("viewer")) {
                return client.post(CORE + "/secrets", Json.object()).message();
              }
            })
        .containsExactly(
            "secrets is forbidden: User \"viewer\" cannot create resource \"secrets\" in API group"
                + " \"\" in the namespace \"default\"",
            "users \"viewer\" is forbidden: User \"alice\" cannot impersonate resource \"users\" in"
                + " API group \"\" at the cluster scope");
    assertThat(sandbox.requests())
        .contains(
            "admin as viewer POST " + CORE + "/secrets",
            "alice as viewer POST " + CORE + "/secrets");
    try (ApiClient nobody = as("admin").as("mallory")) {
      assertThat(nobody.get(CORE + "/pods").message())
          .startsWith("pods is forbidden: User \"mallory\"");
    }
  }
}
