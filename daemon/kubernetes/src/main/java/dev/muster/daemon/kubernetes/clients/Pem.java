package dev.muster.daemon.kubernetes.clients;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Certificates and private keys as PEM (RFC 7468). Keys may be RSA, EC or Ed25519, in PKCS #8 or in
 * the older forms of RSA (RFC 8017) and EC (RFC 5915), which are wrapped into PKCS #8 since that is
 * what the JDK reads.
 */
final class Pem {
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN ((?:[A-Z]+ )?PRIVATE KEY)-----([^-]+)-----END \\1-----");

  /** DER: INTEGER 0, then SEQUENCE of the object identifier rsaEncryption and NULL. */
  private static final byte[] RSA = Base64.getDecoder().decode("AgEAMA0GCSqGSIb3DQEBAQUA");

  private static final byte[] VERSION_0 = {2, 1, 0};

  /** DER: the object identifier id-ecPublicKey. */
  private static final byte[] EC = Base64.getDecoder().decode("BgcqhkjOPQIB");

  private Pem() {}

  static Collection<? extends Certificate> certificates(String pem)
      throws GeneralSecurityException {
    return CertificateFactory.getInstance("X.509")
        .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
  }

  /**
   * @param algorithm of the certificate's public key: "RSA", "EC" or "EdDSA"
   */
  static PrivateKey key(String pem, String algorithm) throws GeneralSecurityException {
    Matcher matcher = KEY.matcher(pem);
    if (!matcher.find()) {
      throw new InvalidKeySpecException("there is no unencrypted private key in it");
    }
    byte[] der;
    try {
      der = Base64.getMimeDecoder().decode(matcher.group(2));
    } catch (IllegalArgumentException e) {
      throw new InvalidKeySpecException("it is not base64", e);
    }
    byte[] pkcs8 =
        switch (matcher.group(1)) {
          case "RSA PRIVATE KEY" -> sequence(RSA, octets(der));
          case "EC PRIVATE KEY" -> sequence(VERSION_0, sequence(EC, curve(der)), octets(der));
          default -> der;
        };
    return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
  }

  /** The curve's object identifier, which RFC 5915 keeps behind the tag [0]. */
  private static byte[] curve(byte[] der) throws InvalidKeySpecException {
    for (int i = 0; i + 3 < der.length; i++) {
      if ((der[i] & 0xff) == 0xa0 && der[i + 2] == 6 && der[i + 1] == der[i + 3] + 2) {
        int length = der[i + 1];
        if (i + 2 + length <= der.length) {
          return java.util.Arrays.copyOfRange(der, i + 2, i + 2 + length);
        }
      }
    }
    throw new InvalidKeySpecException("the EC key does not name its curve");
  }

  private static byte[] sequence(byte[]... parts) {
    return tagged(0x30, parts);
  }

  private static byte[] octets(byte[] content) {
    return tagged(4, content);
  }

  private static byte[] tagged(int tag, byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    int length = content.size();
    if (length < 128) {
      out.write(length);
    } else if (length < 256) {
      out.write(0x81);
      out.write(length);
    } else {
      out.write(0x82);
      out.write(length >> 8);
      out.write(length);
    }
    out.writeBytes(content.toByteArray());
    return out.toByteArray();
  }
}
