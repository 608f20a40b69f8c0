package dev.muster.daemon.kubernetes.certificates;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.kubernetes.Yaml;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Who signs a cluster's certificates, and the Secret that its operator would make. */
public final class TestAuthority {
  private final KeyPair pair;
  private final X509Certificate certificate;

  private TestAuthority(KeyPair pair, X509Certificate certificate) {
    this.pair = pair;
    this.certificate = certificate;
  }

  /**
   * @param algorithm "RSA", "EC" or "Ed25519"
   * @param ownId whether it names its key by another word than the key's digest
   */
  public static TestAuthority of(String algorithm, Instant ends, boolean ownId) throws Exception {
    KeyPair pair = KeyPairGenerator.getInstance(algorithm).generateKeyPair();
    X500Principal name = new X500Principal("CN=root-ca");
    JcaX509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            name,
            BigInteger.ONE,
            Date.from(ends.minus(Duration.ofDays(400))),
            Date.from(ends),
            name,
            pair.getPublic());
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
    if (ownId) {
      builder.addExtension(
          Extension.subjectKeyIdentifier, false, new SubjectKeyIdentifier(new byte[] {1, 2, 3}));
    }
    String signing =
        switch (algorithm) {
          case "EC" -> "SHA256withECDSA";
          case "RSA" -> "SHA256withRSA";
          default -> algorithm;
        };
    var signer = new JcaContentSignerBuilder(signing).build(pair.getPrivate());
    return new TestAuthority(
        pair, new JcaX509CertificateConverter().getCertificate(builder.build(signer)));
  }

  public X509Certificate certificate() {
    return certificate;
  }

  /** With the key as PKCS #8 in tls.key. */
  public ObjectNode secret(String cluster) throws Exception {
    return secret(
        cluster,
        "ca.crt",
        pem(certificate),
        "tls.key",
        pem(new JcaPKCS8Generator(pair.getPrivate(), null)));
  }

  /** With the key as older tools write it, by the other names. */
  ObjectNode oldSecret(String cluster) throws Exception {
    return secret(cluster, "tls.crt", pem(certificate), "ca.key", pem(pair.getPrivate()));
  }

  static ObjectNode secret(String cluster, String... data) {
    ObjectNode secret = Yaml.JSON.createObjectNode();
    secret.put("apiVersion", "v1").put("kind", "Secret").put("type", "Opaque");
    ObjectNode metadata = secret.putObject("metadata");
    metadata.put("name", cluster + "-ca-secret-x7k2p");
    metadata.putObject("labels").put(Authority.LABEL, cluster);
    ObjectNode values = secret.putObject("data");
    for (int i = 0; i < data.length; i += 2) {
      values.put(
          data[i],
          Base64.getEncoder().encodeToString(data[i + 1].getBytes(StandardCharsets.UTF_8)));
    }
    return secret;
  }

  static String pem(Object what) throws Exception {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      writer.writeObject(what);
    }
    return text.toString();
  }
}
