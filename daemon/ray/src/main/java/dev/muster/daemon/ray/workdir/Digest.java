package dev.muster.daemon.ray.workdir;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of what is added. */
final class Digest {
  private final MessageDigest sha256;

  Digest() {
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }

  void add(byte[] buffer, int length) {
    sha256.update(buffer, 0, length);
  }

  /** Of all that was added; nothing can be added after it. */
  byte[] bytes() {
    return sha256.digest();
  }

  String hex() {
    return HexFormat.of().formatHex(bytes());
  }
}
