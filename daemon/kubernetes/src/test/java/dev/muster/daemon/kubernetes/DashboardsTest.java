package dev.muster.daemon.kubernetes;

import static dev.muster.daemon.kubernetes.Samples.sample;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.muster.daemon.core.Row;
import dev.muster.daemon.kubernetes.kueue.LocalQueueRow;
import dev.muster.daemon.kubernetes.raycluster.Causes;
import dev.muster.daemon.kubernetes.raycluster.RayClusterRow;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where the dashboard of the cluster demo in the namespace demo is, by what a server has. */
class DashboardsTest {
  private static final String GATEWAYS = "/apis/gateway.networking.k8s.io";
  private static final String ROUTES = "/apis/route.openshift.io";
  private static final String INGRESSES = "/apis/networking.k8s.io";
  private static final String REACHED =
      "; within Kubernetes http://demo-head-svc.demo.svc:8265, from here by"
          + " 'muster dashboard raycluster demo -n demo'";

  @TempDir Path directory;

  private final Map<String, String> answers = new HashMap<>();
  private HttpServer server;
  private Rig rig;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
    rig = new Rig(directory);
  }

  @AfterEach
  void stop() {
    rig.close();
    server.stop(0);
  }

  /** What is not there is 404, and "403" is forbidden. */
  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String answer = answers.getOrDefault(exchange.getRequestURI().getPath(), "404");
      boolean refused = answer.length() == 3;
      byte[] body = (refused ? "{\"message\":\"no\"}" : answer).getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(refused ? Integer.parseInt(answer) : 200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private void serves(String group, String plural) {
    answers.put(group, "{\"versions\":[{\"version\":\"v1\"}]}");
    String known = answers.getOrDefault(group + "/v1", "{\"resources\":[]}");
    answers.put(
        group + "/v1",
        known.replace(
            "]}", (known.contains("name") ? "," : "") + "{\"name\":\"" + plural + "\"}]}"));
  }

  private void has(String group, String namespace, String plural, String yaml) {
    serves(group, plural);
    String at = namespace.isEmpty() ? "" : "/namespaces/" + namespace;
    String items =
        yaml.length() == 3 ? yaml : "{\"items\":[" + Yaml.json(Samples.yaml(yaml)) + "]}";
    answers.put(group + "/v1" + at + "/" + plural, items);
  }

  private JsonNode details(Row row) throws IOException {
    Path file = directory.resolve("kubeconfig");
    Files.writeString(
        file,
        """
        clusters: [{name: c, cluster: {server: "http://127.0.0.1:%d"}}]
        users: [{name: somebody, user: {token: t}}]
        contexts: [{name: here, context: {cluster: c, user: somebody}}]
        current-context: here
        """
            .formatted(server.getAddress().getPort()));
    return Yaml.fromJson(rig.source.details(rig.caller(file), Rig.in("demo"), row));
  }

  private JsonNode details() throws IOException {
    return details(
        RayClusterRow.of("id", sample("raycluster-3-ready.yaml"), Causes.NONE, Instant.EPOCH));
  }

  private static String shown(JsonNode details) {
    return details.path("dashboard").asText()
        + " "
        + details.path("dashboardBy").asText()
        + details.path("dashboardNote").asText();
  }

  @Test
  void without_any_way_in_it_is_said_how_it_is_reached_all_the_same() throws IOException {
    JsonNode details = details();

    assertThat(details.path("dashboard").asText("x")).isEmpty();
    assertThat(details.path("dashboardNote").asText()).isEqualTo("not exposed" + REACHED);
    assertThat(details.path("uri").asText()).isEqualTo("ray://demo-head-svc.demo.svc:10001");
  }

  @Test
  void what_may_not_be_seen_is_no_failure_and_said() throws IOException {
    has(GATEWAYS, "", "httproutes", "403");
    has(GATEWAYS, "demo", "httproutes", "403");
    has(INGRESSES, "demo", "ingresses", "403");

    assertThat(details().path("dashboardNote").asText())
        .isEqualTo("not exposed, as far as you may see: not httproutes, ingresses" + REACHED);
  }

  @Test
  void a_server_that_fails_leaves_the_rest_of_the_details() throws IOException {
    has(INGRESSES, "demo", "ingresses", "500");

    JsonNode details = details();

    assertThat(details.path("dashboardNote").asText())
        .startsWith("whether it is exposed is not known (Cannot list ingresses")
        .endsWith(REACHED);
    assertThat(details.path("workers").path("desired").asInt()).isEqualTo(2);
  }

  @Test
  void an_http_route_has_the_host_of_its_gateways_listener() throws IOException {
    has(
        GATEWAYS,
        "",
        "httproutes",
        "{metadata: {name: r, namespace: apps}, spec: {parentRefs: [{name: main, namespace: net,"
            + " sectionName: tls}], rules: [{matches: [{path: {value: /ray/demo/demo}}]}]}}");
    has(
        GATEWAYS,
        "net",
        "gateways",
        "{metadata: {name: main}, spec: {listeners: [{name: plain, protocol: HTTP},"
            + " {name: tls, protocol: HTTPS, hostname: ai.example.org}]}}");

    assertThat(shown(details())).isEqualTo("https://ai.example.org/ray/demo/demo HTTPRoute/r");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          h.example.org | HTTP  | http://h.example.org HTTPRoute/r
          h.example.org | HTTPS | https://h.example.org HTTPRoute/r
          """)
  void an_http_route_of_the_own_namespace_is_found_where_no_other_may_be_seen(
      String host, String protocol, String shown) throws IOException {
    has(GATEWAYS, "", "httproutes", "403");
    has(
        GATEWAYS,
        "demo",
        "httproutes",
        "{metadata: {name: r, namespace: demo}, spec: {hostnames: [%s], parentRefs: [{name: g}],"
                .formatted(host)
            + " rules: [{matches: [{path: {value: /}}]}]}}");
    has(
        GATEWAYS,
        "demo",
        "gateways",
        "{metadata: {name: g}, spec: {listeners: [{protocol: %s}]}}".formatted(protocol));

    assertThat(shown(details())).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {metadata: {name: ray-dashboard-demo}, spec: {host: d.example.org, tls: {termination: edge}}} | https://d.example.org Route/ray-dashboard-demo
          {metadata: {name: demo-head-route}, spec: {path: /x}, status: {ingress: [{host: s.example.org}]}} | http://s.example.org/x Route/demo-head-route
          {metadata: {name: demo-ingress-7}, spec: {host: d.example.org}} | http://d.example.org Route/demo-ingress-7
          """)
  void a_route_is_found_by_its_name(String route, String shown) throws IOException {
    has(ROUTES, "demo", "routes", route);

    assertThat(shown(details())).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {metadata: {name: ray-dashboard-demo}, spec: {tls: [{hosts: [i.example.org]}], rules: [{host: i.example.org, http: {paths: [{path: /}]}}]}} | https://i.example.org Ingress/ray-dashboard-demo
          {metadata: {name: demo-head-ingress}, spec: {rules: [{http: {paths: [{path: /demo/(.*)}]}}]}, status: {loadBalancer: {ingress: [{ip: 192.0.2.7}]}}} | http://192.0.2.7/demo/ Ingress/demo-head-ingress
          """)
  void an_ingress_is_found_by_its_name(String ingress, String shown) throws IOException {
    has(INGRESSES, "demo", "ingresses", ingress);

    assertThat(shown(details())).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {metadata: {name: ray-dashboard-other}, spec: {rules: [{host: o.example.org}]}}
          {metadata: {name: ray-dashboard-demo}, spec: {rules: [{host: '*.example.org'}]}}
          """)
  void what_is_another_clusters_or_has_no_host_leads_nowhere(String ingress) throws IOException {
    has(INGRESSES, "demo", "ingresses", ingress);

    assertThat(details().path("dashboardNote").asText()).isEqualTo("not exposed" + REACHED);
  }

  @Test
  void only_a_cluster_has_a_dashboard() throws IOException {
    Row queue =
        LocalQueueRow.RESOURCE
            .projector()
            .row("id", Samples.yaml("{metadata: {name: q, namespace: demo}}"), Instant.EPOCH);

    assertThat(details(queue).has("dashboardNote")).isFalse();
  }
}
