package dev.muster.daemon.core;

/**
 * One remote system as one user sees it: what a {@link Source} makes of a {@link Target}. Rows of
 * different identities never mix; a rotated token does not change the identity.
 *
 * @param source the source's name
 * @param identity an opaque key of server, CA, user and impersonation: the key of the cache's rows
 * @param context the name shown to people
 * @param namespace the namespace asked for; empty for all
 */
public record Scope(String source, String identity, String context, String namespace) {
  public boolean allNamespaces() {
    return namespace.isEmpty();
  }
}
