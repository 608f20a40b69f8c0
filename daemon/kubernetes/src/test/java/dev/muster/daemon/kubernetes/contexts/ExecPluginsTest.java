package dev.muster.daemon.kubernetes.contexts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.muster.daemon.core.Failure;
import dev.muster.daemon.kubernetes.contexts.ExecPlugins.Credential;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExecPluginsTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  @TempDir Path directory;

  private final ExecPlugins plugins =
      new ExecPlugins(Clock.fixed(NOW, ZoneOffset.UTC), Duration.ofSeconds(20));

  private Login.Exec plugin(String script) throws IOException {
    Path file = directory.resolve("login");
    Files.writeString(file, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    return exec("login", "Never");
  }

  private Login.Exec exec(String command, String interactive) {
    Map<String, String> environment =
        Map.of("PATH", directory + ":/usr/bin:/bin", "PROFILE", "mine");
    return new Login.Exec(
        "v1",
        command,
        List.of("get"),
        environment,
        "",
        interactive,
        "get it from x",
        "{\"kind\":\"ExecCredential\"}",
        "u");
  }

  private String refused(Login.Exec exec) {
    Failure failure = catchThrowableOfType(Failure.class, () -> plugins.get(exec));
    assertThat(failure.kind()).isEqualTo(Failure.Kind.NOT_LOGGED_IN);
    return failure.getMessage();
  }

  private static String answer(String status) {
    return "echo '{\"kind\":\"ExecCredential\",\"status\":{" + status + "}}'";
  }

  @Test
  void a_plugin_gets_its_arguments_and_environment_and_nothing_else() throws IOException {
    Login.Exec exec =
        plugin(
            "read line && exit 9\nprintf '{\"status\":{\"token\":\"%s-%s-%s-%s\"}}' \"$1\" \"$PROFILE\" \"${USER:-nobody}\" \"$KUBERNETES_EXEC_INFO\" | tr -d '{}\" ' > /dev/null\n"
                + answer("\"token\":\"'$1-$PROFILE-${HOME:-homeless}'\""));

    assertThat(plugins.get(exec).token()).isEqualTo("get-mine-homeless");
  }

  @Test
  void an_answer_is_kept_until_it_expires_or_is_refused() throws IOException {
    Path count = directory.resolve("count");
    Login.Exec exec =
        plugin(
            "echo x >> "
                + count
                + "\n"
                + answer("\"token\":\"t\",\"expirationTimestamp\":\"2026-11-21T12:30:00Z\""));
    Credential first = plugins.get(exec);

    assertThat(plugins.get(exec)).isSameAs(first);
    assertThat(Files.readAllLines(count)).hasSize(1);
    plugins.refused(exec, first);
    assertThat(plugins.get(exec)).isNotSameAs(first);
    plugins.refused(exec, first);
    plugins.get(exec);
    assertThat(Files.readAllLines(count)).hasSize(2);
  }

  @Test
  void one_that_expires_soon_is_asked_for_again() throws IOException {
    Login.Exec exec =
        plugin(answer("\"token\":\"t\",\"expirationTimestamp\":\"2026-11-21T12:00:30Z\""));

    assertThat(plugins.get(exec)).isNotSameAs(plugins.get(exec));
  }

  @Test
  void a_certificate_is_an_answer_too() throws IOException {
    Credential credential =
        plugins.get(plugin(answer("\"clientCertificateData\":\"c\",\"clientKeyData\":\"k\"")));

    assertThat(credential.certificate()).isEqualTo("c");
    assertThat(credential.key()).isEqualTo("k");
  }

  @Test
  void a_plugin_that_fails_is_quoted_from_its_standard_error_only() throws IOException {
    assertThat(
            refused(
                plugin(
                    "echo canary-5\necho 'first' >&2\necho 'Token expired, run x login.' >&2\nexit 3")))
        .isEqualTo(
            "The credential plugin login of the user u failed with exit code 3: Token expired, run x login.");
  }

  @Test
  void what_is_no_credential_is_said_to_be_none() throws IOException {
    assertThat(refused(plugin("echo hello"))).endsWith("did not answer with JSON.");
    assertThat(refused(plugin(answer("")))).endsWith("gave neither a token nor a certificate.");
    assertThat(refused(plugin(answer("\"token\":\"t\",\"expirationTimestamp\":\"tomorrow\""))))
        .endsWith("gave an expiry that is no time.");
    assertThat(
            refused(
                plugin(answer("\"token\":\"t\",\"expirationTimestamp\":\"2020-01-01T00:00:00Z\""))))
        .contains("has expired");
  }

  @Test
  void a_plugin_that_is_not_there_says_where_to_get_it() {
    assertThat(refused(exec("no-such-plugin", "Never")))
        .endsWith("is not on the PATH: get it from x.");
    assertThat(refused(exec("/no/such/plugin", "Never"))).endsWith("cannot be started.");
  }

  @Test
  void a_plugin_that_needs_a_terminal_is_not_run() throws IOException {
    plugin("exit 1");

    assertThat(refused(exec("login", "Always"))).contains("needs a terminal");
  }

  @Test
  void a_plugin_that_hangs_is_killed() throws IOException {
    ExecPlugins impatient = new ExecPlugins(Clock.systemUTC(), Duration.ofMillis(300));
    Login.Exec exec = plugin("sleep 600");

    Failure failure = catchThrowableOfType(Failure.class, () -> impatient.get(exec));

    assertThat(failure).hasMessageContaining("did not answer within");
  }
}
