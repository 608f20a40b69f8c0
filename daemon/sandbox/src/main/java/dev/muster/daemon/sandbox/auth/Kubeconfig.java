package dev.muster.daemon.sandbox.auth;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;

/** Writes kubeconfig files for the sandbox's users. */
public final class Kubeconfig {

  /** The name of the context, the cluster and the user in every such file. */
  public static final String CONTEXT = "muster-sandbox";

  private static final String TEMPLATE =
      """
      # A SIMULATION, not a cluster: muster's sandbox wrote this file for its user "%2$s".
      # It is valid while that sandbox runs and is made anew at the next start.
      apiVersion: v1
      kind: Config
      clusters:
      - name: %1$s
        cluster:
          server: %3$s
          certificate-authority-data: %4$s
      users:
      - name: %1$s
        user:
          token: %5$s
      contexts:
      - name: %1$s
        context:
          cluster: %1$s
          user: %1$s
          namespace: default
      current-context: %1$s
      """;

  private Kubeconfig() {}

  public static String of(String user, String url, String caPem, String token) {
    String ca = Base64.getEncoder().encodeToString(caPem.getBytes(StandardCharsets.US_ASCII));
    return TEMPLATE.formatted(CONTEXT, user, url, ca, token);
  }

  /** Writes a file that only its owner can read, whole or not at all. */
  public static Path write(Path file, String text) {
    try {
      Path directory = Files.createDirectories(file.toAbsolutePath().getParent());
      Path part =
          Files.createTempFile(
              directory,
              "." + file.getFileName(),
              ".part",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      try {
        Files.writeString(part, text);
        return Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("%s cannot be written: %s".formatted(file, e.getMessage()), e);
    }
  }
}
