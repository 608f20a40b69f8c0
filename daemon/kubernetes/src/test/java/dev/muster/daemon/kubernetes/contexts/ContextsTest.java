package dev.muster.daemon.kubernetes.contexts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.muster.daemon.core.Caller;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.core.Source.ContextEntry;
import dev.muster.daemon.core.Target;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContextsTest {
  @TempDir Path directory;

  private Path sandbox;
  private Contexts contexts;
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void open() {
    sandbox = directory.resolve("state/sandbox/kubeconfig");
    contexts = new Contexts(sandbox, new InCluster(directory.resolve("account"), Map.of()));
    environment.put("HOME", directory.toString());
  }

  private Caller caller() {
    return new Caller(directory, environment, false);
  }

  private Path write(String name, String text) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private static String config(String context, String server, String user) {
    return """
    apiVersion: v1
    kind: Config
    clusters:
    - name: c-%1$s
      cluster: {server: "%2$s"}
    users:
    - name: u-%1$s
      user: %3$s
    contexts:
    - name: %1$s
      context: {cluster: c-%1$s, user: u-%1$s, namespace: ns-%1$s}
    current-context: %1$s
    """
        .formatted(context, server, user);
  }

  private Path kubeconfig(String name, String user) throws IOException {
    Path file = write(name, config(name, "https://" + name + ".example:6443", user));
    environment.put("KUBECONFIG", file.toString());
    return file;
  }

  private Access resolve(String kubeconfig, String context) {
    return contexts.resolve(caller(), new Target(kubeconfig, context, "", false));
  }

  private Access resolve() {
    return resolve("", "");
  }

  private Failure failing(String kubeconfig, String context) {
    return catchThrowableOfType(Failure.class, () -> resolve(kubeconfig, context));
  }

  private static String jwt(String subject, String unique) {
    String claims = "{\"iss\":\"k8s\",\"sub\":\"" + subject + "\",\"jti\":\"" + unique + "\"}";
    Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
    return "e30." + encoder.encodeToString(claims.getBytes(StandardCharsets.UTF_8)) + ".c2ln";
  }

  @Test
  void without_any_kubeconfig_it_is_said_what_to_do() {
    Failure failure = failing("", "");

    assertThat(failure.kind()).isEqualTo(Failure.Kind.NOT_LOGGED_IN);
    assertThat(failure)
        .hasMessage(
            "No kubeconfig was found: there is no "
                + directory.resolve(".kube/config")
                + ". Set KUBECONFIG, pass --kubeconfig FILE, sign in with `muster login`, or try `muster sandbox up`.");
    environment.put("KUBECONFIG", "nowhere");
    assertThat(failing("", "").getMessage())
        .contains("KUBECONFIG names nowhere, which does not exist");
    environment.clear();
    assertThat(failing("", "x").getMessage()).contains("HOME is not set");
  }

  @Test
  void the_home_directory_comes_last_and_an_option_first() throws IOException {
    write(".kube/config", config("home", "https://home:1", "{token: t}"));
    assertThat(resolve().context()).isEqualTo("home");

    kubeconfig("variable", "{token: t}");
    assertThat(resolve().context()).isEqualTo("variable");

    write("option", config("option", "https://option:1", "{token: t}"));
    assertThat(resolve("option", "").context()).isEqualTo("option");
  }

  @Test
  void several_files_are_merged_and_the_first_wins() throws IOException {
    Path one = write("one", config("a", "https://one:1", "{token: t}"));
    Path two = write("two", config("b", "https://two:1", "{token: t}") + "preferences: {}\n");
    environment.put("KUBECONFIG", one + ":missing:" + two);

    assertThat(resolve().context()).isEqualTo("a");
    assertThat(resolve("", "b").server()).isEqualTo("https://two:1");
    assertThat(contexts.list(caller(), Target.DEFAULT))
        .extracting(
            ContextEntry::name, ContextEntry::namespace, ContextEntry::current, ContextEntry::file)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("a", "ns-a", true, one.toString()),
            org.assertj.core.groups.Tuple.tuple("b", "ns-b", false, two.toString()));
  }

  @Test
  void an_unknown_context_is_answered_with_the_nearest() throws IOException {
    Path file = kubeconfig("staging", "{token: t}");

    assertThat(failing("", "stagin"))
        .hasMessage(
            "There is no context \"stagin\" in "
                + file
                + "; did you mean staging? (it has staging)")
        .extracting(Failure::kind)
        .isEqualTo(Failure.Kind.USAGE);
    assertThat(failing("", "prod").getMessage()).endsWith(": it has staging.");
  }

  @Test
  void a_file_that_is_no_kubeconfig_is_named_with_its_line() throws IOException {
    Path broken = write("broken", "users:\n- name: a\n  user: {token: canary-1\n");
    assertThat(failing(broken.toString(), "").getMessage())
        .startsWith(broken + ", line 4: this is not valid YAML")
        .doesNotContain("canary");
    Path list = write("list", "- a\n");
    assertThat(failing(list.toString(), "").getMessage()).startsWith(list + " is not a kubeconfig");
    Path odd = write("odd", "clusters: {a: b}\n");
    assertThat(failing(odd.toString(), "").getMessage()).endsWith("\"clusters\" is not a list.");
    Path nameless = write("nameless", "users: [{user: {}}]\n");
    assertThat(failing(nameless.toString(), "").getMessage())
        .endsWith("an entry of \"users\" has no name.");
    Path empty = write("empty", "");
    assertThat(failing(empty.toString(), "")).hasMessage(empty + " has no contexts.");
    assertThat(failing("gone", ""))
        .hasMessage("There is no kubeconfig file " + directory.resolve("gone") + ".");
    assertThat(failing(directory.toString(), "").getMessage()).contains("cannot be read");
  }

  @Test
  void no_current_context_is_answered_with_those_that_there_are() throws IOException {
    Path file =
        write("none", config("a", "https://a:1", "{token: t}").replace("current-context: a", ""));

    assertThat(failing(file.toString(), ""))
        .hasMessage(file + " has no current context: name one with --context (a).");
  }

  @Test
  void what_a_context_names_must_be_there() throws IOException {
    Path file =
        write("x", config("a", "https://a:1", "{token: t}").replace("user: u-a", "user: other"));
    assertThat(failing(file.toString(), "").getMessage())
        .contains("uses the user \"other\"", file.toString());
    Path two =
        write(
            "y",
            config("a", "https://a:1", "{token: t}").replace("cluster: c-a", "cluster: other"));
    assertThat(failing(two.toString(), "").getMessage()).contains("uses the cluster \"other\"");
    Path three = write("z", config("a", "a:1", "{token: t}"));
    assertThat(failing(three.toString(), "").getMessage())
        .contains("The server \"a:1\"", "is not a URL");
    Path four = write("w", config("a", "https://a:1", "{auth-provider: {name: gcp}}"));
    assertThat(failing(four.toString(), "").getMessage()).contains("auth-provider");
    Path five = write("v", config("a", "https://a:1", "{client-certificate: gone.pem}"));
    assertThat(failing(five.toString(), "").getMessage()).contains("gone.pem", "cannot be read");
    Path six = write("u", config("a", "https://a:1", "{client-certificate-data: '!'}"));
    assertThat(failing(six.toString(), "").getMessage())
        .contains("client-certificate-data", "is not base64");
    Path seven = write("t", config("a", "https://a:1", "{client-certificate-data: AAAA}"));
    assertThat(failing(seven.toString(), "").getMessage()).contains("is not a certificate");
  }

  @Test
  void a_renewed_token_of_the_same_subject_is_the_same_user() throws IOException {
    kubeconfig("k", "{token: " + jwt("alice", "1") + "}");
    Access first = resolve();
    kubeconfig("k", "{token: " + jwt("alice", "2") + "}");
    Access renewed = resolve();
    kubeconfig("k", "{token: " + jwt("bob", "1") + "}");
    Access other = resolve();

    assertThat(renewed.identity()).isEqualTo(first.identity()).matches("[0-9a-f]{32}");
    assertThat(renewed.digest()).isNotEqualTo(first.digest());
    assertThat(other.identity()).isNotEqualTo(first.identity());
  }

  @Test
  void opaque_tokens_names_servers_and_impersonation_make_other_users() throws IOException {
    kubeconfig("k", "{token: one}");
    String one = resolve().identity();
    kubeconfig("k", "{token: two}");
    String two = resolve().identity();
    kubeconfig("k", "{token: one, as: bob, as-groups: [g], as-uid: u, as-user-extra: {x: [y]}}");
    Access impersonated = resolve();
    kubeconfig("k", "{username: u, password: p}");
    String basic = resolve().identity();
    kubeconfig("k", "{}");
    String anonymous = resolve().identity();
    kubeconfig("l", "{token: one}");
    String elsewhere = resolve().identity();

    assertThat(List.of(one, two, impersonated.identity(), basic, anonymous, elsewhere))
        .doesNotHaveDuplicates();
    assertThat(impersonated.impersonation())
        .containsEntry("Impersonate-User", List.of("bob"))
        .containsEntry("Impersonate-Group", List.of("g"))
        .containsEntry("Impersonate-Uid", List.of("u"))
        .containsEntry("Impersonate-Extra-x", List.of("y"));
  }

  @Test
  void a_token_file_is_read_anew() throws IOException {
    write("token", "first\n");
    kubeconfig("k", "{tokenFile: token}");
    assertThat(resolve().login().token()).isEqualTo("first");

    write("token", "second\n");
    assertThat(resolve().login().token()).isEqualTo("second");
  }

  @Test
  void a_file_that_has_not_changed_gives_the_same_answer() throws IOException {
    kubeconfig("k", "{token: t}");
    Access first = resolve();
    assertThat(resolve()).isSameAs(first);

    Path file = kubeconfig("k", "{token: t}");
    Files.setLastModifiedTime(file, java.nio.file.attribute.FileTime.fromMillis(1));
    assertThat(resolve()).isSameAs(first);
    assertThat(resolve()).isSameAs(first);
  }

  @Test
  void an_exec_user_is_who_the_environment_says() throws IOException {
    kubeconfig(
        "k",
        "{exec: {command: ./login, args: [a], env: [{name: R, value: eu}], provideClusterInfo: true}}");
    Access first = resolve();
    environment.put("LANG", "C");
    Access same = resolve();
    environment.put("AWS_PROFILE", "other");
    Access other = resolve();

    assertThat(same.identity()).isEqualTo(first.identity());
    assertThat(other.identity()).isNotEqualTo(first.identity());
    assertThat(first.login().exec().command()).isEqualTo(directory.resolve("./login").toString());
    assertThat(first.login().exec().environment()).containsEntry("R", "eu");
    assertThat(first.login().exec().info())
        .contains("\"interactive\":false", "https://k.example:6443");
  }

  @Test
  void the_sandbox_is_found_by_name_and_is_the_default_without_any_other() throws IOException {
    assertThat(failing("", "muster-sandbox"))
        .hasMessage("The sandbox is not up: start it with `muster sandbox up`.");
    Files.createDirectories(sandbox.getParent());
    Files.writeString(sandbox, config("muster-sandbox", "https://127.0.0.1:1", "{token: t}"));

    assertThat(resolve().context()).isEqualTo("muster-sandbox");
    kubeconfig("real", "{token: t}");
    assertThat(resolve().context()).isEqualTo("real");
    assertThat(resolve("", "muster-sandbox").context()).isEqualTo("muster-sandbox");
    assertThat(contexts.list(caller(), Target.DEFAULT))
        .extracting(ContextEntry::name)
        .containsExactly("real", "muster-sandbox");
  }

  @Test
  void in_a_pod_its_service_account_is_used() throws IOException {
    contexts =
        new Contexts(
            sandbox,
            new InCluster(
                directory.resolve("account"), Map.of("KUBERNETES_SERVICE_HOST", "fd00::1")));
    assertThat(failing("", "").kind()).isEqualTo(Failure.Kind.NOT_LOGGED_IN);
    assertThat(contexts.list(caller(), Target.DEFAULT)).isEmpty();
    write("account/token", "t\n");
    write("account/namespace", "mine");
    write("account/ca.crt", "pem");

    Access access = resolve();

    assertThat(access.server()).isEqualTo("https://[fd00::1]:443");
    assertThat(access.namespace()).isEqualTo("mine");
    assertThat(access.login().token()).isEqualTo("t");
    assertThat(contexts.list(caller(), Target.DEFAULT))
        .extracting(ContextEntry::name)
        .containsExactly("in-cluster");
    assertThat(failing("", "other").kind()).isEqualTo(Failure.Kind.NOT_LOGGED_IN);
  }

  @Test
  void nothing_secret_is_ever_printed() throws IOException {
    kubeconfig("k", "{token: canary-2, password: canary-3, username: u}");
    Access access = resolve();

    assertThat(
            List.of(access, access.login(), new ExecPlugins.Credential("canary-4", "", "", null))
                .toString())
        .doesNotContain("canary");
  }

  @Test
  void acting_as_somebody_else_is_another_identity() throws IOException {
    kubeconfig("one", "{token: t, as: robot, as-groups: [g]}");
    Access own = resolve();
    Access other = contexts.resolve(caller(), new Target("", "", "", false, "alice"));

    assertThat(own.impersonation()).containsKeys("Impersonate-User", "Impersonate-Group");
    assertThat(other.impersonation()).isEqualTo(Map.of("Impersonate-User", List.of("alice")));
    assertThat(other.identity()).isNotEqualTo(own.identity());
    assertThat(resolve().identity()).isEqualTo(own.identity());
    Failure failure =
        catchThrowableOfType(
            Failure.class, () -> contexts.resolve(caller(), new Target("", "", "", false, "a\nb")));
    assertThat(failure)
        .hasMessage("--as: the name of a user cannot have control characters in it.");
  }

  @Test
  void a_token_may_say_when_it_expires() {
    String claims =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString("{\"exp\":1800000000}".getBytes(StandardCharsets.UTF_8));

    assertThat(Digests.expiry("e30." + claims + ".c2ln"))
        .contains(java.time.Instant.ofEpochSecond(1_800_000_000));
    assertThat(Digests.expiry(jwt("alice", "1"))).isEmpty();
    assertThat(Digests.expiry("opaque")).isEmpty();
    assertThat(Digests.expiry("a.!!!.c")).isEmpty();
  }
}
