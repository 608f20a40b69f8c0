package dev.muster.daemon.core;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Tells whoever subscribed what was committed to the cache, in order. Publishing never waits for a
 * subscriber: one that is too slow is told so ({@link Event.Overflow}) and must read the cache
 * again.
 *
 * <p>A change that is not yet visible to a read that was begun after subscribing is always
 * delivered: subscribe first, then read.
 */
public final class ChangeFeed {
  /** How many changes a subscriber may be behind. */
  public static final int BUFFER = 1024;

  private final Set<Subscription> subscriptions = ConcurrentHashMap.newKeySet();
  // A thread only while there is something to tell; none for a subscriber at rest.
  private final Executor threads = Executors.newVirtualThreadPerTaskExecutor();
  private final int buffer;
  private volatile Journal journal = Journal.NONE;
  private long sequence;

  public ChangeFeed() {
    this(BUFFER);
  }

  ChangeFeed(int buffer) {
    this.buffer = buffer;
  }

  /** What a subscriber gets. */
  public sealed interface Event {
    /** One change. */
    record Changed(Change change) implements Event {}

    /**
     * Changes were lost, since nobody took them: read again. What comes after this one is newer
     * than what was lost.
     */
    record Overflow() implements Event {}
  }

  /**
   * Is told of everything before any subscriber is, in the writer's own thread and without a bound:
   * it must be quick, and misses nothing.
   */
  interface Journal {
    Journal NONE =
        new Journal() {
          @Override
          public void changed(Change change) {
            // Nobody records.
          }

          @Override
          public int listed(Operation.Sweep sweep, long next) {
            return 0;
          }
        };

    void changed(Change change);

    /**
     * The cache holds all that there is of a kind.
     *
     * @param next the number that the next change would get
     * @return how many numbers from that one on are taken, and are no change's
     */
    int listed(Operation.Sweep sweep, long next);
  }

  /** A change before it has its number. */
  record Draft(Change.Type type, State from, Row row) {}

  /** To be taken from with {@link Subscription#poll}. */
  public Subscription subscribe(Predicate<Change> filter) {
    return add(filter, null);
  }

  /**
   * To be taken from, by address.
   *
   * @param kind empty for all
   * @param namespace empty for all
   * @param name empty for all
   */
  public Subscription subscribe(String identity, String kind, String namespace, String name) {
    return subscribe(matching(identity, kind, namespace, name));
  }

  /**
   * Calls back in a thread of its own, one event after the other, and needs none while there are no
   * events.
   */
  public Subscription subscribe(Predicate<Change> filter, Consumer<Event> listener) {
    return add(filter, listener);
  }

  /** Selects by address; empty parts (other than the identity) match all. */
  public static Predicate<Change> matching(
      String identity, String kind, String namespace, String name) {
    return change -> {
      Key key = change.row().key();
      return (name.isEmpty() || key.name().equals(name))
          && (kind.isEmpty() || key.kind().equals(kind))
          && (namespace.isEmpty() || key.namespace().equals(namespace))
          && key.identity().equals(identity);
    };
  }

  /** There is one at most. */
  void record(Journal journal) {
    this.journal = journal;
  }

  /** The number of the change that was published last; 0: none yet. */
  public synchronized long last() {
    return sequence;
  }

  /** How many subscriptions are open. */
  public int subscribers() {
    return subscriptions.size();
  }

  /** Called after the commit, by the one writer. */
  synchronized void publish(List<Draft> drafts, Instant at) {
    for (Draft draft : drafts) {
      Change change = new Change(++sequence, draft.type(), at, draft.from(), draft.row());
      journal.changed(change);
      for (Subscription subscription : subscriptions) {
        subscription.offer(change);
      }
    }
  }

  /** Called after a sweep is committed and published, by the one writer. */
  synchronized void listed(Operation.Sweep sweep) {
    sequence += journal.listed(sweep, sequence + 1);
  }

  private Subscription add(Predicate<Change> filter, Consumer<Event> listener) {
    Subscription subscription =
        new Subscription(filter, listener, buffer, threads, subscriptions::remove);
    subscriptions.add(subscription);
    return subscription;
  }
}
