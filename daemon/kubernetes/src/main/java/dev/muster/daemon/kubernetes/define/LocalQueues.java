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
}
