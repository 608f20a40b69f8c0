package dev.muster.daemon.kubernetes.certificates;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A new key and its certificate, with what codeflare-sdk's <a
 * href="https://github.com/project-codeflare/codeflare-sdk/blob/main/src/codeflare_sdk/common/utils/generate_cert.py">generate_tls_cert</a>
 * puts into one (RFC 5280): for both ends, since Ray's client shows the same one when it listens.
 *
 * @param certificate in PEM
 * @param key in PEM, PKCS #8
 */
record Minting(String certificate, String key, Instant ends) {
  /** Bits of an RSA key, good beyond 2030 (NIST SP 800-57). */
  private static final int KEY_BITS = 3072;

  /** RFC 5280 allows serial numbers of at most 20 bytes. */
  private static final int SERIAL_BITS = 159;

  private static final Duration CLOCKS_DIFFER = Duration.ofDays(1);

  /**
   * @param lasting from now on; ends with the authority at the latest
   */
  static Minting by(
      Authority authority, String cluster, String namespace, Instant now, Duration lasting) {
    X509Certificate issuer = authority.certificate();
    Instant last = issuer.getNotAfter().toInstant();
    if (!last.isAfter(now)) {
      throw authority.broken("it expired at " + last, null);
    }
    Instant ends = now.plus(lasting).isAfter(last) ? last : now.plus(lasting);
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(KEY_BITS);
      KeyPair pair = generator.generateKeyPair();
      JcaX509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              issuer,
              new BigInteger(SERIAL_BITS, new SecureRandom()).add(BigInteger.ONE),
              Date.from(now.minus(CLOCKS_DIFFER)),
              Date.from(ends),
              new X500Principal("CN=local"),
              pair.getPublic());
      extend(builder, issuer, pair, names(cluster, namespace));
      var signer = new JcaContentSignerBuilder(algorithm(issuer)).build(authority.key());
      X509Certificate made =
          new JcaX509CertificateConverter().getCertificate(builder.build(signer));
      made.verify(issuer.getPublicKey());
      return new Minting(
          pem(made),
          pem(new JcaPKCS8Generator(pair.getPrivate(), null)),
          made.getNotAfter().toInstant());
    } catch (GeneralSecurityException | OperatorCreationException e) {
      throw authority.broken("its key is not that of its certificate", e);
    } catch (IOException e) {
      throw new IllegalStateException("a certificate was not written into memory", e);
    }
  }

  /** What the certificate is for: this machine, and the head's Service. */
  static List<String> names(String cluster, String namespace) {
    String service = cluster + "-head-svc";
    return List.of(
        service,
        service + "." + namespace + ".svc",
        service + "." + namespace + ".svc.cluster.local");
  }

  private static String algorithm(X509Certificate issuer) {
    return switch (issuer.getPublicKey().getAlgorithm()) {
      case "EC" -> "SHA256withECDSA";
      case "EdDSA" -> "Ed25519";
      default -> "SHA256withRSA";
    };
  }

  private static void extend(
      JcaX509v3CertificateBuilder builder,
      X509Certificate issuer,
      KeyPair pair,
      List<String> services)
      throws IOException, GeneralSecurityException {
    JcaX509ExtensionUtils utils = new JcaX509ExtensionUtils();
    // The authority's own word for its key first: it need not be the digest of it.
    SubjectKeyIdentifier signer =
        SubjectKeyIdentifier.fromExtensions(new JcaX509CertificateHolder(issuer).getExtensions());
    if (signer == null) {
      signer = utils.createSubjectKeyIdentifier(issuer.getPublicKey());
    }
    GeneralName[] names = new GeneralName[3 + services.size()];
    names[0] = new GeneralName(GeneralName.dNSName, "localhost");
    names[1] = new GeneralName(GeneralName.iPAddress, "127.0.0.1");
    names[2] = new GeneralName(GeneralName.iPAddress, "::1");
    for (int i = 0; i < services.size(); i++) {
      names[3 + i] = new GeneralName(GeneralName.dNSName, services.get(i));
    }
    KeyPurposeId[] purposes = {KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth};
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
    builder.addExtension(
        Extension.keyUsage,
        true,
        new KeyUsage(KeyUsage.digitalSignature | KeyUsage.keyEncipherment));
    builder.addExtension(Extension.extendedKeyUsage, true, new ExtendedKeyUsage(purposes));
    builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
    builder.addExtension(
        Extension.subjectKeyIdentifier, false, utils.createSubjectKeyIdentifier(pair.getPublic()));
    builder.addExtension(
        Extension.authorityKeyIdentifier,
        false,
        new AuthorityKeyIdentifier(signer.getKeyIdentifier()));
  }

  private static String pem(Object what) throws IOException {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      writer.writeObject(what);
    }
    return text.toString();
  }

  /** Never the key. */
  @Override
  public String toString() {
    return "Minting[" + ends + "]";
  }
}
