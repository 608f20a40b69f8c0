package dev.muster.daemon.sandbox.ray;

/** What the dashboard refuses, with its answer. */
final class RayError extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final int status;

  /**
   * @param status of HTTP
   * @param text the body, as text/plain
   */
  RayError(int status, String text) {
    super(text);
    this.status = status;
  }

  static RayError unknownJob(String id) {
    return new RayError(404, "Job %s does not exist".formatted(id));
  }

  int status() {
    return status;
  }
}
