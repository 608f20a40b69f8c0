package dev.muster.daemon.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.muster.daemon.core.Caller;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.core.Observation;
import dev.muster.daemon.core.Source.ContextEntry;
import dev.muster.daemon.core.Target;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What is made of answers that no healthy server gives: each becomes one sentence and one kind of
 * failure.
 */
class AnswersTest {
  private static final Target HERE = Rig.in("team");
  private static final String GROUP =
      "{\"versions\":[{\"version\":\"v1\"},{\"version\":\"v1alpha1\"}]}";
  private static final String RESOURCES = "{\"resources\":[{\"name\":\"rayclusters\"}]}";

  @TempDir Path directory;

  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
  private HttpServer server;
  private Rig rig;
  private volatile int code;
  private volatile String answer = "";

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

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      requests.add(
          path
              + " "
              + exchange.getRequestHeaders().getFirst("Authorization")
              + " "
              + exchange.getRequestHeaders().getFirst("Impersonate-User"));
      boolean discovery = path.equals("/apis/ray.io") || path.equals("/apis/ray.io/v1");
      String body = path.equals("/apis/ray.io") ? GROUP : discovery ? RESOURCES : answer;
      exchange.getResponseHeaders().add("Retry-After", "1");
      exchange.getResponseHeaders().add("Location", "/elsewhere");
      int status = discovery ? 200 : path.equals("/apis/ray.io/v1alpha1") ? 404 : code;
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private Caller caller(String user) throws IOException {
    Path file = directory.resolve("kubeconfig");
    Files.writeString(
        file,
        """
        clusters: [{name: c, cluster: {server: "http://127.0.0.1:%d"}}]
        users: [{name: somebody, user: %s}]
        contexts: [{name: here, context: {cluster: c, user: somebody}}]
        current-context: here
        """
            .formatted(server.getAddress().getPort(), user));
    return rig.caller(file);
  }

  private Failure listing() throws IOException {
    Caller caller = caller("{token: canary-9}");
    return catchThrowableOfType(
        Failure.class, () -> rig.source.listLive(caller, HERE, "raycluster"));
  }

  private String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          401 | Unauthorized | '' | NOT_LOGGED_IN | The token for URL (user somebody) was refused or has expired; sign in with `muster login`.
          403 | forbidden: no | '' | FORBIDDEN | You may not list rayclusters in the namespace team: forbidden: no.
          404 | not found | rayclusters | NOT_FOUND | Cannot list rayclusters in the namespace team: there is none.
          404 | not found | '' | FAILED | The server URL has no rayclusters.
          404 | namespaces "team" not found | namespaces | NOT_FOUND | Cannot list rayclusters in the namespace team: namespaces "team" not found.
          409 | was changed | '' | FAILED | Cannot list rayclusters in the namespace team: was changed.
          400 | strict decoding error | '' | USAGE | Cannot list rayclusters in the namespace team: strict decoding error.
          429 | slow down | '' | NO_ANSWER | URL is too busy to list rayclusters in the namespace team; try again later.
          500 | broken | '' | FAILED | Cannot list rayclusters in the namespace team: URL answered HTTP 500: broken.
          302 | moved | '' | FAILED | Cannot list rayclusters in the namespace team: URL answered HTTP 302: moved.
          """)
  void a_refusal_is_one_sentence(
      int status, String message, String about, Failure.Kind kind, String sentence)
      throws IOException {
    code = status;
    answer =
        "{\"kind\":\"Status\",\"message\":\"%s\",\"details\":{\"kind\":\"%s\"}}"
            .formatted(message.replace("\"", "\\\""), about);

    Failure failure = listing();

    assertThat(failure).hasMessage(sentence.replace("URL", url()));
    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(requests).noneMatch(request -> request.startsWith("/elsewhere"));
  }

  @Test
  void everything_that_is_invalid_is_named() throws IOException {
    code = 422;
    answer =
        "{\"message\":\"x\",\"details\":{\"causes\":[{\"field\":\"spec.a\",\"message\":\"Required\"},{\"message\":\"bad\"}]}}";

    assertThat(listing())
        .hasMessage("Cannot list rayclusters in the namespace team: spec.a: Required; bad.")
        .extracting(Failure::kind)
        .isEqualTo(Failure.Kind.USAGE);
  }

  @Test
  void a_proxys_page_is_not_shown() throws IOException {
    code = 502;
    answer = "<html>Bad gateway</html>";

    assertThat(listing()).hasMessageEndingWith("answered HTTP 502: HTTP 502.");
  }

  @Test
  void an_answer_that_is_no_list_is_no_answer() throws IOException {
    code = 200;
    answer = "[]";

    assertThat(listing()).extracting(Failure::kind).isEqualTo(Failure.Kind.NO_ANSWER);
  }

  @Test
  void a_watch_says_why_it_cannot_be_had() throws IOException {
    code = 503;
    answer = "{\"message\":\"etcd is away.\"}";

    Observation observation = rig.watched(caller("{token: t}"), HERE);

    assertThat(observation.reason()).isEqualTo(url() + " answered HTTP 503: etcd is away");
  }

  @ParameterizedTest
  @CsvSource({"401, true", "403, false", "503, false"})
  void a_credential_that_is_not_taken_is_told_from_other_refusals(int status, boolean signedOut)
      throws IOException {
    code = status;
    answer = "{\"message\":\"no\"}";
    Caller caller = caller("{token: t}");
    rig.watched(caller, HERE);

    assertThat(rig.source.signedOut(rig.source.resolve(caller, HERE), "raycluster"))
        .isEqualTo(signedOut);
    assertThat(rig.source.absent(rig.source.resolve(caller, HERE), "raycluster")).isFalse();
  }

  @Test
  void whoever_may_not_list_all_namespaces_is_told_to_name_one() throws IOException {
    code = 403;
    answer = "{\"message\":\"no\"}";
    Caller caller = caller("{token: t}");

    assertThat(
            catchThrowableOfType(
                Failure.class, () -> rig.source.listLive(caller, Rig.everywhere(), "raycluster")))
        .hasMessage(
            "You may not list rayclusters in all namespaces: no. Name one namespace with -n.");
  }

  @Test
  void names_and_passwords_and_impersonation_are_sent() throws IOException {
    code = 200;
    answer = "{\"items\":[],\"metadata\":{\"resourceVersion\":\"1\"}}";
    Caller caller = caller("{username: u, password: p, as: bob}");

    assertThat(rig.source.listLive(caller, Rig.everywhere(), "raycluster")).isEmpty();
    assertThat(requests)
        .contains("/apis/ray.io/v1/rayclusters Basic dTpw bob")
        .allMatch(request -> request.endsWith(" Basic dTpw bob"));
  }

  @Test
  void no_token_is_in_any_failure() throws IOException {
    code = 401;
    answer = "{}";
    Failure failure = listing();
    StringBuilder all = new StringBuilder();
    for (Throwable t = failure; t != null; t = t.getCause()) {
      all.append(t);
    }

    assertThat(all.toString()).doesNotContain("canary-9");
  }

  @Test
  void one_resource_needs_one_namespace() throws IOException {
    Caller caller = caller("{token: t}");

    assertThat(
            catchThrowableOfType(
                Failure.class,
                () -> rig.source.getLive(caller, Rig.everywhere(), "raycluster", "a")))
        .hasMessage("One resource is in one namespace: name it with --namespace.");
    assertThat(
            catchThrowableOfType(
                Failure.class, () -> rig.source.getLive(caller, HERE, "raycluster", "../b")))
        .hasMessageStartingWith("\"../b\" is not a name");
    assertThat(
            catchThrowableOfType(
                Failure.class, () -> rig.source.listLive(caller, Rig.in("../x"), "raycluster")))
        .hasMessageStartingWith("\"../x\" is not a namespace");
    assertThat(
            catchThrowableOfType(
                Failure.class,
                () -> rig.source.ensureWatched(caller, HERE, "teapot", Rig.PATIENCE)))
        .hasMessageContaining("teapot");
  }

  @Test
  void a_manifest_for_elsewhere_is_refused() throws IOException {
    Caller caller = caller("{token: t}");
    String yaml =
        rig.source
            .define(caller, Rig.in("there"), "raycluster", "a", Rig.bare(Map.of()), "")
            .yaml();

    assertThat(
            catchThrowableOfType(
                Failure.class,
                () -> rig.source.create(caller, HERE, "raycluster", yaml, "a.yaml", false)))
        .hasMessage(
            "a.yaml is for the namespace there, but team was asked for; drop one of the two.");
  }

  @Test
  void a_source_says_what_it_is_and_where_one_can_go() throws IOException {
    assertThat(rig.source.name()).isEqualTo("kubernetes");
    assertThat(rig.source.kinds())
        .extracting(kind -> kind.name())
        .containsExactly(
            "raycluster",
            "appwrapper",
            "workload",
            "localqueue",
            "clusterqueue",
            "resourceflavor",
            "workloadpriorityclass",
            "rayjob",
            "rayservice",
            "workergroup",
            "node",
            "queued",
            "job");
    assertThat(rig.source.contexts(caller("{token: t}"), Target.DEFAULT))
        .extracting(ContextEntry::name, ContextEntry::namespace)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("here", "default"));
    assertThat(rig.source.watches()).isEmpty();
  }
}
