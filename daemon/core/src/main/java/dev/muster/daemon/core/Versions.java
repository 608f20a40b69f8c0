package dev.muster.daemon.core;

import java.math.BigInteger;

/** A server's versions of its objects (Kubernetes: metadata.resourceVersion). */
public final class Versions {
  private Versions() {}

  /** Whether the one came before the other. They are opaque unless both are decimal. */
  public static boolean isOlder(String version, String than) {
    return isDecimal(version)
        && isDecimal(than)
        && new BigInteger(version).compareTo(new BigInteger(than)) < 0;
  }

  private static boolean isDecimal(String version) {
    return !version.isEmpty() && version.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
