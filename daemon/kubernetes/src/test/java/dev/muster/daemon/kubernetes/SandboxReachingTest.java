package dev.muster.daemon.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.core.Caller;
import dev.muster.daemon.core.Cancellation;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.core.Reaching.ForwardListener;
import dev.muster.daemon.core.Reaching.Port;
import dev.muster.daemon.core.Target;
import dev.muster.daemon.kubernetes.reach.Reach;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What people reach by a cluster's ways: ports, its dashboard's address, its token, its logs. */
class SandboxReachingTest extends SandboxReachFixture {
  private static final String LOGS = "/tmp/ray/session_latest/logs";

  private final HttpClient http = HttpClient.newHttpClient();
  private final Told told = new Told();
  private final Cancellation cancellation = new Cancellation();
  private final List<Thread> forwarding = new ArrayList<>();
  private StandInDashboard dashboard;
  private Reach reach;

  /** What somebody who holds ports open is told. */
  private static final class Told implements ForwardListener {
    final BlockingQueue<List<Port>> open = new LinkedBlockingQueue<>();
    final BlockingQueue<String> sentences = new LinkedBlockingQueue<>();

    @Override
    public void open(List<Port> ports, String words) {
      sentences.add(words);
      open.add(ports);
    }

    @Override
    public void changed(String sentence) {
      sentences.add(sentence);
    }

    @Override
    public void note(String sentence) {
      sentences.add(sentence);
    }

    List<Port> ports() throws InterruptedException {
      return open.poll(30, TimeUnit.SECONDS);
    }

    String next() throws InterruptedException {
      return sentences.poll(30, TimeUnit.SECONDS);
    }
  }

  @BeforeEach
  void start() throws IOException {
    dashboard = new StandInDashboard();
    reach = reach(InstantSource.system());
  }

  @AfterEach
  void stop() throws InterruptedException {
    cancellation.cancel();
    for (Thread thread : forwarding) {
      thread.join();
    }
    http.shutdownNow();
    dashboard.close();
  }

  private void listening() {
    DashboardInPlace.of(sandbox, namespace, head(), dashboard.socket());
  }

  private void forward(String kind, String name, Port... ports) {
    forwarding.add(
        Thread.ofVirtual()
            .start(
                () ->
                    reach.forward(
                        admin(), Target.DEFAULT, kind, name, List.of(ports), told, cancellation)));
  }

  private int ask(int port) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/version")).build();
    return http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
  }

  private Failure failing(Runnable operation) {
    return catchThrowableOfType(Failure.class, operation::run);
  }

  private void forwardNow(Caller caller, Port... ports) {
    reach.forward(caller, Target.DEFAULT, "raycluster", "demo", List.of(ports), told, cancellation);
  }

  @Test
  void ports_are_held_open_over_a_replaced_head_pod() throws Exception {
    create();
    listening();
    String before = head();

    forward("raycluster", "demo");
    List<Port> ports = told.ports();
    assertThat(ports).extracting(Port::name).containsExactly("dashboard", "client");
    assertThat(ports).extracting(Port::remote).containsExactly(8265, 10001);
    assertThat(told.next()).isEqualTo("a port-forward to the head pod " + before);
    assertThat(ask(ports.getFirst().local())).isEqualTo(200);

    api(kubeconfig()).call("DELETE", "/api/v1/namespaces/" + namespace + "/pods/" + before, null);
    String absent =
        "The RayCluster demo in the namespace "
            + namespace
            + " cannot be reached: no head pod of it runs.";
    // Whether that is seen depends on how soon there is another one.
    String next = told.next();
    String connected = next.equals(absent) ? told.next() : next;
    assertThat(connected).isEqualTo("Connected again, to the head pod " + head() + ".");
    listening();
    assertThat(ask(ports.getFirst().local())).isEqualTo(200);
  }

  @Test
  void where_nothing_listens_in_the_pod_is_said() throws Exception {
    create();
    listening();
    forward("raycluster", "demo", new Port("dashboard", 8265, 0), new Port("client", 10001, 0));
    List<Port> ports = told.ports();
    told.next();

    assertThat(catchThrowableOfType(IOException.class, () -> ask(ports.get(1).local())))
        .isNotNull();

    assertThat(told.next()).isEqualTo("nothing listens on the port 10001 of the head pod");
  }

  @Test
  void a_taken_port_that_was_asked_for_is_refused() throws Exception {
    create();
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      int port = taken.getLocalPort();

      assertThat(failing(() -> forwardNow(admin(), new Port("dashboard", 8265, port))))
          .hasMessage("Port " + port + " of this machine is taken; name another with --port.")
          .extracting(Failure::kind)
          .isEqualTo(Failure.Kind.USAGE);
      // One that was not asked for by number is another one then.
      forward("raycluster", "demo", new Port("dashboard", port, 0));
      assertThat(catchInterrupted(told::ports)).extracting(Port::local).doesNotContain(port);
    }
  }

  private interface Taking<T> {
    T take() throws InterruptedException;
  }

  private static <T> T catchInterrupted(Taking<T> taking) {
    try {
      return taking.take();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void who_may_not_forward_is_told_which_right_is_missing() throws Exception {
    create();

    assertThat(failing(() -> forwardNow(caller(viewer()))))
        .hasMessageContaining("pods/portforward")
        .extracting(Failure::kind)
        .isEqualTo(Failure.Kind.FORBIDDEN);
  }

  @Test
  void what_has_no_cluster_has_no_ports() throws Exception {
    assertThat(failing(() -> forwardNow(admin())))
        .hasMessage("There is no RayCluster demo in the namespace " + namespace + ".");
    assertThat(failing(() -> reach.dashboard(admin(), Target.DEFAULT, "localqueue", "team-a")))
        .hasMessageStartingWith("A \"localqueue\" has no Ray cluster");
    assertThat(failing(() -> reach.dashboard(admin(), Target.DEFAULT, "rayjob", "train")))
        .hasMessage("There is no RayJob train in the namespace " + namespace + ".");
  }

  @Test
  void a_service_is_reached_by_its_active_cluster() throws Exception {
    create();
    listening();
    ObjectNode service =
        (ObjectNode)
            Yaml.JSON.readTree(
                """
                {"apiVersion":"ray.io/v1","kind":"RayService","metadata":{"name":"serving"},
                 "spec":{"rayClusterConfig":{"headGroupSpec":{"rayStartParams":{},
                   "template":{"spec":{"containers":[{"name":"ray-head","image":"ray"}]}}}}}}
                """);
    String path = "/apis/ray.io/v1/namespaces/" + namespace + "/rayservices";
    JsonNode made = api(kubeconfig()).call("POST", path, service);
    assertThat(failing(() -> reach.dashboard(admin(), Target.DEFAULT, "rayservice", "serving")))
        .hasMessage(
            "The rayservice serving in the namespace " + namespace + " has no cluster yet.");
    ObjectNode status = ((ObjectNode) made).putObject("status");
    status.putObject("activeServiceStatus").put("rayClusterName", "demo");
    api(kubeconfig()).call("PUT", path + "/serving/status", made);

    forward("rayservice", "serving");
    List<Port> ports = told.ports();

    assertThat(ports).extracting(Port::name).containsExactly("dashboard", "serve");
    assertThat(ask(ports.getFirst().local())).isEqualTo(200);
  }

  @Test
  void a_dashboard_without_an_address_says_why() throws Exception {
    create();

    assertThat(failing(() -> reach.dashboard(admin(), Target.DEFAULT, "raycluster", "demo")))
        .hasMessage(
            "The dashboard of the RayCluster demo in the namespace "
                + namespace
                + " has no address of its own that can be reached: by an HTTPRoute, Route or"
                + " Ingress: not exposed.")
        .extracting(Failure::kind)
        .isEqualTo(Failure.Kind.NO_ANSWER);
  }

  @Test
  void a_token_is_read_where_the_cluster_wants_one() throws Exception {
    create();
    assertThat(failing(() -> reach.token(admin(), Target.DEFAULT, "demo")).kind())
        .isEqualTo(Failure.Kind.NOT_FOUND);

    api(kubeconfig())
        .call(
            "PATCH",
            "/apis/ray.io/v1/namespaces/" + namespace + "/rayclusters/demo",
            "application/merge-patch+json",
            Yaml.JSON.readTree("{\"spec\":{\"authOptions\":{\"mode\":\"token\"}}}"));
    assertThat(failing(() -> reach.token(caller(viewer()), Target.DEFAULT, "demo")).kind())
        .isEqualTo(Failure.Kind.FORBIDDEN);
    // The operator makes the Secret.
    await()
        .ignoreExceptionsInstanceOf(Failure.class)
        .until(() -> !reach.token(admin(), Target.DEFAULT, "demo").isEmpty());
    String encoded = Base64.getEncoder().encodeToString("secret-4".getBytes());
    tokenIs("\"" + encoded + "\"");
    assertThat(reach.token(admin(), Target.DEFAULT, "demo")).isEqualTo("secret-4");
    tokenIs("null");
    assertThat(failing(() -> reach.token(admin(), Target.DEFAULT, "demo")))
        .hasMessage("The Secret demo has no auth_token in it.");
  }

  private void tokenIs(String json) throws Exception {
    api(kubeconfig())
        .call(
            "PATCH",
            "/api/v1/namespaces/" + namespace + "/secrets/demo",
            "application/merge-patch+json",
            Yaml.JSON.readTree("{\"data\":{\"auth_token\":" + json + "}}"));
  }

  private int collect(Caller caller, String nodes, Path to, List<String> lines) {
    return reach.collectLogs(
        caller, Target.DEFAULT, "raycluster", "demo", nodes, to, lines::add, cancellation);
  }

  @Test
  void the_nodes_log_files_are_copied() throws Exception {
    create();
    Path logs = Files.createDirectories(directory.resolve("logs/old"));
    Files.writeString(logs.resolve("raylet.out"), "one\n");
    Files.writeString(logs.resolveSibling("gcs.out"), "two\n".repeat(100_000));
    Files.createSymbolicLink(logs.resolve("link"), Path.of("raylet.out"));
    sandbox.files().keep(namespace, head(), LOGS, logs.getParent());
    String worker =
        pods("?labelSelector=ray.io%2Fnode-type%3Dworker").at("/0/metadata/name").asText();
    Path to = directory.resolve("copied");
    List<String> lines = new ArrayList<>();

    assertThat(collect(admin(), "all", to, lines)).isEqualTo(2);

    assertThat(lines)
        .containsExactlyInAnyOrder(
            head() + ": 2 files copied",
            worker + ": not copied: tar: " + LOGS + ": Cannot open: No such file or directory");
    assertThat(to.resolve(head()).resolve("old/raylet.out")).hasContent("one");
    assertThat(to.resolve(head()).resolve("gcs.out")).hasSize(400_000);
    assertThat(to.resolve(head()).resolve("old/link")).doesNotExist();
  }

  @Test
  void logs_that_cannot_be_had_are_said() throws Exception {
    assertThat(failing(() -> collect(admin(), "some", directory, new ArrayList<>())))
        .hasMessage("\"some\" are no nodes: name all, head or worker.");
    create();
    assertThat(failing(() -> collect(admin(), "head", directory, new ArrayList<>())))
        .hasMessageStartingWith("No log was copied. demo-head-")
        .hasMessageEndingWith("No such file or directory.");
    assertThat(failing(() -> collect(caller(viewer()), "head", directory, new ArrayList<>())))
        .hasMessageContaining("pods/exec");
    api(kubeconfig())
        .call(
            "PATCH",
            "/apis/ray.io/v1/namespaces/" + namespace + "/rayclusters/demo",
            "application/merge-patch+json",
            Yaml.JSON.readTree("{\"spec\":{\"suspend\":true}}"));
    await()
        .atMost(LONG)
        .untilAsserted(
            () ->
                assertThat(failing(() -> collect(admin(), "worker", directory, new ArrayList<>())))
                    .hasMessage(
                        "There are no logs of the RayCluster demo in the namespace "
                            + namespace
                            + ": no worker pod of it runs."));
  }
}
