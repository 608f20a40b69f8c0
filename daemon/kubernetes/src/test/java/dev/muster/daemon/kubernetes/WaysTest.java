package dev.muster.daemon.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.muster.daemon.core.Caller;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.core.Target;
import dev.muster.daemon.kubernetes.clients.ApiClient;
import dev.muster.daemon.kubernetes.clients.ApiClients;
import dev.muster.daemon.kubernetes.contexts.Contexts;
import dev.muster.daemon.kubernetes.contexts.ExecPlugins;
import dev.muster.daemon.kubernetes.contexts.InCluster;
import dev.muster.daemon.kubernetes.reach.Reach;
import dev.muster.daemon.kubernetes.reach.Ways;
import dev.muster.daemon.ray.RayAddress;
import dev.muster.daemon.ray.RayEndpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which way is taken to the cluster demo in the namespace demo, by what a server has. */
class WaysTest {
  private static final String CLUSTER = "/apis/ray.io/v1/namespaces/demo/rayclusters/demo";
  private static final String ROUTES = "/apis/route.openshift.io";
  private static final String PROXY = "/api/v1/namespaces/demo/services/demo-head-svc:8265/proxy";
  private static final String VERSION = "/api/version";

  @TempDir Path directory;

  private final Map<String, String> answers = new HashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private Instant now = Instant.EPOCH;
  private HttpServer server;
  private ApiClients clients;
  private Ways ways;
  private Caller caller;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    server.createContext("/", this::handle);
    server.start();
    clients = new ApiClients(new ExecPlugins(Clock.systemUTC(), Duration.ofSeconds(5)));
    InstantSource time = () -> now;
    ways = new Ways(time.withZone(ZoneOffset.UTC));
    caller =
        new Caller(
            directory,
            Map.of("KUBECONFIG", kubeconfig("").toString(), "HOME", directory.toString()),
            false);
    serves("/apis/ray.io", "rayclusters");
    cluster("uid-1");
  }

  @AfterEach
  void stop() {
    ways.close();
    clients.close();
    server.stop(0);
  }

  private Path kubeconfig(String more) throws IOException {
    return Files.writeString(
        directory.resolve("kubeconfig"),
        """
        clusters: [{name: c, cluster: {server: "http://127.0.0.1:%d"%s}}]
        users: [{name: somebody, user: {token: api-token}}]
        contexts: [{name: here, context: {cluster: c, user: somebody, namespace: demo}}]
        current-context: here
        """
            .formatted(server.getAddress().getPort(), more));
  }

  /** What is not there is 404; a number is a code, and what follows it a body. */
  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      asked.add(path + " " + exchange.getRequestHeaders().getFirst("Authorization"));
      String answer = answers.getOrDefault(path, "404");
      boolean coded = answer.matches("(?s)\\d{3}.*");
      byte[] body = (coded ? answer.substring(3) : answer).getBytes(StandardCharsets.UTF_8);
      if (answer.contains("<html>")) {
        exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
      }
      int code = coded ? Integer.parseInt(answer.substring(0, 3)) : 200;
      exchange.sendResponseHeaders(code, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private void serves(String group, String plural) {
    answers.put(group, "{\"versions\":[{\"version\":\"v1\"}]}");
    answers.put(group + "/v1", "{\"resources\":[{\"name\":\"" + plural + "\"}]}");
  }

  private void cluster(String uid) {
    answers.put(CLUSTER, "{\"metadata\":{\"name\":\"demo\",\"uid\":\"" + uid + "\"}}");
  }

  /** A route that leads to this very server. */
  private void route() {
    serves(ROUTES, "routes");
    answers.put(
        ROUTES + "/v1/namespaces/demo/routes",
        "{\"items\":[{\"metadata\":{\"name\":\"ray-dashboard-demo\"},\"spec\":{\"host\":\"127.0.0.1:%d\"}}]}"
            .formatted(server.getAddress().getPort()));
  }

  private ApiClient api() {
    InCluster none = new InCluster(directory.resolve("none"), Map.of());
    return clients.get(
        new Contexts(directory.resolve("none"), none).resolve(caller, Target.DEFAULT));
  }

  private RayEndpoint find() {
    return ways.to(this::api, caller.environment(), "demo", "demo", RayAddress.NONE);
  }

  private Failure failing(Runnable operation) {
    return catchThrowableOfType(Failure.class, operation::run);
  }

  private long probes(String path) {
    return asked.stream().filter(line -> line.startsWith(path + " ")).count();
  }

  private String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private Reach reach() {
    return new Reach(
        (c, t) -> new Reach.Place(this::api, "demo"),
        ways,
        Duration.ofSeconds(1),
        InstantSource.system());
  }

  @Test
  void a_route_is_taken_first_and_does_not_see_the_apis_token() {
    route();
    answers.put(VERSION, "{}");
    answers.put(PROXY + VERSION, "{}");

    RayEndpoint endpoint = find();

    assertThat(endpoint.words()).isEqualTo("Route/ray-dashboard-demo");
    assertThat(endpoint.base()).hasToString(url());
    assertThat(endpoint.headers().get()).isEmpty();
    assertThat(asked).contains(VERSION + " null", CLUSTER + " Bearer api-token");
    assertThat(reach().dashboard(caller, Target.DEFAULT, "raycluster", "demo")).isEqualTo(url());
  }

  @Test
  void a_route_that_wants_a_browser_is_for_browsers_only() {
    route();
    answers.put(PROXY + VERSION, "{}");
    for (String signIn : List.of("302", "403<html>Log in</html>")) {
      answers.put(VERSION, signIn);

      RayEndpoint endpoint = find();

      assertThat(endpoint.words()).isEqualTo("the API server's service proxy");
      assertThat(endpoint.headers().get()).containsEntry("Authorization", "Bearer api-token");
      assertThat(reach().dashboard(caller, Target.DEFAULT, "raycluster", "demo")).isEqualTo(url());
      ways.lost(endpoint);
    }
  }

  @Test
  void whoever_forbids_before_ray_is_not_ray() {
    route();
    answers.put(VERSION, "403denied by a gateway");
    answers.put(PROXY + VERSION, "403Forbidden: Invalid authentication token");

    assertThat(find().words()).isEqualTo("the API server's service proxy");

    answers.put(VERSION, "403Forbidden: Invalid authentication token");
    ways.lost(find());

    assertThat(find().words()).isEqualTo("Route/ray-dashboard-demo");
  }

  @Test
  void a_route_that_leads_nowhere_is_named() {
    route();
    answers.put(VERSION, "502");
    answers.put(PROXY + VERSION, "503{\"kind\":\"Status\",\"message\":\"no endpoints.\"}");
    answers.put("/api/v1/namespaces/demo/pods", "{\"items\":[]}");

    assertThat(failing(this::find))
        .hasMessage(
            "The dashboard of the RayCluster demo in the namespace demo cannot be reached: by"
                + " Route/ray-dashboard-demo: HTTP 502; by the API server's service proxy: no"
                + " endpoints; by a port-forward to its head pod: no head pod of it runs.");
    assertThat(failing(() -> reach().dashboard(caller, Target.DEFAULT, "raycluster", "demo")))
        .hasMessageEndingWith(
            "by an HTTPRoute, Route or Ingress: "
                + url()
                + " by Route/ray-dashboard-demo: HTTP 502.");
  }

  @Test
  void a_pod_that_no_web_socket_leads_to_is_said() {
    answers.put(PROXY + VERSION, "500<p>broken</p>");
    answers.put(
        "/api/v1/namespaces/demo/pods",
        "{\"items\":[{\"metadata\":{\"name\":\"head-1\"},\"status\":{\"phase\":\"Running\"}}]}");
    answers.put("/api/v1/namespaces/demo/pods/head-1/portforward", "400{}");

    assertThat(failing(this::find))
        .hasMessageContaining("service proxy: HTTP 500; ")
        .hasMessageEndingWith(
            "Cannot forward a port of the pod head-1 in the namespace demo: "
                + url()
                + " lets no web socket through.");
  }

  @Test
  void a_cluster_of_the_same_name_that_is_another_one_is_searched_anew() {
    answers.put(PROXY + VERSION, "{}");
    find();
    now = now.plusSeconds(9);
    cluster("uid-2");
    find();
    assertThat(probes(PROXY + VERSION)).isEqualTo(1);

    now = now.plusSeconds(2);
    find();
    assertThat(probes(PROXY + VERSION)).isEqualTo(2);
    now = now.plusSeconds(11);
    find();
    assertThat(probes(PROXY + VERSION)).isEqualTo(2);

    now = now.plusSeconds(11);
    answers.put(CLUSTER, "500");
    find();
    assertThat(probes(PROXY + VERSION)).isEqualTo(2);
    now = now.plusSeconds(11);
    answers.remove(CLUSTER);
    assertThat(failing(this::find))
        .hasMessage("There is no RayCluster demo in the namespace demo.");
  }

  @Test
  void a_token_in_rays_own_file_serves_where_the_secret_may_not_be_read() throws IOException {
    answers.put(
        CLUSTER, "{\"metadata\":{\"uid\":\"u\"},\"spec\":{\"authOptions\":{\"mode\":\"token\"}}}");
    answers.put("/api/v1/namespaces/demo/secrets/demo", "403{}");
    answers.put(PROXY + VERSION, "401no");
    assertThat(find().headers().get()).doesNotContainKey("X-Ray-Authorization");
    ways.lost(find());

    Path ray = Files.createDirectory(directory.resolve(".ray"));
    Files.writeString(ray.resolve("auth_token"), "mine\n");

    assertThat(find().headers().get()).containsEntry("X-Ray-Authorization", "Bearer mine");
    Files.writeString(ray.resolve("auth_token"), "x".repeat(70_000));
    ways.lost(find());
    assertThat(failing(this::find)).hasMessageEndingWith("is no token: it is too long.");
  }

  @Test
  void an_address_is_asked_with_the_token_of_its_cluster_if_that_can_be_seen() {
    answers.put(VERSION, "{}");
    answers.put(
        CLUSTER, "{\"metadata\":{\"uid\":\"u\"},\"spec\":{\"authOptions\":{\"mode\":\"token\"}}}");
    answers.put("/api/v1/namespaces/demo/secrets/demo", "{\"data\":{\"auth_token\":\"bWluZQ==\"}}");

    RayEndpoint endpoint = ways.to(this::api, Map.of(), "demo", "demo", RayAddress.at(url()));
    assertThat(endpoint.headers().get()).containsExactly(Map.entry("Authorization", "Bearer mine"));
    RayEndpoint other = ways.to(this::api, Map.of(), "demo", "other", RayAddress.at(url()));
    assertThat(other.headers().get()).isEmpty();
  }

  @Test
  void headers_of_the_user_go_with_each_request_and_win() {
    answers.put(VERSION, "{}");
    RayAddress address =
        new RayAddress(url(), Map.of("authorization", "Basic mine", "X-Team", "a"), "");
    RayEndpoint endpoint =
        ways.to(this::api, Map.of("RAY_AUTH_TOKEN", "other"), "demo", "", address);

    assertThat(endpoint.headers().get())
        .isEqualTo(Map.of("Authorization", "Basic mine", "X-Team", "a"));
    assertThat(asked).contains(VERSION + " Basic mine");
    assertThat(ways.to(this::api, Map.of(), "demo", "", RayAddress.at(url())).headers().get())
        .isEmpty();
  }

  @Test
  void an_address_goes_for_its_cluster_also_when_it_is_not_given_again() {
    answers.put(VERSION, "{}");
    RayAddress address = new RayAddress(url(), Map.of("X-Team", "a"), "");
    ways.to(this::api, Map.of(), "demo", "demo", address);

    RayEndpoint later = find();
    assertThat(later.base()).hasToString(url());
    assertThat(later.headers().get()).isEqualTo(Map.of("X-Team", "a"));
    assertThat(later.words()).startsWith("the address ");
    assertThat(failing(() -> ways.to(this::api, Map.of(), "demo", "x", RayAddress.NONE)))
        .as("another cluster")
        .hasMessageStartingWith("There is no RayCluster x");

    // Another one of that name has another dashboard.
    cluster("uid-2");
    now = now.plusSeconds(60);
    route();
    assertThat(find().words()).contains("ray-dashboard-demo");
  }

  @Test
  void an_address_that_leads_nowhere_is_soon_forgotten() {
    answers.put(VERSION, "{}");
    route();
    RayAddress wrong = RayAddress.at("http://no.such.invalid");
    ways.introduce(api().access().identity(), "demo", "demo", wrong);

    assertThat(failing(this::find)).hasMessageContaining("no.such.invalid");
    assertThat(failing(this::find)).as("told again").hasMessageContaining("no.such.invalid");
    now = now.plusSeconds(31);
    assertThat(failing(this::find)).as("once more").hasMessageContaining("no.such.invalid");
    assertThat(find().words()).contains("ray-dashboard-demo");
  }

  @Test
  void addresses_that_lead_nowhere_say_why() {
    assertThat(
            failing(
                () ->
                    ways.to(
                        this::api, Map.of(), "demo", "", RayAddress.at("http://no.such.invalid"))))
        .hasMessageEndingWith("cannot be reached: there is no such host.");
    for (String bad : List.of("http://user:word@host", "http://host?a=b", "a b")) {
      assertThat(failing(() -> ways.to(this::api, Map.of(), "demo", "", RayAddress.at(bad))))
          .hasMessage("The address of Ray's dashboard must look like http://HOST:8265.");
    }
  }

  @Test
  void a_proxy_of_the_context_is_used_for_what_lies_behind_the_server() throws IOException {
    kubeconfig(", proxy-url: \"http://127.0.0.1:3128\"");
    assertThat(api().direct().proxy()).isPresent();
  }
}
