package dev.muster.proto;

import io.grpc.Metadata;

/** The metadata that travels with every call, and the limits both ends keep. */
public final class Wire {
  /** {@link BuildInfo#protocol()} of the caller. */
  public static final Metadata.Key<String> PROTOCOL =
      Metadata.Key.of("muster-protocol", Metadata.ASCII_STRING_MARSHALLER);

  /** {@link BuildInfo#timeSeconds()} of the caller. */
  public static final Metadata.Key<String> BUILD =
      Metadata.Key.of("muster-build", Metadata.ASCII_STRING_MARSHALLER);

  /** Largest message in bytes; a list is cut into chunks far below it. */
  public static final int MAX_MESSAGE_BYTES = 8 << 20;

  /**
   * Longest path of a Unix socket in bytes, without the closing NUL (sun_path of unix(7) is 108).
   */
  public static final int MAX_SOCKET_PATH = 107;

  private Wire() {}
}
