package dev.muster.daemon.kubernetes.define;

/**
 * Whether there can be AppWrappers: asked while a definition is made, so it must answer at once.
 */
@FunctionalInterface
public interface AppWrappers {
  /**
   * @return true if the server is known to have no AppWrapper of any version; false if it has, or
   *     does not say
   */
  boolean areUnknownToTheServer();
}
