package dev.muster.truth.check;

import java.util.List;

/**
 * One watch, from its call to its end. Times are in microseconds since the epoch.
 *
 * @param what the question, for people
 * @param namespace asked for; empty for all
 * @param name asked for; empty for all
 * @param started when it was asked
 * @param synced when "all that was there has been sent" came; -1 if it never did
 * @param observed when what was there was true, as that message says
 * @param live whether it says that it is true now
 * @param ended until when it was listened to
 * @param events in the order in which they came, those before "synced" too
 */
public record Watched(
    String what,
    String namespace,
    String name,
    long started,
    long synced,
    long observed,
    boolean live,
    long ended,
    List<Event> events) {
  public Watched {
    events = List.copyOf(events);
  }

  /** What happened. */
  public enum Type {
    PRESENT,
    ADDED,
    CHANGED,
    DELETED,
    /** The daemon lost its own watch, and said so. */
    LOST_SIGHT,
    /** The daemon's own watch is up again. */
    REGAINED
  }

  /**
   * One thing that a watch told.
   *
   * @param from the state before, as the event says; empty for none
   * @param row null where the event is about none
   * @param cursor its place in the daemon's history; 0 if it has none, which is how what was found
   *     by reading again is told
   */
  public record Event(Type type, String from, Told row, long cursor) {}

  /** What was there at first is an answer like that to "list". */
  Read beginning() {
    List<Told> rows =
        events.stream().filter(e -> e.type() == Type.PRESENT).map(Event::row).toList();
    return new Read(
        "the beginning of " + what, namespace, name, false, live, observed, started, synced, rows);
  }

  /**
   * The daemon may have missed something and said so: it lost sight of the server, or read again
   * since this reader was too slow.
   */
  boolean isExcused() {
    return events.stream()
        .anyMatch(
            e ->
                e.type() == Type.LOST_SIGHT
                    || (e.cursor() == 0
                        && (e.type() == Type.ADDED
                            || e.type() == Type.CHANGED
                            || e.type() == Type.DELETED)));
  }
}
