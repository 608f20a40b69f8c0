package dev.muster.daemon.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.ray.RayAddress;
import dev.muster.daemon.ray.RayEndpoint;
import dev.muster.daemon.sandbox.Sandbox;
import dev.muster.daemon.sandbox.SandboxOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where something can be reached. */
class SandboxReachTest extends ReachContract {
  @TempDir Path files;

  private Sandbox sandbox;
  private StandInDashboard dashboard;

  @BeforeEach
  void start() throws IOException {
    dashboard = new StandInDashboard();
  }

  @AfterEach
  void stop() {
    sandbox.close();
    dashboard.close();
  }

  @Override
  Path kubeconfig() {
    return sandbox.kubeconfig("admin");
  }

  @Override
  Path viewer() {
    return sandbox.kubeconfig("viewer");
  }

  private Path alice() {
    return sandbox.kubeconfig("alice");
  }

  @Override
  String newNamespace() {
    sandbox = Sandbox.start(SandboxOptions.fast(files));
    String name = "reach-" + UUID.randomUUID().toString().substring(0, 8);
    sandbox.createNamespace(name);
    return name;
  }

  private void listening() throws Exception {
    create();
    DashboardInPlace.of(sandbox, namespace, head(), dashboard.socket());
  }

  private RayEndpoint to(Path user, Map<String, String> environment) {
    return ways.to(() -> api(user), environment, namespace, "demo", RayAddress.NONE);
  }

  private static int ask(RayEndpoint endpoint) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(endpoint.base() + "/api/jobs/"));
    endpoint.headers().get().forEach(request::header);
    return endpoint.http().send(request.build(), HttpResponse.BodyHandlers.ofString()).statusCode();
  }

  @Test
  void the_service_proxy_leads_there_with_rays_token_in_a_header_of_its_own() throws Exception {
    listening();

    RayEndpoint endpoint = to(alice(), Map.of("RAY_AUTH_TOKEN", "secret-1"));

    assertThat(endpoint.words()).isEqualTo("the API server's service proxy");
    assertThat(endpoint.toString()).doesNotContain("secret-1", "sandbox-");
    assertThat(ask(endpoint)).isEqualTo(200);
    assertThat(dashboard.seen())
        .containsExactly(
            "/api/version Authorization=null X-Ray-Authorization=Bearer secret-1",
            "/api/jobs/ Authorization=null X-Ray-Authorization=Bearer secret-1");
  }

  @Test
  void a_dashboard_that_wants_another_token_is_there() throws Exception {
    listening();
    dashboard.answerWith(401);

    assertThat(to(alice(), Map.of()).words()).isEqualTo("the API server's service proxy");
  }

  @Test
  void a_way_is_found_once_for_all_and_anew_when_it_is_lost() throws Exception {
    listening();

    RayEndpoint first = to(alice(), Map.of());
    RayEndpoint again = to(alice(), Map.of());
    assertThat(dashboard.seen()).hasSize(1);
    assertThat(again.base()).isEqualTo(first.base());

    ways.lost(first);
    to(alice(), Map.of());
    assertThat(dashboard.seen()).hasSize(2);
  }

  @Test
  void many_who_want_a_way_at_once_make_one_search() throws Exception {
    listening();
    List<Callable<RayEndpoint>> asking = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      asking.add(() -> to(alice(), Map.of()));
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<RayEndpoint> each : threads.invokeAll(asking)) {
        assertThat(each.get().words()).isEqualTo("the API server's service proxy");
      }
    }

    assertThat(dashboard.seen()).hasSize(1);
  }

  @Test
  void a_port_forward_leads_there_where_the_proxy_is_forbidden() throws Exception {
    listening();
    sandbox.forbid("alice", "get", "services/proxy");

    RayEndpoint endpoint = to(alice(), Map.of("RAY_AUTH_TOKEN", "secret-1"));

    assertThat(endpoint.words()).isEqualTo("a port-forward to its head pod");
    assertThat(endpoint.base().getHost()).isEqualTo("127.0.0.1");
    assertThat(ask(endpoint)).isEqualTo(200);
    assertThat(dashboard.seen())
        .contains("/api/jobs/ Authorization=Bearer secret-1 X-Ray-Authorization=null");
  }

  @Test
  void a_port_forward_follows_the_head_pod() throws Exception {
    listening();
    sandbox.forbid("alice", "get", "services/proxy");
    RayEndpoint endpoint = to(alice(), Map.of());
    String before = head();

    api(kubeconfig()).call("DELETE", "/api/v1/namespaces/" + namespace + "/pods/" + before, null);
    sandbox.network().silence(namespace, before);
    await().atMost(LONG).until(() -> !head().equals(before) && !head().isEmpty());
    DashboardInPlace.of(sandbox, namespace, head(), dashboard.socket());

    await().atMost(LONG).ignoreExceptions().until(() -> ask(endpoint) == 200);
  }

  @Test
  void a_cluster_gets_the_token_in_its_secret() throws Exception {
    create();
    DashboardInPlace.of(sandbox, namespace, head(), dashboard.socket());
    ObjectNode secret = Yaml.JSON.createObjectNode().put("apiVersion", "v1").put("kind", "Secret");
    secret.putObject("metadata").put("name", "demo");
    secret
        .putObject("data")
        .put("auth_token", Base64.getEncoder().encodeToString("secret-2".getBytes()));
    String core = "/api/v1/namespaces/" + namespace;
    api(kubeconfig()).call("POST", core + "/secrets", secret);
    JsonNode patch = Yaml.JSON.readTree("{\"spec\":{\"authOptions\":{\"mode\":\"token\"}}}");
    api(kubeconfig())
        .call(
            "PATCH",
            "/apis/ray.io/v1/namespaces/" + namespace + "/rayclusters/demo",
            "application/merge-patch+json",
            patch);

    assertThat(ask(to(alice(), Map.of()))).isEqualTo(200);

    assertThat(dashboard.seen())
        .contains("/api/jobs/ Authorization=null X-Ray-Authorization=Bearer secret-2");
  }

  @Test
  void an_address_gets_the_token_of_the_callers_file() throws Exception {
    Path file = Files.writeString(files.resolve("token"), "secret-3\n");

    RayEndpoint endpoint =
        ways.to(
            () -> api(alice()),
            Map.of("RAY_AUTH_TOKEN_PATH", file.toString()),
            namespace,
            "",
            RayAddress.at(dashboard.address() + "/"));

    assertThat(endpoint.words()).isEqualTo("the address " + dashboard.address());
    assertThat(ask(endpoint)).isEqualTo(200);
    assertThat(dashboard.seen())
        .contains("/api/jobs/ Authorization=Bearer secret-3 X-Ray-Authorization=null");
  }

  @Test
  void an_address_that_wants_a_browser_is_no_way() {
    dashboard.answerWith(302);

    assertThat(failing(alice(), "demo", dashboard.address()))
        .hasMessageEndingWith("cannot be reached: it wants a browser's sign-in.")
        .extracting(Failure::kind)
        .isEqualTo(Failure.Kind.NO_ANSWER);
    dashboard.answerWith(500);
    assertThat(failing(alice(), "demo", dashboard.address()))
        .hasMessageEndingWith("cannot be reached: HTTP 500.");
  }

  @Test
  void what_cannot_be_read_is_said() {
    assertThat(
            catchThrowableOfType(
                Failure.class, () -> to(alice(), Map.of("RAY_AUTH_TOKEN_PATH", files + "/none"))))
        .hasMessage("The file that RAY_AUTH_TOKEN_PATH names cannot be read: " + files + "/none.");
    assertThat(
            catchThrowableOfType(
                Failure.class,
                () ->
                    ways.to(
                        () -> api(alice()),
                        Map.of("CF_SDK_CA_CERT_PATH", files + "/none"),
                        namespace,
                        "",
                        RayAddress.at(dashboard.address()))))
        .hasMessage("The file that CF_SDK_CA_CERT_PATH names cannot be read: " + files + "/none.");
  }

  @Test
  void an_address_is_trusted_by_the_callers_bundle_of_authorities() throws Exception {
    assertThat(failing(alice(), "", sandbox.url()))
        .hasMessageEndingWith("its certificate is not trusted, or it does not speak TLS.");
    String encoded =
        Files.readString(alice())
            .replaceFirst("(?s).*certificate-authority-data: *\"?([A-Za-z0-9+/=]+).*", "$1");
    byte[] authority = Base64.getDecoder().decode(encoded);
    Path bundle = Files.write(files.resolve("ca.pem"), authority);

    String reached = "User \"system:anonymous\" cannot get path \"/api/version\"";
    Map<String, String> trusted = Map.of("CF_SDK_CA_CERT_PATH", bundle.toString());
    assertThat(refused(trusted, RayAddress.at(sandbox.url()))).hasMessageContaining(reached);
    assertThat(refused(Map.of(), new RayAddress(sandbox.url(), Map.of(), bundle.toString())))
        .hasMessageContaining(reached);
    assertThat(refused(Map.of(), new RayAddress(sandbox.url(), Map.of(), "false")))
        .hasMessageContaining(reached);
    assertThat(refused(Map.of(), RayAddress.at(sandbox.url())).getMessage())
        .doesNotContain(reached);
    assertThat(refused(Map.of(), new RayAddress(sandbox.url(), Map.of(), "/none.pem")))
        .hasMessage("The file that --verify names cannot be read: /none.pem.");
  }

  private Failure refused(Map<String, String> environment, RayAddress address) {
    return catchThrowableOfType(
        Failure.class, () -> ways.to(() -> api(alice()), environment, namespace, "", address));
  }

  @Test
  void who_may_not_use_a_way_is_told_so() throws Exception {
    create();

    assertThat(failing(viewer(), "demo", ""))
        .hasMessageContaining("cannot get resource \"services/proxy\"")
        .hasMessageContaining("pods/portforward");
  }
}
