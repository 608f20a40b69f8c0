package dev.muster.daemon.kubernetes.clients;

/**
 * There was no answer from the API server; the message is a clause for a sentence, without secrets.
 */
public final class UnreachableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Whether the server refused the client's certificate, rather than not answering at all. */
  private final boolean refused;

  public UnreachableException(String why, boolean refused, Throwable cause) {
    super(why, cause);
    this.refused = refused;
  }

  public boolean refused() {
    return refused;
  }
}
