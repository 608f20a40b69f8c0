package dev.muster.daemon.kubernetes.contexts;

import java.util.List;
import java.util.Map;

/**
 * A context, resolved: where to connect, how to trust it and who to be.
 *
 * @param context its name
 * @param where the kubeconfig in words, for messages
 * @param server the API server's URL without a slash at its end
 * @param authority the CA's certificates as PEM; empty: those that the JDK trusts
 * @param insecure whether any certificate will do
 * @param tlsServerName the name that the server's certificate must be for; empty: the URL's host
 * @param proxy the proxy's URL; empty for none
 * @param login the credentials
 * @param impersonation the headers that ask to act as somebody else
 * @param user the name of the user entry
 * @param namespace the context's default namespace
 * @param identity see {@link dev.muster.daemon.core.Scope#identity()}
 * @param digest changes whenever anything changes that a connection depends on
 */
public record Access(
    String context,
    String where,
    String server,
    String authority,
    boolean insecure,
    String tlsServerName,
    String proxy,
    Login login,
    Map<String, List<String>> impersonation,
    String user,
    String namespace,
    String identity,
    String digest) {
  /** Whether it is the same credential on the same server, perhaps to act as somebody else. */
  public boolean hasLoginOf(Access other) {
    return server.equals(other.server) && login.equals(other.login);
  }

  @Override
  public String toString() {
    return "Access[" + context + " at " + server + "]";
  }
}
