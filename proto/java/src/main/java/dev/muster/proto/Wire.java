package dev.muster.proto;

import io.grpc.Metadata;
import java.time.Duration;

/** The metadata that travels with every call, and the limits both ends keep. */
public final class Wire {
  /** {@link BuildInfo#protocol()} of the caller. */
  public static final Metadata.Key<String> PROTOCOL =
      Metadata.Key.of("muster-protocol", Metadata.ASCII_STRING_MARSHALLER);

  /** {@link BuildInfo#timeSeconds()} of the caller. */
  public static final Metadata.Key<String> BUILD =
      Metadata.Key.of("muster-build", Metadata.ASCII_STRING_MARSHALLER);

  /**
   * In the trailers of a failed call: what another system said in several lines, as UTF-8, for who
   * asks for more.
   */
  public static final Metadata.Key<byte[]> DETAIL =
      Metadata.Key.of("muster-detail-bin", Metadata.BINARY_BYTE_MARSHALLER);

  /** In the trailers of a stream that a daemon broke off because it was told to end. */
  public static final Metadata.Key<String> ENDING =
      Metadata.Key.of("muster-ending", Metadata.ASCII_STRING_MARSHALLER);

  /** Of that, the end: trailers hold 8 KiB, and binary ones take a third more than they are. */
  public static final int MAX_DETAIL_BYTES = 5 << 10;

  /** Largest message in bytes; a list is cut into chunks far below it. */
  public static final int MAX_MESSAGE_BYTES = 8 << 20;

  /**
   * How long a call may bring nothing before the daemon is asked whether it lives, and how long it
   * may take to say so. gRPC takes no less.
   */
  public static final Duration KEEPALIVE = Duration.ofSeconds(10);

  /**
   * Longest path of a Unix socket in bytes, without the closing NUL (sun_path of unix(7) is 108).
   */
  public static final int MAX_SOCKET_PATH = 107;

  private Wire() {}
}
