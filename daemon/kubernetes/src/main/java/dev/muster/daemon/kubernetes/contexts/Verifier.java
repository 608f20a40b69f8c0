package dev.muster.daemon.kubernetes.contexts;

import java.util.List;

/** Asks an API server who somebody is. */
@FunctionalInterface
public interface Verifier {
  /**
   * @throws dev.muster.daemon.core.Failure NOT_LOGGED_IN if it lets nobody in with that credential
   */
  Identity verify(Access access);

  /**
   * @param name empty: the server let him in and does not say who he is
   */
  record Identity(String name, String uid, List<String> groups) {}
}
