package dev.muster.daemon.kubernetes.define;

import java.util.List;
import java.util.Optional;

/** Which LocalQueues there are: asked while a definition is made, so it must answer at once. */
@FunctionalInterface
public interface LocalQueues {
  /**
   * @param namespace the one that the definition is for; empty: the context's
   * @return empty if it is not known; an empty list if there are none, or no Kueue
   */
  Optional<List<LocalQueue>> in(String namespace);

  /** Why it is not known, as the end of a sentence. */
  default String unknown() {
    return "the server's local queues could not be read";
  }

  /** Where no server is known to ask, which is said of the queue that nobody named. */
  LocalQueues NO_SERVER =
      new LocalQueues() {
        @Override
        public Optional<List<LocalQueue>> in(String namespace) {
          return Optional.empty();
        }

        @Override
        public String unknown() {
          return "there is no server to ask";
        }
      };
}
