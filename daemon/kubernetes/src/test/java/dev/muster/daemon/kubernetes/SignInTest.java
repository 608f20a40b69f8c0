package dev.muster.daemon.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.muster.daemon.core.Caller;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.core.SignIn;
import dev.muster.daemon.core.SignIn.LoggedIn;
import dev.muster.daemon.core.SignIn.Login;
import dev.muster.daemon.core.Target;
import dev.muster.daemon.sandbox.Sandbox;
import dev.muster.daemon.sandbox.SandboxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signing in to a server with a certificate of its own. */
class SignInTest {
  private static final String OTHERS =
      """
      # mine, for years
      apiVersion: v1
      kind: Config
      clusters:
      - name: lab
        cluster: {server: "https://lab.example:6443"}   # do not touch
      users:
      - name: me
        user: {token: lab-token}
      contexts:
      - name: lab
        context: {cluster: lab, user: me, namespace: research}
      current-context: lab
      """;

  @TempDir static Path files;
  @TempDir Path directory;

  private static Sandbox sandbox;

  private final Map<String, String> environment = new HashMap<>();
  private Rig rig;
  private SignIn signIn;
  private Path home;
  private Path authority;

  @BeforeAll
  static void start() {
    sandbox = Sandbox.start(SandboxOptions.fast(files));
  }

  @AfterAll
  static void stop() {
    sandbox.close();
  }

  @BeforeEach
  void open() throws IOException {
    rig = new Rig(directory);
    signIn = rig.source.signIn().orElseThrow();
    environment.put("HOME", directory.toString());
    home = directory.resolve(".kube/config");
    String admin = Files.readString(sandbox.kubeconfig("admin"));
    authority =
        Files.write(
            directory.resolve("ca.pem"),
            Base64.getDecoder().decode(field(admin, "certificate-authority-data")));
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private static String field(String kubeconfig, String name) {
    return kubeconfig
        .lines()
        .filter(line -> line.strip().startsWith(name + ":"))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElseThrow();
  }

  private static String token(String user) throws IOException {
    return field(Files.readString(sandbox.kubeconfig(user)), "token");
  }

  private Caller caller() {
    return new Caller(directory, environment, false);
  }

  private static Target in(String context) {
    return new Target("", context, "", false);
  }

  private LoggedIn login(String user) throws IOException {
    return login(token(user), in(""));
  }

  private LoggedIn login(String token, Target target) {
    return signIn.login(
        caller(), target, new Login(sandbox.url(), token, "ca.pem", false, Optional.empty()));
  }

  private LoggedIn choose(String file) {
    return signIn.login(caller(), Target.DEFAULT, new Login("", "", "", false, Optional.of(file)));
  }

  private String user() {
    return signIn.whoAmI(caller(), Target.DEFAULT).user();
  }

  private void others() throws IOException {
    Files.createDirectories(home.getParent());
    Files.writeString(home, OTHERS);
  }

  private Failure refused(Login login) {
    return catchThrowableOfType(Failure.class, () -> signIn.login(caller(), Target.DEFAULT, login));
  }

  @Test
  void a_token_makes_a_kubeconfig_where_there_is_none() throws IOException {
    LoggedIn done = login("alice");

    assertThat(done.server()).isEqualTo(sandbox.url());
    assertThat(done.user()).isEqualTo("alice");
    assertThat(done.file()).isEqualTo(home.toString());
    assertThat(done.warnings()).isEmpty();
    assertThat(user()).isEqualTo("alice");
    assertThat(rig.source.listLive(caller(), Target.DEFAULT, "raycluster")).isEmpty();
    assertThat(Files.getPosixFilePermissions(home)).hasSize(2);
  }

  @Test
  void a_logout_ends_what_was_watched_with_the_token() throws IOException {
    login("alice");
    assertThat(rig.watched(caller(), Target.DEFAULT).live()).isTrue();

    signIn.logout(caller(), Target.DEFAULT);

    assertThat(rig.source.watches()).isEmpty();
  }

  @Test
  void entries_and_comments_of_others_stay_and_go_back_to_what_they_were() throws IOException {
    others();

    LoggedIn done = login("alice");

    assertThat(Files.readString(home))
        .startsWith("# mine, for years\n")
        .contains("cluster: {server: \"https://lab.example:6443\"}   # do not touch\n")
        .contains("current-context: \"" + done.context() + "\"");
    assertThat(signIn.whoAmI(caller(), Target.DEFAULT).server()).isEqualTo(sandbox.url());

    assertThat(signIn.logout(caller(), Target.DEFAULT).orElseThrow().server())
        .isEqualTo(sandbox.url());
    assertThat(home).hasContent(OTHERS);
    assertThat(signIn.logout(caller(), Target.DEFAULT)).isEmpty();
  }

  @Test
  void another_token_of_the_same_user_replaces_the_first() throws IOException {
    login("alice");
    String once = Files.readString(home);
    login("alice");
    assertThat(home).hasContent(once);

    assertThat(signIn.logout(caller(), Target.DEFAULT)).isPresent();
    assertThat(Files.readString(home)).doesNotContain(token("alice")).contains("users: []");
  }

  @Test
  void two_users_of_one_server_are_two_contexts() throws IOException {
    LoggedIn alice = login("alice");
    LoggedIn viewer = login("viewer");

    assertThat(user()).isEqualTo("viewer");
    assertThat(signIn.whoAmI(caller(), in(alice.context())).user()).isEqualTo("alice");
    assertThat(signIn.use(caller(), Target.DEFAULT, alice.context()).current()).isTrue();
    assertThat(user()).isEqualTo("alice");
    signIn.logout(caller(), in(viewer.context()));
    assertThat(Files.readString(home)).doesNotContain(token("viewer")).contains(token("alice"));
    assertThat(user()).isEqualTo("alice");
  }

  @Test
  void a_context_gets_the_name_and_the_namespace_that_are_asked_for() throws IOException {
    others();
    LoggedIn done = login(token("alice"), new Target("", "work", "team-a", false));

    assertThat(done.context()).isEqualTo("work");
    assertThat(signIn.whoAmI(caller(), Target.DEFAULT).namespace()).isEqualTo("team-a");
  }

  @Test
  void without_a_server_it_is_the_present_one_and_its_namespace() throws IOException {
    login(token("alice"), new Target("", "work", "team-a", false));

    LoggedIn again =
        signIn.login(
            caller(), Target.DEFAULT, new Login("", token("viewer"), "", false, Optional.empty()));

    assertThat(again.server()).isEqualTo(sandbox.url());
    assertThat(signIn.whoAmI(caller(), Target.DEFAULT).namespace()).isEqualTo("team-a");
  }

  @Test
  void a_refused_token_changes_nothing() throws IOException {
    others();
    Failure failure =
        catchThrowableOfType(Failure.class, () -> login("canary-wrong-token", in("")));

    assertThat(failure.kind()).isEqualTo(Failure.Kind.NOT_LOGGED_IN);
    assertThat(failure)
        .hasMessage(sandbox.url() + " refused the credentials; sign in with `muster login`.");
    assertThat(home).hasContent(OTHERS);
    assertThat(signIn.logout(caller(), Target.DEFAULT)).isEmpty();
  }

  @Test
  void tls_is_checked_unless_told_otherwise() throws IOException {
    Failure unknown =
        refused(new Login(sandbox.url(), token("alice"), "", false, Optional.empty()));
    assertThat(unknown.kind()).isEqualTo(Failure.Kind.NO_ANSWER);
    assertThat(unknown).hasMessageContaining("is not signed by a CA that this machine trusts");
    assertThat(home).doesNotExist();

    LoggedIn insecure =
        signIn.login(
            caller(),
            Target.DEFAULT,
            new Login(sandbox.url(), token("alice"), "", true, Optional.empty()));
    assertThat(insecure.warnings())
        .containsExactly(
            "The certificate of "
                + sandbox.url()
                + " is not checked: whoever is in between can read the token.");
    assertThat(Files.readString(home)).contains("insecure-skip-tls-verify: true");

    login("alice");
    assertThat(Files.readString(home))
        .doesNotContain("insecure-skip-tls-verify")
        .contains("certificate-authority-data");
  }

  @Test
  void what_is_wrong_with_a_login_is_said_without_its_token() throws IOException {
    Files.writeString(directory.resolve("no.pem"), "hello");
    String secret = "canary-of-a-token";

    assertThat(refused(new Login(sandbox.url(), secret, "none.pem", false, Optional.empty())))
        .hasMessage("--certificate-authority: " + directory.resolve("none.pem") + " is not there.");
    assertThat(refused(new Login(sandbox.url(), secret, "no.pem", false, Optional.empty())))
        .hasMessageEndingWith("no.pem holds no certificate in PEM.");
    assertThat(refused(new Login(sandbox.url(), secret, "ca.pem", true, Optional.empty())))
        .hasMessageEndingWith("do not go together.");
    assertThat(refused(new Login("ftp://x", secret, "", false, Optional.empty())))
        .hasMessage("--server: \"ftp://x\" is not a URL such as https://host:6443.");
    assertThat(refused(new Login("https://u:p@x y", secret, "", false, Optional.empty())))
        .hasMessage("--server: \"https://x y\" is not a URL such as https://host:6443.");
    assertThat(refused(new Login("", secret, "", false, Optional.empty())))
        .hasMessage("There is no present server to log in to; name one with --server URL.");
    assertThat(refused(new Login(sandbox.url(), "", "", false, Optional.empty())))
        .hasMessageStartingWith("A login needs a token");
    Failure spaced = refused(new Login(sandbox.url(), secret + " x", "", false, Optional.empty()));
    assertThat(spaced)
        .hasMessage("The token holds a space or another character that no token has.");
    assertThat(new Login("s", secret, "", false, Optional.empty()).toString())
        .doesNotContain(secret);
  }

  @Test
  void a_chosen_kubeconfig_is_used_until_it_is_forgotten() throws IOException {
    others();
    Path chosen = Files.copy(sandbox.kubeconfig("viewer"), directory.resolve("lab.config"));
    String before = Files.readString(chosen);

    assertThat(choose("lab.config").user()).isEqualTo("viewer");
    assertThat(user()).isEqualTo("viewer");
    assertThat(signIn.logout(caller(), Target.DEFAULT).orElseThrow().file())
        .isEqualTo(chosen.toString());

    assertThat(chosen).hasContent(before);
    assertThat(rig.source.contexts(caller(), Target.DEFAULT))
        .extracting(context -> context.name())
        .containsExactly("lab");
  }

  @Test
  void a_chosen_kubeconfig_gives_way_to_the_variable_and_that_is_said() throws IOException {
    Files.copy(sandbox.kubeconfig("viewer"), directory.resolve("lab.config"));
    environment.put("KUBECONFIG", sandbox.kubeconfig("alice").toString());

    assertThat(choose("~/lab.config").warnings())
        .containsExactly(
            "KUBECONFIG is set and goes before " + directory.resolve("lab.config") + ".");
    assertThat(user()).isEqualTo("alice");
    environment.remove("KUBECONFIG");
    assertThat(user()).isEqualTo("viewer");
  }

  @Test
  void an_empty_path_is_the_default_one_again() throws IOException {
    Files.copy(sandbox.kubeconfig("viewer"), directory.resolve("lab.config"));
    choose("lab.config");
    Files.createDirectories(home.getParent());
    Files.copy(sandbox.kubeconfig("alice"), home);

    assertThat(choose("").user()).isEqualTo("alice");
    assertThat(user()).isEqualTo("alice");
  }

  @Test
  void a_chosen_kubeconfig_that_is_gone_is_said_and_can_be_forgotten() throws IOException {
    Path chosen = Files.copy(sandbox.kubeconfig("viewer"), directory.resolve("lab.config"));
    choose("lab.config");
    Files.delete(chosen);

    assertThat(catchThrowableOfType(Failure.class, this::user))
        .hasMessage(
            "The kubeconfig "
                + chosen
                + ", which a login chose, is not there any more; `muster logout` forgets it.");
    assertThat(signIn.logout(caller(), Target.DEFAULT)).isPresent();
    assertThat(catchThrowableOfType(Failure.class, this::user).kind())
        .isEqualTo(Failure.Kind.NOT_LOGGED_IN);
  }

  @Test
  void a_kubeconfig_that_is_missing_or_refused_is_not_chosen() throws IOException {
    assertThat(catchThrowableOfType(Failure.class, () -> choose("none.config")).kind())
        .isEqualTo(Failure.Kind.USAGE);
    Files.writeString(
        directory.resolve("wrong.config"),
        Files.readString(sandbox.kubeconfig("viewer")).replace(token("viewer"), "canary"));
    assertThat(catchThrowableOfType(Failure.class, () -> choose("wrong.config")).kind())
        .isEqualTo(Failure.Kind.NOT_LOGGED_IN);
    assertThat(signIn.logout(caller(), Target.DEFAULT)).isEmpty();
  }

  @Test
  void somebody_without_credentials_is_nobody() throws IOException {
    Files.writeString(
        directory.resolve("anonymous.config"),
        Files.readString(sandbox.kubeconfig("viewer"))
            .replace("token: " + token("viewer"), "username: \"\""));

    Failure failure = catchThrowableOfType(Failure.class, () -> choose("anonymous.config"));

    assertThat(failure.kind()).isEqualTo(Failure.Kind.NOT_LOGGED_IN);
    assertThat(failure).hasMessageContaining("knows you as nobody");
  }

  @Test
  void of_several_files_the_one_with_the_current_context_is_changed() throws IOException {
    Path first = Files.writeString(directory.resolve("first"), "kind: Config\n");
    Path second = Files.writeString(directory.resolve("second"), OTHERS);
    environment.put("KUBECONFIG", first + ":" + second);

    assertThat(login("alice").file()).isEqualTo(second.toString());
    assertThat(user()).isEqualTo("alice");
    assertThat(first).hasContent("kind: Config");
  }

  @Test
  void a_context_that_cannot_be_used_is_said() throws IOException {
    others();

    assertThat(
            catchThrowableOfType(Failure.class, () -> signIn.use(caller(), Target.DEFAULT, "lob")))
        .hasMessageContaining("did you mean lab?");
    Path own = directory.resolve("state/sandbox/kubeconfig");
    Files.createDirectories(own.getParent());
    Files.copy(sandbox.kubeconfig("admin"), own);
    assertThat(
            catchThrowableOfType(
                Failure.class, () -> signIn.use(caller(), Target.DEFAULT, "muster-sandbox")))
        .hasMessageContaining("use it with --context muster-sandbox");
  }

  @Test
  void a_login_into_entries_of_others_takes_only_the_token_out_again() throws IOException {
    login(token("alice"), in("mine"));
    Files.delete(directory.resolve(".config/muster/logins.json"));
    LoggedIn again = login(token("alice"), in("mine"));
    assertThat(again.context()).isEqualTo("mine");

    signIn.logout(caller(), Target.DEFAULT);

    assertThat(Files.readString(home))
        .doesNotContain(token("alice"))
        .contains("name: mine")
        .contains("current-context: mine");
  }

  @Test
  void a_user_of_the_same_name_with_another_credential_stays() throws IOException {
    String host = sandbox.url().replace("https://", "").replace('.', '-');
    Files.createDirectories(home.getParent());
    Files.writeString(
        home,
        """
        users:
        - name: "alice/%s"
          user: {username: alice, password: old}
        contexts:
        - name: "alice@%s"
          context: {cluster: elsewhere, user: "alice/%s"}
        clusters:
        - name: "%s"
          cluster: {server: "%s"}
        """
            .formatted(host, host, host, host, sandbox.url()));

    LoggedIn done = login("alice");

    assertThat(done.context()).isEqualTo("alice@" + host + "-2");
    assertThat(Files.readString(home)).contains("{username: alice, password: old}");
    assertThat(user()).isEqualTo("alice");
    signIn.logout(caller(), Target.DEFAULT);
    assertThat(Files.readString(home))
        .doesNotContain(token("alice"))
        .contains("{username: alice, password: old}")
        .contains("name: \"" + host + "\"");
  }

  @Test
  void a_kubeconfig_that_is_gone_has_nothing_to_take_out() throws IOException {
    login("alice");
    Files.delete(home);

    assertThat(signIn.logout(caller(), Target.DEFAULT)).isPresent();
    assertThat(home).doesNotExist();
  }

  @Test
  void records_that_are_damaged_say_nothing() throws IOException {
    login("alice");
    Files.writeString(directory.resolve(".config/muster/logins.json"), "{not json");

    assertThat(signIn.logout(caller(), Target.DEFAULT)).isEmpty();
    login("alice");
    assertThat(signIn.logout(caller(), Target.DEFAULT)).isPresent();
  }

  @Test
  void the_first_file_of_several_that_is_to_be_made_is_the_last_one() throws IOException {
    environment.put("KUBECONFIG", directory.resolve("a") + "::" + directory.resolve("b"));

    assertThat(login("alice").file()).isEqualTo(directory.resolve("b").toString());
  }

  @Test
  void no_token_is_kept_anywhere_but_in_the_kubeconfig() throws IOException {
    login("alice");
    rig.source.listLive(caller(), Target.DEFAULT, "raycluster");
    rig.writer.await(rig.writer.lastEnqueued());
    String secret = token("alice");

    try (Stream<Path> all = Files.walk(directory)) {
      assertThat(all.filter(Files::isRegularFile).filter(file -> holds(file, secret)))
          .containsExactly(home);
    }
  }

  private static boolean holds(Path file, String secret) {
    try {
      return new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1)
          .contains(secret);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
