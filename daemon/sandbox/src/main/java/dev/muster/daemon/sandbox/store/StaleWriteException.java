package dev.muster.daemon.sandbox.store;

/** The object is no longer the version that a write was made from. */
public final class StaleWriteException extends Exception {

  private static final long serialVersionUID = 1L;

  StaleWriteException(ResourceType type, ObjectKey key) {
    super(type.kind() + " " + key + " has changed");
  }
}
