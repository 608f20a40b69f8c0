package dev.muster.daemon.kubernetes.informers;

/** The server has no such kind; the message is a clause for a sentence. */
final class UnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnavailableException(String message) {
    super(message);
  }
}
