package dev.muster.daemon.sandbox.auth;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A certificate authority of one run and the server's certificate, for 127.0.0.1 and localhost. The
 * keys live in memory only. Valid from a day ago, since clocks differ, for a year.
 */
public final class Certificates {

  private static final X500Name CA_NAME = new X500Name("CN=muster-sandbox-ca");

  private final X509Certificate authority;
  private final SSLContext context;

  public Certificates() {
    try {
      KeyPair caKey = keyPair();
      KeyPair serverKey = keyPair();
      authority = authority(caKey);
      context = context(serverKey, server(caKey, serverKey));
    } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
      throw new IllegalStateException(
          "the sandbox's certificates cannot be made: " + e.getMessage(), e);
    }
  }

  /** What the server's sockets use. */
  public SSLContext context() {
    return context;
  }

  /** The authority's certificate in PEM. */
  public String pem() {
    try {
      String body =
          Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(authority.getEncoded());
      return "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n";
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyPair keyPair() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  private static X509Certificate authority(KeyPair key)
      throws GeneralSecurityException, IOException, OperatorCreationException {
    X509v3CertificateBuilder builder = builder(CA_NAME, key, 1);
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
    builder.addExtension(
        Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
    return sign(builder, key);
  }

  private static X509Certificate server(KeyPair caKey, KeyPair key)
      throws GeneralSecurityException, IOException, OperatorCreationException {
    X509v3CertificateBuilder builder = builder(new X500Name("CN=muster-sandbox"), key, 2);
    builder.addExtension(
        Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
    GeneralName[] names = {
      new GeneralName(GeneralName.iPAddress, "127.0.0.1"),
      new GeneralName(GeneralName.dNSName, "localhost")
    };
    builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
    return sign(builder, caKey);
  }

  private static X509v3CertificateBuilder builder(X500Name subject, KeyPair key, int serial) {
    // The machine's time, not the options' clock: the client checks against the machine's.
    Instant now = Instant.now();
    return new JcaX509v3CertificateBuilder(
        CA_NAME,
        BigInteger.valueOf(serial),
        Date.from(now.minus(Duration.ofDays(1))),
        Date.from(now.plus(Duration.ofDays(365))),
        subject,
        key.getPublic());
  }

  private static X509Certificate sign(X509v3CertificateBuilder builder, KeyPair key)
      throws GeneralSecurityException, IOException, OperatorCreationException {
    var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(key.getPrivate());
    byte[] der = builder.build(signer).getEncoded();
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new java.io.ByteArrayInputStream(der));
  }

  private SSLContext context(KeyPair key, X509Certificate certificate)
      throws GeneralSecurityException, IOException {
    char[] none = new char[0];
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, none);
    X509Certificate[] chain = {certificate, authority};
    store.setKeyEntry("server", key.getPrivate(), none, chain);
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(store, none);
    SSLContext result = SSLContext.getInstance("TLS");
    result.init(keys.getKeyManagers(), null, null);
    return result;
  }
}
