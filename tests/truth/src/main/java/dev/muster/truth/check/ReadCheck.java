package dev.muster.truth.check;

import dev.muster.truth.history.Place;
import dev.muster.truth.history.Timeline;
import dev.muster.truth.history.Version;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One answer to "get" or "list" against the server's story: nothing invented, nothing missing,
 * nothing older than the answer itself admits.
 *
 * <p>An answer says when it was true. What the recorder had been told longer than the lag before
 * that time must be in it. "Not found" says no time: that is taken from when it was asked. An
 * answer from past the cache must have everything that had been told before it was asked, without
 * any lag.
 */
final class ReadCheck {
  private final Facts facts;

  ReadCheck(Facts facts) {
    this.facts = facts;
  }

  List<Lie> check(Read read) {
    List<Lie> lies = new ArrayList<>();
    dated(read, lies);
    long admitted = admitted(read);
    Set<Place> told = new HashSet<>();
    for (Told row : read.rows()) {
      if (!told.add(row.place())) {
        lies.add(new Lie(Lie.Kind.DOUBLED, read.what(), row + ": told twice in one answer"));
      }
      if (!asked(read, row.place())) {
        lies.add(new Lie(Lie.Kind.INVENTED, read.what(), row + ": it was not asked for"));
      }
      row(read, row, admitted, lies);
    }
    for (Place place : facts.history().places(read.namespace(), read.name())) {
      Timeline timeline = facts.history().at(place).orElseThrow();
      if (!told.contains(place)
          && !timeline.isEmptySomeTime(admitted, read.ended() + facts.bounds().slack())) {
        lies.add(
            new Lie(
                Lie.Kind.STALE,
                read.what(),
                place
                    + " is missing, which had been there since "
                    + ago(admitted, there(timeline, read.ended()))));
      }
    }
    return lies;
  }

  /** Live means now: it must have been true at some time of the call. */
  private static void dated(Read read, List<Lie> lies) {
    boolean outside =
        read.observed() < read.started() - Bounds.DATING
            || read.observed() > read.ended() + Bounds.DATING;
    if (read.live() && read.observed() >= 0 && outside) {
      lies.add(
          new Lie(
              Lie.Kind.MISDATED,
              read.what(),
              "it says that it is live and was true at %d, but was asked at %d and answered at %d"
                  .formatted(read.observed(), read.started(), read.ended())));
    }
  }

  private long admitted(Read read) {
    if (read.fresh()) {
      return read.started();
    }
    return (read.observed() < 0 ? read.started() : read.observed()) - facts.bounds().lag();
  }

  private static boolean asked(Read read, Place place) {
    return (read.namespace().isEmpty() || read.namespace().equals(place.namespace()))
        && (read.name().isEmpty() || read.name().equals(place.name()));
  }

  private void row(Read read, Told row, long admitted, List<Lie> lies) {
    Optional<Version> version = facts.version(read.what(), row, read.ended(), lies);
    if (version.isEmpty()) {
      return;
    }
    long bound = admitted;
    if (row.observedMillis() >= 0 && !read.fresh()) {
      bound = Math.max(bound, row.observedMillis() * 1000 - facts.bounds().lag());
    }
    long limit = bound;
    facts
        .replaced(version.get(), limit)
        .ifPresent(
            next ->
                lies.add(
                    new Lie(
                        Lie.Kind.STALE,
                        read.what(),
                        row + ": " + next + " had been told " + ago(limit, next))));
  }

  private static Version there(Timeline timeline, long at) {
    return timeline
        .latest(v -> !v.gone() && v.told() <= at)
        .orElseGet(() -> timeline.versions().getFirst());
  }

  private static String ago(long limit, Version version) {
    return (limit - version.told()) / 1000 + " ms before the oldest time that the answer admits";
  }
}
