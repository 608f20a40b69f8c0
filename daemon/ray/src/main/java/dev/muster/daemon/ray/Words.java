package dev.muster.daemon.ray;

import java.io.EOFException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Locale;

/** Times, sizes and reasons for people. */
final class Words {
  private Words() {}

  /** "60 s". */
  static String of(Duration duration) {
    return duration.toMillis() < 1000 ? duration.toMillis() + " ms" : duration.toSeconds() + " s";
  }

  /** "612.3 MiB". */
  static String size(long bytes) {
    return String.format(Locale.ROOT, "%.1f MiB", bytes / (1024.0 * 1024));
  }

  /** Why there was no answer: the JDK's client says it by the exception's type alone. */
  static String reason(Throwable why) {
    for (Throwable e = why; e != null; e = e.getCause()) {
      if (e instanceof UnresolvedAddressException) {
        return "its name is not known";
      }
    }
    return switch (why) {
      case HttpConnectTimeoutException e -> "no connection in time";
      case HttpTimeoutException e -> e.getMessage();
      case ConnectException e when e.getMessage() == null -> "connection refused";
      case ClosedChannelException e -> "the connection was closed";
      case EOFException e -> "the connection was closed";
      default -> why.getMessage() == null ? why.getClass().getSimpleName() : why.getMessage();
    };
  }
}
