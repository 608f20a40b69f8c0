package dev.muster.daemon.kubernetes.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.muster.daemon.core.Failure;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TlsTest {
  private static String pem(String type, byte[] der) {
    return "-----BEGIN "
        + type
        + "-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
        + "\n-----END "
        + type
        + "-----\n";
  }

  private static KeyPair pair(String algorithm, int size) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
    if (size > 0) {
      generator.initialize(size);
    }
    return generator.generateKeyPair();
  }

  private static String certificate(KeyPair pair, String signature) throws Exception {
    X500Name name = new X500Name("CN=alice,O=team");
    byte[] der =
        new JcaX509v3CertificateBuilder(
                name,
                BigInteger.ONE,
                Date.from(Instant.parse("2026-01-01T00:00:00Z")),
                Date.from(Instant.parse("2046-01-01T00:00:00Z")),
                name,
                pair.getPublic())
            .build(new JcaContentSignerBuilder(signature).build(pair.getPrivate()))
            .getEncoded();
    return pem("CERTIFICATE", der);
  }

  @ParameterizedTest
  @CsvSource({
    "RSA,2048,SHA256withRSA",
    "EC,256,SHA256withECDSA",
    "EC,384,SHA384withECDSA",
    "Ed25519,0,Ed25519"
  })
  void keys_in_pkcs8_are_read_whatever_they_are(String algorithm, int size, String signature)
      throws Exception {
    KeyPair pair = pair(algorithm, size);

    assertThat(
            Tls.keys(
                certificate(pair, signature),
                pem("PRIVATE KEY", pair.getPrivate().getEncoded()),
                "x"))
        .isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "RSA,2048,RSA PRIVATE KEY",
    "RSA,4096,RSA PRIVATE KEY",
    "EC,256,EC PRIVATE KEY",
    "EC,521,EC PRIVATE KEY"
  })
  void keys_in_their_older_forms_are_read_too(String algorithm, int size, String type)
      throws Exception {
    KeyPair pair = pair(algorithm, size);
    byte[] inner =
        PrivateKeyInfo.getInstance(pair.getPrivate().getEncoded())
            .parsePrivateKey()
            .toASN1Primitive()
            .getEncoded();
    if (algorithm.equals("EC")) {
      // As openssl writes it: with the curve, which the JDK keeps outside.
      org.bouncycastle.asn1.sec.ECPrivateKey key =
          org.bouncycastle.asn1.sec.ECPrivateKey.getInstance(inner);
      inner =
          new org.bouncycastle.asn1.sec.ECPrivateKey(
                  size,
                  key.getKey(),
                  PrivateKeyInfo.getInstance(pair.getPrivate().getEncoded())
                      .getPrivateKeyAlgorithm()
                      .getParameters())
              .getEncoded();
    }

    PrivateKey read = Pem.key("# a comment\n" + pem(type, inner), algorithm);

    assertThat(read.getAlgorithm()).isEqualTo(algorithm);
    if (algorithm.equals("RSA")) {
      assertThat(Arrays.equals(read.getEncoded(), pair.getPrivate().getEncoded())).isTrue();
    } else {
      assertThat(((java.security.interfaces.ECPrivateKey) read).getS())
          .isEqualTo(((java.security.interfaces.ECPrivateKey) pair.getPrivate()).getS());
    }
  }

  @Test
  void what_cannot_be_used_is_said_to_be_so() throws Exception {
    KeyPair pair = pair("EC", 256);
    String certificate = certificate(pair, "SHA256withECDSA");

    assertThat(bad(() -> Tls.keys(certificate, "nothing", "the file")))
        .contains("the file", "no unencrypted private key");
    assertThat(bad(() -> Tls.keys("junk", "junk", "the file"))).contains("the file");
    assertThat(bad(() -> Tls.keys(certificate, pem("EC PRIVATE KEY", new byte[10]), "f")))
        .contains("does not name its curve");
    assertThat(bad(() -> Tls.trust("junk", false, "the file")))
        .isEqualTo("The certificate authority in the file cannot be used.");
  }

  @Test
  void without_a_certificate_there_is_nothing_to_show() {
    assertThat(Tls.keys("", "", "x")).isNull();
  }

  @Test
  void a_named_ca_is_the_only_one_trusted() throws Exception {
    KeyPair pair = pair("EC", 256);

    javax.net.ssl.X509TrustManager trust =
        (javax.net.ssl.X509TrustManager)
            Tls.trust(certificate(pair, "SHA256withECDSA"), false, "x")[0];

    assertThat(trust.getAcceptedIssuers()).hasSize(1);
    assertThat(((javax.net.ssl.X509TrustManager) Tls.trust("", false, "x")[0]).getAcceptedIssuers())
        .hasSizeGreaterThan(10);
    assertThat(((javax.net.ssl.X509TrustManager) Tls.trust("", true, "x")[0]).getAcceptedIssuers())
        .isEmpty();
  }

  private static String bad(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    Failure failure = catchThrowableOfType(Failure.class, call);
    assertThat(failure.kind()).isEqualTo(Failure.Kind.USAGE);
    return failure.getMessage();
  }

  @Test
  void versions_are_ordered_as_kubernetes_orders_them() {
    assertThat(
            java.util.stream.Stream.of("v1alpha1", "foo", "v1", "v2beta1", "v1beta2", "v2", "v10")
                .sorted(Served.HIGHEST_FIRST))
        .containsExactly("v10", "v2", "v1", "v2beta1", "v1beta2", "v1alpha1", "foo");
  }
}
