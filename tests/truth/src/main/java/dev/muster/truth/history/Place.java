package dev.muster.truth.history;

/** Where an object is: one after another, several can be there. */
public record Place(String namespace, String name) implements Comparable<Place> {
  @Override
  public int compareTo(Place other) {
    int byNamespace = namespace.compareTo(other.namespace);
    return byNamespace != 0 ? byNamespace : name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return namespace + "/" + name;
  }
}
