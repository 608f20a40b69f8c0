package dev.muster.daemon.kubernetes.informers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.daemon.core.Versions;
import dev.muster.daemon.kubernetes.kinds.Meta;
import java.time.Instant;

/**
 * Which object, and how new: a write's answer can come in after the watch has told what the
 * operators have made of it, and must not be taken for news then. The same rule as for rows.
 */
record Stamp(String uid, String version, Instant created) {
  /** Of what has none. */
  static final Stamp NONE = new Stamp("", "", Instant.EPOCH);

  static Stamp of(JsonNode object) {
    return new Stamp(Meta.uid(object), Meta.version(object), Meta.created(object));
  }

  /**
   * Whether it is from before the other, and not simply made anew by a server that was set back.
   */
  boolean isOlderThan(Stamp other) {
    boolean madeLater = !uid.equals(other.uid) && created.isAfter(other.created);
    return !madeLater && Versions.isOlder(version, other.version);
  }
}
