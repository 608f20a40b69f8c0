package dev.muster.daemon.kubernetes.contexts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.kubernetes.Yaml;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Runs credential plugins: without a terminal, with a time-out, with nothing but the caller's
 * environment, and at most one of a kind at a time. What they answer stays in memory until shortly
 * before it expires.
 */
public final class ExecPlugins {
  private static final Duration EARLY = Duration.ofSeconds(60);

  /**
   * What a plugin answered.
   *
   * @param expires null: never
   */
  public record Credential(String token, String certificate, String key, Instant expires) {
    /** Names nothing: all of it is secret. */
    @Override
    public String toString() {
      return "Credential";
    }
  }

  private static final class Slot {
    Credential credential;
  }

  private final Map<Login.Exec, Slot> slots = new ConcurrentHashMap<>();
  private final Clock clock;
  private final Duration timeout;

  public ExecPlugins(Clock clock, Duration timeout) {
    this.clock = clock;
    this.timeout = timeout;
  }

  /**
   * The present credential, from memory if it is still good.
   *
   * @throws Failure NOT_LOGGED_IN if the plugin gives none
   */
  public Credential get(Login.Exec exec) {
    Slot slot = slots.computeIfAbsent(exec, e -> new Slot());
    synchronized (slot) {
      Credential known = slot.credential;
      if (known != null
          && (known.expires == null || clock.instant().plus(EARLY).isBefore(known.expires))) {
        return known;
      }
      slot.credential = run(exec);
      return slot.credential;
    }
  }

  /**
   * The server refused it: the next {@link #get} runs the plugin again, unless that has been done
   * since.
   */
  public void refused(Login.Exec exec, Credential credential) {
    Slot slot = slots.get(exec);
    if (slot != null) {
      synchronized (slot) {
        if (slot.credential == credential) {
          slot.credential = null;
        }
      }
    }
  }

  private Credential run(Login.Exec exec) {
    if (exec.interactive().equals("Always")) {
      throw refuse(exec, "needs a terminal; log in with it yourself first");
    }
    List<String> command = new ArrayList<>();
    command.add(find(exec));
    command.addAll(exec.args());
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().clear();
    builder.environment().putAll(exec.environment());
    builder.environment().put("KUBERNETES_EXEC_INFO", exec.info());
    builder.redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")));
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      throw refuse(exec, "cannot be started");
    }
    CompletableFuture<String> out = drain(process.getInputStream());
    CompletableFuture<String> err = drain(process.getErrorStream());
    try {
      if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
        kill(process);
        throw refuse(exec, "did not answer within " + timeout.toSeconds() + " s; try it by hand");
      }
      if (process.exitValue() != 0) {
        throw refuse(
            exec,
            "failed with exit code "
                + process.exitValue()
                + lastLine(err.get(2, TimeUnit.SECONDS)));
      }
      return parse(exec, out.get(2, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      kill(process);
      Thread.currentThread().interrupt();
      throw refuse(exec, "was interrupted");
    } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
      kill(process);
      throw refuse(exec, "did not end its answer");
    }
  }

  private Credential parse(Login.Exec exec, String answer) {
    JsonNode status;
    try {
      status = Yaml.JSON.readTree(answer).path("status");
    } catch (IOException e) {
      throw refuse(exec, "did not answer with JSON");
    }
    String token = status.path("token").asText("");
    String certificate = status.path("clientCertificateData").asText("");
    String key = status.path("clientKeyData").asText("");
    if (token.isEmpty() && (certificate.isEmpty() || key.isEmpty())) {
      throw refuse(exec, "gave neither a token nor a certificate");
    }
    Instant expires = null;
    String expiry = status.path("expirationTimestamp").asText("");
    try {
      expires = expiry.isEmpty() ? null : Instant.parse(expiry);
    } catch (DateTimeParseException e) {
      throw refuse(exec, "gave an expiry that is no time");
    }
    if (expires != null && expires.isBefore(clock.instant())) {
      throw refuse(exec, "gave a credential that has expired; log in with it yourself first");
    }
    return new Credential(token, certificate, key, expires);
  }

  private static String find(Login.Exec exec) {
    if (exec.command().indexOf('/') >= 0) {
      return exec.command();
    }
    for (String directory : exec.environment().getOrDefault("PATH", "").split(":", -1)) {
      if (!directory.isEmpty() && Files.isExecutable(Path.of(directory, exec.command()))) {
        return Path.of(directory, exec.command()).toString();
      }
    }
    throw refuse(
        exec,
        "is not on the PATH" + (exec.installHint().isEmpty() ? "" : ": " + exec.installHint()));
  }

  private static Failure refuse(Login.Exec exec, String why) {
    return new Failure(
        Failure.Kind.NOT_LOGGED_IN,
        "The credential plugin "
            + exec.command()
            + " of the user "
            + exec.user()
            + " "
            + why
            + ".");
  }

  /**
   * A plugin says on standard error what its user must do; standard output would hold the secret.
   */
  private static String lastLine(String text) {
    String last = text.strip().lines().reduce((a, b) -> b).orElse("").strip();
    String shown = last.length() > 200 ? last.substring(0, 200) + "…" : last;
    return shown.isEmpty() ? "" : ": " + shown.replaceFirst("\\.$", "");
  }

  private static CompletableFuture<String> drain(InputStream stream) {
    CompletableFuture<String> text = new CompletableFuture<>();
    Thread.ofVirtual()
        .name("exec-plugin")
        .start(
            () -> {
              try (stream) {
                text.complete(new String(stream.readNBytes(1 << 20), StandardCharsets.UTF_8));
              } catch (IOException e) {
                text.completeExceptionally(e);
              }
            });
    return text;
  }

  private static void kill(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
