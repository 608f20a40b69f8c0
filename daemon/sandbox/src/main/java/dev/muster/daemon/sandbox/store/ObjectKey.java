package dev.muster.daemon.sandbox.store;

import java.util.Comparator;

/** Where an object is: its namespace (empty when cluster-wide) and its name, in listing order. */
public record ObjectKey(String namespace, String name) implements Comparable<ObjectKey> {

  private static final Comparator<ObjectKey> ORDER =
      Comparator.comparing(ObjectKey::namespace).thenComparing(ObjectKey::name);

  @Override
  public int compareTo(ObjectKey other) {
    return ORDER.compare(this, other);
  }
}
