package dev.muster.daemon.sandbox.store;

/** A resourceVersion older than the kept history was asked for: 410 in the API's terms. */
public final class ExpiredException extends Exception {

  private static final long serialVersionUID = 1L;

  ExpiredException(long asked, long oldest) {
    super("too old resource version: %d (%d)".formatted(asked, oldest));
  }
}
