package dev.muster.daemon.kubernetes.contexts;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How a user proves who he is; what is not used is empty. Held in memory only.
 *
 * @param certificate the client certificate as PEM
 * @param key its key as PEM
 * @param token a bearer token
 * @param tokenFile a file with a bearer token that somebody else renews; null for none
 * @param username of basic authentication
 * @param password of basic authentication
 * @param exec a command that gives a token or a certificate; null for none
 */
public record Login(
    String certificate,
    String key,
    String token,
    Path tokenFile,
    String username,
    String password,
    Exec exec) {
  public static final Login ANONYMOUS = new Login("", "", "", null, "", "", null);

  /** Names nothing: all of it is secret. */
  @Override
  public String toString() {
    return "Login";
  }

  /**
   * A credential plugin: <a
   * href="https://kubernetes.io/docs/reference/config-api/client-authentication.v1/">client
   * authentication v1</a>.
   *
   * @param apiVersion of the answer that is expected
   * @param command as written in the kubeconfig
   * @param args its arguments
   * @param environment what the plugin gets: the caller's allow-listed variables and the
   *     kubeconfig's own
   * @param selector what of the environment decides which user the plugin logs in
   * @param interactive "Never", "IfAvailable" or "Always"
   * @param installHint what the kubeconfig says to somebody without the plugin
   * @param info the JSON that the plugin finds in KUBERNETES_EXEC_INFO
   * @param user the name of the user entry, for messages
   */
  public record Exec(
      String apiVersion,
      String command,
      List<String> args,
      Map<String, String> environment,
      String selector,
      String interactive,
      String installHint,
      String info,
      String user) {
    @Override
    public String toString() {
      return "Exec[" + command + "]";
    }
  }
}
