package dev.muster.cli.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cli.ExitCode;
import dev.muster.cli.FakeDaemon;
import dev.muster.cli.Samples;
import dev.muster.cli.Shell;
import dev.muster.cli.Shell.Result;
import dev.muster.v1.ContextEntry;
import dev.muster.v1.GetReply;
import dev.muster.v1.ListContextsReply;
import dev.muster.v1.LoginReply;
import dev.muster.v1.LoginRequest;
import dev.muster.v1.LogoutReply;
import dev.muster.v1.LogoutRequest;
import dev.muster.v1.Target;
import dev.muster.v1.UseContextReply;
import dev.muster.v1.UseContextRequest;
import dev.muster.v1.WhoAmIReply;
import dev.muster.v1.WhoAmIRequest;
import io.grpc.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessCommandsTest {
  private static final String URL = "https://api.example.org:6443";
  private static final LoginReply DONE =
      LoginReply.newBuilder()
          .setServer(URL)
          .setUser("alice")
          .setContext("alice@api")
          .setFile("/home/ada/.kube/config")
          .build();

  private final FakeDaemon daemon = new FakeDaemon();
  @TempDir Path directory;
  private Shell shell;

  @BeforeEach
  void open() {
    shell = new Shell(directory, daemon);
  }

  @AfterEach
  void stop() {
    daemon.stop();
  }

  private LoginRequest asked(int index) {
    LoginRequest request = daemon.request(index);
    return request.toBuilder().clearCaller().build();
  }

  private static LoginRequest.Builder token(String token) {
    return LoginRequest.newBuilder().setTarget(Target.getDefaultInstance()).setToken(token);
  }

  @Test
  void a_login_says_where_it_led() {
    daemon.answers(DONE.toBuilder().addWarnings("careful").build());

    Result result =
        shell.run(
            "login",
            "kubernetes",
            "-s",
            URL,
            "-t",
            "secret",
            "--certificate-authority",
            "ca.pem",
            "--context",
            "lab",
            "-n",
            "team-a");

    assertThat(result)
        .isEqualTo(
            new Result(
                ExitCode.DONE,
                "Logged into '" + URL + "'\n",
                "warning: careful\nas alice, context alice@api in /home/ada/.kube/config\n"));
    assertThat(asked(0))
        .isEqualTo(
            token("secret")
                .setServer(URL)
                .setCertificateAuthority("ca.pem")
                .setTarget(Target.newBuilder().setContext("lab").setNamespace("team-a"))
                .build());
  }

  @Test
  void a_token_comes_from_a_file_or_from_standard_input() throws IOException {
    Files.writeString(directory.resolve("token"), "from-file\n");
    daemon.answers(DONE, DONE);

    shell.run("login", "--server=" + URL, "--token-file", "token", "--insecure-skip-tls-verify");
    shell.typing("from-input\n").run("login", "--server=" + URL, "--token", "-");

    assertThat(asked(0))
        .isEqualTo(token("from-file").setServer(URL).setInsecureSkipTlsVerify(true).build());
    assertThat(asked(1)).isEqualTo(token("from-input").setServer(URL).build());
  }

  @Test
  void a_kubeconfig_is_chosen_or_the_default_one_again() {
    daemon.answers(DONE, DONE);

    shell.run("login", "--configpath=lab.config");
    shell.run("login", "--configpath=");

    assertThat(asked(0)).isEqualTo(token("").setConfigPath("lab.config").build());
    assertThat(asked(1)).isEqualTo(token("").setConfigPath("").build());
  }

  @Test
  void what_is_missing_is_asked_for_on_a_terminal() {
    daemon.answers(DONE);

    Result result = shell.terminal().typing(URL + "\nsecret\n").run("login");

    assertThat(result.code()).isEqualTo(ExitCode.DONE);
    assertThat(result.err())
        .contains("Server (empty: that of the current context): ")
        .contains("Token: ")
        .doesNotContain("secret");
    assertThat(asked(0)).isEqualTo(token("secret").setServer(URL).build());
  }

  @Test
  void what_is_missing_is_said_where_nobody_can_be_asked() throws IOException {
    Files.writeString(directory.resolve("empty"), "\n");

    assertThat(shell.run("login", "-s", URL))
        .isEqualTo(
            new Result(
                ExitCode.USAGE,
                "",
                "muster: a login needs a token: --token-file FILE, or --token - to read it from standard input\n"));
    assertThat(shell.run("login", "-t", "-").err()).contains("--token -: standard input is empty");
    assertThat(shell.run("login", "--token-file", "none").err()).contains("none is not there");
    assertThat(shell.run("login", "--token-file", "empty").err()).contains("empty is empty");
    assertThat(shell.run("login", "--token-file", ".").err()).contains("cannot be read");
    assertThat(shell.run("login", "-t", "a", "--token-file", "b").err())
        .contains("--token and --token-file do not go together");
    assertThat(shell.run("login", "mainframe").err())
        .contains("there is nothing called 'mainframe' to log in to");
    assertThat(shell.typing("x".repeat(70_000)).run("login", "-t", "-").err())
        .contains("too long for a token");
    assertThat(shell.terminal().typing("\n\n").run("login").err()).contains("no token was given");
    assertThat(daemon.requests()).isEmpty();
  }

  @Test
  void a_refused_token_ends_with_the_code_for_that() {
    daemon.refuses(Status.UNAUTHENTICATED, URL + " refused the credentials");

    Result result = shell.terminal().run("login", "-s", URL, "-t", "wrong");

    assertThat(result)
        .isEqualTo(
            new Result(ExitCode.NOT_ALLOWED, "", "muster: " + URL + " refused the credentials\n"));
  }

  @Test
  void a_logout_says_of_what() {
    daemon.answers(
        LogoutReply.newBuilder().setLoggedIn(true).setServer(URL).build(),
        LogoutReply.getDefaultInstance());

    assertThat(shell.run("logout", "--context", "lab"))
        .isEqualTo(new Result(ExitCode.DONE, "Successfully logged out of '" + URL + "'\n", ""));
    assertThat(daemon.<LogoutRequest>request(0).getTarget().getContext()).isEqualTo("lab");
    assertThat(shell.run("logout")).isEqualTo(new Result(ExitCode.DONE, "Not logged in\n", ""));
  }

  private static WhoAmIReply who() {
    return WhoAmIReply.newBuilder()
        .setUser("alice")
        .setUid("7")
        .addGroups("team-a")
        .addGroups("system:authenticated")
        .setServer(URL)
        .setContext("lab")
        .setNamespace("team-a")
        .setFile("/home/ada/.kube/config")
        .setExpiresAtMs(1_800_000_000_000L)
        .build();
  }

  @Test
  void one_is_who_the_server_says() {
    daemon.answers(who(), WhoAmIReply.newBuilder().setServer(URL).setContext("c").build());

    assertThat(shell.run("whoami", "--as", "bob").out())
        .isEqualTo(
            """
            User:       alice
            Groups:     team-a, system:authenticated
            Server:     https://api.example.org:6443
            Context:    lab
            Namespace:  team-a
            Kubeconfig: /home/ada/.kube/config
            Expires:    2027-01-15T08:00:00Z
            """);
    assertThat(daemon.<WhoAmIRequest>request(0).getTarget().getAs()).isEqualTo("bob");
    assertThat(shell.run("whoami").out()).startsWith("User:       -\nServer:");
  }

  @Test
  void a_script_gets_the_same_as_a_record() {
    daemon.answers(who());

    assertThat(shell.run("whoami", "-o", "json").out())
        .contains("\"user\": \"alice\"")
        .contains("\"uid\": \"7\"")
        .contains("\"kubeconfig\": \"/home/ada/.kube/config\"")
        .contains("\"expires\": \"2027-01-15T08:00:00Z\"");
  }

  private static ContextEntry context(String name, boolean current) {
    return ContextEntry.newBuilder()
        .setName(name)
        .setServer(URL)
        .setUser("u-" + name)
        .setNamespace("default")
        .setCurrent(current)
        .setFile("/home/ada/.kube/config")
        .build();
  }

  @Test
  void contexts_are_listed_with_the_current_one_marked() {
    ListContextsReply two =
        ListContextsReply.newBuilder()
            .addContexts(context("lab", true))
            .addContexts(context("work", false))
            .build();
    daemon.answers(two, two, two, ListContextsReply.getDefaultInstance());

    assertThat(shell.run("list", "contexts").out().lines().skip(1))
        .containsExactly(
            "*\tlab\t" + URL + "\tu-lab\tdefault\t/home/ada/.kube/config",
            "\twork\t" + URL + "\tu-work\tdefault\t/home/ada/.kube/config");
    assertThat(shell.run("list", "context", "-o", "json").out())
        .contains("\"name\": \"lab\"")
        .contains("\"current\": true");
    assertThat(shell.terminal().run("list", "context").out()).contains("CURRENT").contains("lab");
    assertThat(shell.run("list", "context").err())
        .contains("No contexts found; `muster login` makes one");
  }

  @Test
  void a_context_is_made_the_current_one() {
    daemon.answers(UseContextReply.newBuilder().setContext(context("lab", true)).build());

    Result result = shell.run("use", "context", "lab");

    assertThat(result.out()).isEqualTo("Using context lab\n");
    assertThat(result.err()).isEqualTo("server " + URL + ", in /home/ada/.kube/config\n");
    assertThat(daemon.<UseContextRequest>request(0).getName()).isEqualTo("lab");
    assertThat(shell.run("use", "context").code()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void a_command_that_was_refused_offers_a_login_and_goes_on() {
    daemon
        .refuses(Status.UNAUTHENTICATED, "The token was refused; sign in with `muster login`.")
        .answers(DONE, GetReply.newBuilder().setResource(Samples.demo()).build());

    Result result =
        shell
            .terminal()
            .typing("y\n" + URL + "\nsecret\n")
            .run("status", "raycluster", "demo", "--context", "lab", "-n", "team-a");

    assertThat(result.code()).isEqualTo(ExitCode.DONE);
    assertThat(result.err())
        .startsWith("muster: The token was refused; sign in with `muster login`.\n")
        .contains("Log in now, and go on then? [y/N] ")
        .contains("Logged into '" + URL + "'\n");
    assertThat(result.out()).startsWith("state:  READY\n").doesNotContain("Logged");
    assertThat(asked(1))
        .isEqualTo(
            token("secret")
                .setServer(URL)
                .setTarget(Target.newBuilder().setContext("lab"))
                .build());
  }

  @Test
  void whoever_declines_the_login_gets_the_code_of_the_refusal() {
    daemon.refuses(Status.UNAUTHENTICATED, "not you");

    Result result = shell.terminal().typing("n\n").run("status", "raycluster", "demo");

    assertThat(result.code()).isEqualTo(ExitCode.NOT_ALLOWED);
    assertThat(result.err()).isEqualTo("muster: not you\nLog in now, and go on then? [y/N] ");
    assertThat(daemon.requests()).hasSize(1);
  }

  @Test
  void nobody_is_asked_without_a_terminal() {
    daemon.refuses(Status.UNAUTHENTICATED, "No kubeconfig was found: sign in with `muster login`.");

    Result result = shell.typing("y\n").run("status", "raycluster", "demo");

    assertThat(result)
        .isEqualTo(
            new Result(
                ExitCode.NOT_ALLOWED,
                "",
                "muster: No kubeconfig was found: sign in with `muster login`.\n"));
  }
}
