package dev.muster.daemon.ray;

/**
 * What a dashboard said when it refused, whole: the cause of the {@link
 * dev.muster.daemon.core.Failure} that says it in a sentence. Its message is the text, often a
 * Python traceback; no values of environment variables are in it.
 */
public final class RayError extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;

  /**
   * @param status of HTTP
   */
  public RayError(int status, String text) {
    super(text, null, false, false);
    this.status = status;
  }

  public int status() {
    return status;
  }
}
