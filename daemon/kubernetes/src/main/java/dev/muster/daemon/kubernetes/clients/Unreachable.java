package dev.muster.daemon.kubernetes.clients;

import dev.muster.daemon.kubernetes.contexts.Access;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** Says in words why a server could not be reached. */
final class Unreachable {
  private Unreachable() {}

  static UnreachableException of(Access access, Throwable failure) {
    String server = access.server();
    boolean refused = false;
    String why = "cannot be reached: " + text(failure);
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof UnknownHostException || t instanceof UnresolvedAddressException) {
        return new UnreachableException(
            server + " cannot be found: there is no such host", false, failure);
      } else if (t instanceof HttpConnectTimeoutException) {
        return new UnreachableException(
            server + " does not answer: connecting took too long", false, failure);
      } else if (t instanceof HttpTimeoutException || t instanceof TimeoutException) {
        return new UnreachableException(server + " did not answer in time", false, failure);
      } else if (t instanceof CertificateExpiredException) {
        return new UnreachableException(
            "the certificate of " + server + " has expired", false, failure);
      } else if (t instanceof CertificateNotYetValidException) {
        return new UnreachableException(
            "the certificate of " + server + " is not valid yet; look at this machine's clock",
            false,
            failure);
      } else if (t instanceof CertPathBuilderException || t instanceof CertPathValidatorException) {
        why =
            access.authority().isEmpty()
                ? "the certificate of " + server + " is not signed by a CA that this machine trusts"
                : "the certificate of " + server + " is not signed by the CA in " + access.where();
        return new UnreachableException(why, false, failure);
      } else if (t instanceof ConnectException || t instanceof NoRouteToHostException) {
        why = "does not answer: " + (text(t).isEmpty() ? "connection refused" : text(t));
      } else if (t instanceof SSLException) {
        String message = text(t);
        if (message.contains("subject alternative") || message.contains("matching")) {
          return new UnreachableException(
              "the certificate of " + server + " is for another name (" + message + ")",
              false,
              failure);
        }
        // RFC 8446, section 6: what a server sends that does not like the client's certificate.
        refused =
            message.contains("bad_certificate")
                || message.contains("certificate_required")
                || message.contains("certificate_unknown");
        why =
            refused
                ? "refused the client certificate"
                : "does not speak TLS as expected: " + message;
      }
    }
    return new UnreachableException(server + " " + why, refused, failure);
  }

  private static String text(Throwable failure) {
    String message = failure.getMessage();
    return message == null
        ? ""
        : message.strip().replaceFirst("^java\\.[\\w.]+: ", "").toLowerCase(Locale.ROOT);
  }
}
