package dev.muster.daemon.kubernetes.contexts;

import dev.muster.daemon.core.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The service account that Kubernetes mounts into a pod: <a
 * href="https://kubernetes.io/docs/tasks/run-application/access-api-from-pod/">access from a
 * pod</a>.
 *
 * @param directory where it is mounted
 * @param environment the process' own variables, which name the API server
 */
public record InCluster(Path directory, Map<String, String> environment) {
  private static final Path MOUNTED = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");

  /** Of the pod that this process runs in. */
  public static InCluster ofThisProcess() {
    return new InCluster(MOUNTED, System.getenv());
  }

  /**
   * Empty when this is not a pod with a service account. The token is read anew: Kubernetes renews
   * it hourly.
   */
  Optional<Access> access(Map<String, String> callers, String as) {
    String host = environment.getOrDefault("KUBERNETES_SERVICE_HOST", "");
    String port = environment.getOrDefault("KUBERNETES_SERVICE_PORT", "443");
    Path tokenFile = directory.resolve("token");
    if (host.isEmpty() || !Files.exists(tokenFile)) {
      return Optional.empty();
    }
    try {
      String server = "https://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
      Path authorityFile = directory.resolve("ca.crt");
      String authority = Files.exists(authorityFile) ? Files.readString(authorityFile) : "";
      Path namespaceFile = directory.resolve("namespace");
      String namespace = Files.exists(namespaceFile) ? Files.readString(namespaceFile).strip() : "";
      String token = Files.readString(tokenFile).strip();
      Login login = new Login("", "", token, tokenFile, "", "", null);
      Map<String, List<String>> impersonation = AccessBuilder.impersonation(as);
      String identity =
          Digests.of(server, authority.strip(), Digests.user(login), impersonation.toString());
      return Optional.of(
          new Access(
              "in-cluster",
              "the service account in " + directory,
              server,
              authority,
              false,
              "",
              Proxies.of("", "", server, callers),
              login,
              impersonation,
              "service-account",
              namespace,
              identity,
              Digests.of(identity, token)));
    } catch (IOException | CertificateException e) {
      throw new Failure(
          Failure.Kind.USAGE, "The service account in " + directory + " cannot be read.", e);
    }
  }
}
