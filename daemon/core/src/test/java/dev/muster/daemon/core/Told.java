package dev.muster.daemon.core;

import dev.muster.daemon.core.ChangeFeed.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What a feed tells from the beginning of a test on. */
final class Told {
  private final Subscription changes;

  Told(ChangeFeed feed) {
    changes = feed.subscribe(any -> true);
  }

  /** What it has told since it was asked last. */
  List<Change> now() {
    List<Change> told = new ArrayList<>();
    try {
      while (changes.poll(Duration.ZERO) instanceof Event.Changed(Change change)) {
        told.add(change);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return told;
  }
}
