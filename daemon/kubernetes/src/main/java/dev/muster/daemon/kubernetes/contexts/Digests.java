package dev.muster.daemon.kubernetes.contexts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.daemon.kubernetes.Yaml;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/** Who somebody is, as opaque text that gives no secret away and outlives a renewed credential. */
final class Digests {
  private Digests() {}

  /** The first 128 bits of SHA-256 over the parts, as hexadecimal digits. */
  static String of(String... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String part : parts) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        digest.update(Integer.toString(bytes.length).getBytes(StandardCharsets.US_ASCII));
        digest.update((byte) 0);
        digest.update(bytes);
      }
      return HexFormat.of().formatHex(digest.digest()).substring(0, 32);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /**
   * The user that a credential stands for: the same after the credential was renewed, wherever that
   * can be known.
   */
  static String user(Login login) throws CertificateException {
    if (login.exec() != null) {
      Login.Exec exec = login.exec();
      return "exec " + of(exec.command(), String.join("\n", exec.args()), exec.selector());
    }
    if (!login.certificate().isEmpty()) {
      return "certificate " + subject(login.certificate());
    }
    if (!login.token().isEmpty()) {
      return token(login.token());
    }
    return login.username().isEmpty() ? "anonymous" : "user " + login.username();
  }

  static String subject(String pem) throws CertificateException {
    X509Certificate certificate =
        (X509Certificate)
            CertificateFactory.getInstance("X.509")
                .generateCertificate(
                    new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
    return certificate.getSubjectX500Principal().getName();
  }

  /** When a JSON Web Token says that it expires; empty if it says nothing, or is another token. */
  static Optional<Instant> expiry(String token) {
    String[] parts = token.split("\\.", -1);
    if (parts.length != 3) {
      return Optional.empty();
    }
    try {
      JsonNode expires = Yaml.JSON.readTree(Base64.getUrlDecoder().decode(parts[1])).path("exp");
      return expires.canConvertToLong()
          ? Optional.of(Instant.ofEpochSecond(expires.asLong()))
          : Optional.empty();
    } catch (java.io.IOException | IllegalArgumentException | DateTimeException e) {
      return Optional.empty();
    }
  }

  /**
   * RFC 7519: the subject of a JSON Web Token is unique within its issuer. Nothing is verified: the
   * server does that.
   */
  private static String token(String token) {
    String[] parts = token.split("\\.", -1);
    if (parts.length == 3) {
      try {
        JsonNode claims = Yaml.JSON.readTree(Base64.getUrlDecoder().decode(parts[1]));
        if (claims.path("sub").isTextual()) {
          return "jwt " + of(claims.path("iss").asText(""), claims.path("sub").asText());
        }
      } catch (java.io.IOException | IllegalArgumentException e) {
        return "token " + of(token);
      }
    }
    return "token " + of(token);
  }
}
