package dev.muster.daemon.kubernetes.reach;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import javax.net.ssl.SSLException;

/** Why something could not be reached, as a clause. */
final class Words {
  private Words() {}

  static String of(IOException failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof UnresolvedAddressException || t instanceof UnknownHostException) {
        return "there is no such host";
      } else if (t instanceof HttpTimeoutException) {
        return "no answer in time";
      } else if (t instanceof SSLException) {
        return "its certificate is not trusted, or it does not speak TLS";
      }
    }
    return failure instanceof ConnectException ? "connection refused" : "the connection broke";
  }
}
