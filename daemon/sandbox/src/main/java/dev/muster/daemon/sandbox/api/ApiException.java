package dev.muster.daemon.sandbox.api;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** A request that is refused, with the Status body that a real server sends. */
public final class ApiException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int code;
  private final transient ObjectNode status;

  ApiException(int code, ObjectNode status) {
    super(status.path("message").asText());
    this.code = code;
    this.status = status;
  }

  /** The HTTP status. */
  public int code() {
    return code;
  }

  /** The body. */
  public ObjectNode status() {
    return status;
  }
}
