package dev.muster.daemon.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.muster.daemon.core.Caller;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.core.SignIn;
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
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who one is, asked of servers of every age. */
class VerificationTest {
  private static final String REVIEW = "/apis/authentication.k8s.io/v1/selfsubjectreviews";
  private static final String MAY_I = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";

  @TempDir Path directory;

  /** "CODE BODY" by path; anything else is not there. */
  private final Map<String, String> answers = new ConcurrentHashMap<>();

  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
  private HttpServer server;
  private Rig rig;
  private SignIn signIn;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
    rig = new Rig(directory);
    signIn = rig.source.signIn().orElseThrow();
  }

  @AfterEach
  void stop() {
    rig.close();
    server.stop(0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      requests.add(path + " " + exchange.getRequestHeaders().getFirst("Impersonate-User"));
      String[] answer = answers.getOrDefault(path, "404 {}").split(" ", 2);
      byte[] bytes = answer[1].getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(Integer.parseInt(answer[0]), bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private Caller caller() {
    return new Caller(directory, Map.of("HOME", directory.toString()), false);
  }

  private SignIn.LoggedIn login() {
    return signIn.login(
        caller(), Target.DEFAULT, new SignIn.Login(url(), "secret", "", false, Optional.empty()));
  }

  private Failure refused() {
    return catchThrowableOfType(Failure.class, this::login);
  }

  @Test
  void a_server_says_who_one_is() {
    answers.put(
        REVIEW,
        "201 {\"status\":{\"userInfo\":{\"username\":\"alice\",\"uid\":\"7\",\"groups\":[\"a\",\"b\"]}}}");

    assertThat(login().user()).isEqualTo("alice");
    SignIn.WhoAmI who = signIn.whoAmI(caller(), new Target("", "", "", false, "bob"));
    assertThat(who.uid()).isEqualTo("7");
    assertThat(who.groups()).containsExactly("a", "b");
    assertThat(requests).containsExactly(REVIEW + " null", REVIEW + " bob");
  }

  @Test
  void an_older_server_says_only_that_the_token_is_taken() throws IOException {
    answers.put(MAY_I, "201 {}");

    SignIn.LoggedIn done = login();

    assertThat(done.user()).isEmpty();
    assertThat(done.context()).isEqualTo("token@127-0-0-1:" + server.getAddress().getPort());
    assertThat(Files.readString(directory.resolve(".kube/config"))).contains("token: secret");
  }

  @Test
  void a_server_without_any_review_is_asked_for_its_version() {
    answers.put(REVIEW, "403 {\"message\":\"alice may not review\"}");
    answers.put("/version", "200 {}");

    assertThat(login().user()).isEmpty();
    assertThat(requests).containsExactly(REVIEW + " null", MAY_I + " null", "/version null");
  }

  @Test
  void a_token_that_only_some_answers_refuse_is_refused() {
    answers.put(MAY_I, "401 {}");
    assertThat(refused().kind()).isEqualTo(Failure.Kind.NOT_LOGGED_IN);

    answers.put(REVIEW, "403 {\"message\":\"User \\\"system:anonymous\\\" cannot create\"}");
    assertThat(refused()).hasMessageContaining("knows you as nobody");

    answers.put(REVIEW, "201 {\"status\":{\"userInfo\":{\"username\":\"system:anonymous\"}}}");
    assertThat(refused().kind()).isEqualTo(Failure.Kind.NOT_LOGGED_IN);
    assertThat(directory.resolve(".kube/config")).doesNotExist();
  }

  @Test
  void a_server_that_is_ill_is_no_reason_to_write_anything() {
    answers.put(REVIEW, "500 {\"message\":\"etcd is away\"}");

    assertThat(refused()).hasMessageContaining("etcd is away").hasMessageNotContaining("secret");
    answers.remove(REVIEW);
    answers.put(MAY_I, "500 {\"message\":\"etcd is away\"}");
    assertThat(refused().kind()).isEqualTo(Failure.Kind.FAILED);
    assertThat(directory.resolve(".kube/config")).doesNotExist();
  }
}
