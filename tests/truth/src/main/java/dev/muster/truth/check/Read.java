package dev.muster.truth.check;

import java.util.List;

/**
 * The answer to one question about what is there. All times are in microseconds since the epoch.
 *
 * @param what the question, for people
 * @param namespace asked for; empty for all
 * @param name asked for; empty for all
 * @param fresh past the cache
 * @param live the answer says that it is true now
 * @param observed when the answer says it was true; -1 if it does not say ("not found")
 * @param started when it was asked
 * @param ended when the answer was there
 * @param rows what was told; none for "not found"
 */
public record Read(
    String what,
    String namespace,
    String name,
    boolean fresh,
    boolean live,
    long observed,
    long started,
    long ended,
    List<Told> rows) {
  public Read {
    rows = List.copyOf(rows);
  }
}
