package dev.muster.daemon.kubernetes.certificates;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.daemon.core.Failure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/**
 * Who signs the certificates of a cluster's clients, as the <a
 * href="https://github.com/project-codeflare/codeflare-operator">operator</a> keeps it: a Secret
 * NAME-ca-secret-… with the label ray.openshift.ai/cluster-name. Held for one request only.
 */
public final class Authority {
  /** What is selected by it is of one cluster; not all of that is an authority. */
  public static final String LABEL = "ray.openshift.ai/cluster-name";

  private final X509Certificate certificate;
  private final String pem;
  private final PrivateKey key;
  private final String secret;

  private Authority(X509Certificate certificate, String pem, PrivateKey key, String secret) {
    this.certificate = certificate;
    this.pem = pem;
    this.key = key;
    this.secret = secret;
  }

  /** Whether a Secret is that of a cluster's authority. */
  public static boolean isIn(JsonNode secret, String cluster) {
    return secret.at("/metadata/name").asText("").startsWith(cluster + "-ca-secret-");
  }

  /**
   * Reads the Secret.
   *
   * @throws Failure FAILED that names what is not in it, or is not what it should be
   */
  public static Authority of(JsonNode secret) {
    String name = secret.at("/metadata/name").asText();
    String certificate = either(secret, "ca.crt", "tls.crt");
    String key = either(secret, "tls.key", "ca.key");
    if (certificate.isEmpty() || key.isEmpty()) {
      throw broken(name, "it lacks " + (certificate.isEmpty() ? "ca.crt" : "tls.key"), null);
    }
    try {
      X509Certificate read =
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(
                      new ByteArrayInputStream(certificate.getBytes(StandardCharsets.US_ASCII)));
      return new Authority(read, certificate, key(key, name), name);
    } catch (GeneralSecurityException e) {
      throw broken(name, "its certificate cannot be read", e);
    }
  }

  X509Certificate certificate() {
    return certificate;
  }

  /** The certificate as it is in the Secret. */
  String pem() {
    return pem;
  }

  PrivateKey key() {
    return key;
  }

  /** The name of the Secret. */
  String secret() {
    return secret;
  }

  Failure broken(String what, Throwable cause) {
    return broken(secret, what, cause);
  }

  @Override
  public String toString() {
    return "Authority[" + secret + "]";
  }

  private static String either(JsonNode secret, String first, String second) {
    JsonNode data = secret.path("data");
    String encoded = data.path(first).asText(data.path(second).asText(""));
    try {
      return new String(Base64.getMimeDecoder().decode(encoded), StandardCharsets.US_ASCII);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  /**
   * In PKCS #8, or in the older forms of RSA and EC. What the library says of it is not repeated.
   */
  private static PrivateKey key(String pem, String secret) {
    try (PEMParser parser = new PEMParser(new StringReader(pem))) {
      JcaPEMKeyConverter converter = new JcaPEMKeyConverter();
      // openssl writes the parameters of an EC key in front of it.
      for (Object part = parser.readObject(); part != null; part = parser.readObject()) {
        if (part instanceof PEMKeyPair pair) {
          return converter.getPrivateKey(pair.getPrivateKeyInfo());
        }
        if (part instanceof PrivateKeyInfo info) {
          return converter.getPrivateKey(info);
        }
      }
      throw broken(secret, "its key is none, or is encrypted", null);
    } catch (IOException e) {
      throw broken(secret, "its key cannot be read", null);
    }
  }

  private static Failure broken(String secret, String what, Throwable cause) {
    return new Failure(
        Failure.Kind.FAILED,
        "No certificate can be made with the Secret "
            + secret
            + ": "
            + what
            + "; its operator makes it anew when it is deleted.",
        cause);
  }
}
