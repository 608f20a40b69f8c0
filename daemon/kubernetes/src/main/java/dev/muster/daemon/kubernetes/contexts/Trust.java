package dev.muster.daemon.kubernetes.contexts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.core.Caller;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.core.SignIn;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;

/** Which certificates of the server will do, as an entry of a kubeconfig says it. */
final class Trust {
  static final String INSECURE = "insecure-skip-tls-verify";

  private static final String DATA = "certificate-authority-data";

  private Trust() {}

  /**
   * Changes nothing if the login says nothing of it.
   *
   * @param cluster what stands under "cluster"
   */
  static void set(ObjectNode cluster, Caller caller, SignIn.Login login) {
    if (login.insecure() && !login.certificateAuthority().isEmpty()) {
      throw new Failure(
          Failure.Kind.USAGE,
          "--certificate-authority and --insecure-skip-tls-verify do not go together.");
    }
    if (login.insecure() || !login.certificateAuthority().isEmpty()) {
      cluster.remove(List.of("certificate-authority", DATA, INSECURE));
    }
    if (login.insecure()) {
      cluster.put(INSECURE, true);
    } else if (!login.certificateAuthority().isEmpty()) {
      cluster.put(DATA, authority(caller, login.certificateAuthority()));
    }
  }

  /** Kept in the kubeconfig itself, so that it works wherever the file is used. */
  private static String authority(Caller caller, String typed) {
    Path path = caller.directory().resolve(typed).normalize();
    try {
      byte[] pem = Files.readAllBytes(path);
      if (!new String(pem, StandardCharsets.ISO_8859_1).contains("-----BEGIN CERTIFICATE-----")) {
        throw new Failure(
            Failure.Kind.USAGE,
            "--certificate-authority: " + path + " holds no certificate in PEM.");
      }
      return Base64.getEncoder().encodeToString(pem);
    } catch (IOException e) {
      throw new Failure(
          Failure.Kind.USAGE,
          "--certificate-authority: "
              + path
              + (Files.exists(path) ? " cannot be read." : " is not there."),
          e);
    }
  }
}
