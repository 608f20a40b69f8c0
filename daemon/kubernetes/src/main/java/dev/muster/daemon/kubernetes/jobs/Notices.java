package dev.muster.daemon.kubernetes.jobs;

import dev.muster.daemon.core.Key;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What may have changed and has not been looked at yet. Safe for many threads. */
final class Notices {
  private final Set<Key> keys = new LinkedHashSet<>();
  private long sequence;
  private boolean all = true;
  private boolean whole;

  /**
   * A part of it.
   *
   * @param all whether everything may have changed
   * @param sequence after which it is visible
   */
  record Some(boolean all, List<Key> keys, long sequence) {}

  synchronized void changed(Key key, long at) {
    keys.add(key);
    sequence = Math.max(sequence, at);
  }

  synchronized void everything(long at) {
    all = true;
    whole = false;
    sequence = Math.max(sequence, at);
  }

  /** All there are; null for none, and then what was taken before has been dealt with. */
  synchronized Some take() {
    if (!all && keys.isEmpty()) {
      whole = true;
      return null;
    }
    Some some = new Some(all, List.copyOf(keys), sequence);
    all = false;
    keys.clear();
    return some;
  }

  /**
   * Whether everything has been looked at since it may all have changed; single changes are on
   * their way at any time.
   */
  synchronized boolean isWhole() {
    return whole;
  }
}
