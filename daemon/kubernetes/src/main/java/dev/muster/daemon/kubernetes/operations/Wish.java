package dev.muster.daemon.kubernetes.operations;

import dev.muster.daemon.kubernetes.kinds.Resource;

/**
 * A text that somebody wants to be so, and where.
 *
 * @param resource what was named
 * @param origin what the text came from
 * @param namespace where, unless the text names one
 * @param said whether that namespace was asked for, rather than being the context's
 */
public record Wish(Resource resource, String yaml, String origin, String namespace, boolean said) {
  /** What it says, checked before anything is sent. */
  Manifest manifest() {
    return Manifest.parse(resource, yaml, origin);
  }

  /** The namespace that it goes to; empty where the kind is in none. */
  String place(Manifest manifest) {
    return manifest.place(namespace, said, origin);
  }
}
