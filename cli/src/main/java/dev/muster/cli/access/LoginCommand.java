package dev.muster.cli.access;

import dev.muster.cli.CliFailure;
import dev.muster.cli.ExitCode;
import dev.muster.cli.Io;
import dev.muster.cli.MusterCommand;
import dev.muster.cli.Session;
import dev.muster.cli.options.TargetOptions;
import dev.muster.v1.LoginRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code login}: with a token, which the server is asked about first, or with another kubeconfig.
 */
@Command(
    footer = {
      "# The token is asked for, and not shown",
      "muster login --server https://api.example.org:6443",
      "# In a script: nobody else can read a token from standard input or a file",
      "muster login -s https://api.example.org:6443 --token - <token",
      "muster login -s https://api.example.org:6443 --token-file token --certificate-authority ca.pem",
      "# Another kubeconfig from now on",
      "muster login --configpath ~/lab.kubeconfig"
    })
public final class LoginCommand extends MusterCommand {
  @Mixin TargetOptions target;

  @Parameters(
      arity = "0..1",
      paramLabel = "SYSTEM",
      description = "kubernetes, which is also meant without it.")
  String system = "kubernetes";

  @Option(
      names = {"-s", "--server"},
      paramLabel = "URL",
      description = "The API server; otherwise that of the current context.")
  String server = "";

  @Option(
      names = {"-t", "--token"},
      paramLabel = "TOKEN",
      description =
          "The token; - reads it from standard input. Others on this machine can see what is typed here: better leave it out, and it is asked for.")
  String token = "";

  @Option(names = "--token-file", paramLabel = "FILE", description = "A file with the token.")
  String tokenFile = "";

  @Option(
      names = "--certificate-authority",
      paramLabel = "FILE",
      description = "The certificates of the CA that signed the server's.")
  String authority = "";

  @Option(
      names = "--insecure-skip-tls-verify",
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = "[true|false]",
      description = "Take any certificate: whoever is in between can read the token.")
  boolean insecure;

  @Option(
      names = {"--configpath", "--config-path"},
      arity = "0..1",
      fallbackValue = "",
      paramLabel = "FILE",
      description = "The kubeconfig to use from now on; without a FILE the default one again.")
  String configPath;

  /** What is asked, but for who asks. */
  LoginRequest request(Io io) {
    if (!system.equals("kubernetes")) {
      throw CliFailure.usage("there is nothing called '%s' to log in to".formatted(system));
    }
    LoginRequest.Builder request =
        LoginRequest.newBuilder()
            .setTarget(target.target())
            .setServer(server)
            .setToken(token(io))
            .setCertificateAuthority(authority)
            .setInsecureSkipTlsVerify(insecure);
    if (configPath != null) {
      request.setConfigPath(configPath);
    }
    return request.build();
  }

  private String token(Io io) {
    if (!token.isEmpty() && !tokenFile.isEmpty()) {
      throw CliFailure.usage("--token and --token-file do not go together");
    }
    if (!tokenFile.isEmpty()) {
      return read(io.directory().resolve(tokenFile));
    }
    return token.equals("-") ? Prompt.rest(io) : token;
  }

  private static String read(Path file) {
    try {
      String text = Files.readString(file, StandardCharsets.UTF_8).strip();
      if (text.isEmpty()) {
        throw CliFailure.usage("--token-file: %s is empty".formatted(file));
      }
      return text;
    } catch (NoSuchFileException e) {
      throw CliFailure.usage("--token-file: %s is not there".formatted(file));
    } catch (IOException e) {
      throw CliFailure.usage("--token-file: %s cannot be read".formatted(file));
    }
  }

  @Override
  public ExitCode run(Session session) {
    Io io = session.io();
    new LoginFlow(session).login(request(io), line -> io.out().println(line).flush());
    return ExitCode.DONE;
  }
}
