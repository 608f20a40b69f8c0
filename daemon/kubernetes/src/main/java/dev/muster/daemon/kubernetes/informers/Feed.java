package dev.muster.daemon.kubernetes.informers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.kubernetes.clients.ApiClient;
import java.time.Instant;

/** What one {@link Reflector} watches, and where what it sees goes. */
interface Feed {
  /** The rows' kind. */
  String kind();

  /** The plural, for messages. */
  String plural();

  /**
   * The collection's path.
   *
   * @throws UnavailableException if the server has no such kind
   */
  String path(ApiClient client, String namespace);

  /** Query parameters that narrow it, beginning with an ampersand, or empty. */
  String selector();

  /** An object was listed, added or changed. */
  void put(ObjectNode object, Instant seen);

  /** An object was deleted; this is how it last was. */
  void gone(ObjectNode object, Instant at);

  /**
   * All objects have been put that there were after that time: what was not seen since is gone.
   *
   * @return the sequence number by which that will be visible
   */
  long listed(String namespace, Instant started);
}
