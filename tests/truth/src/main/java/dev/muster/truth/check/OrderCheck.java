package dev.muster.truth.check;

import dev.muster.truth.history.Place;
import dev.muster.truth.history.Timeline;
import dev.muster.truth.history.Version;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * What one user is told never goes back, and a write that was acknowledged is seen by every read
 * that is begun afterwards: that version, a later one, or its end. No lag is admitted.
 */
final class OrderCheck {
  private final Facts facts;

  OrderCheck(Facts facts) {
    this.facts = facts;
  }

  /** From that time on, the place is at least at that version. */
  private record Floor(Place place, long number, long since, String because) {}

  List<Lie> check(List<Read> reads, List<OwnWrite> writes) {
    PriorityQueue<Floor> coming = new PriorityQueue<>(Comparator.comparingLong(Floor::since));
    writes.forEach(write -> floor(write).ifPresent(coming::add));
    List<Read> inOrder = reads.stream().sorted(Comparator.comparingLong(Read::started)).toList();
    Map<Place, Floor> floors = new HashMap<>();
    List<Lie> lies = new ArrayList<>();
    for (Read read : inOrder) {
      while (!coming.isEmpty() && coming.peek().since() < read.started()) {
        Floor floor = coming.poll();
        floors.merge(floor.place(), floor, (a, b) -> a.number() >= b.number() ? a : b);
      }
      judge(read, floors, lies);
      // An answer past the cache puts nothing into it, so it binds no later one.
      if (!read.fresh()) {
        read.rows().stream()
            .filter(Told::hasVersion)
            .map(row -> new Floor(row.place(), row.number(), read.ended(), read.what()))
            .forEach(coming::add);
      }
    }
    return lies;
  }

  private Optional<Floor> floor(OwnWrite write) {
    if (write.number() >= 0) {
      return Optional.of(
          new Floor(write.place(), write.number(), write.acknowledged(), "a write of one's own"));
    }
    return facts
        .history()
        .at(write.place())
        .flatMap(timeline -> timeline.deletionOf(write.uid()))
        .map(
            version ->
                new Floor(
                    write.place(),
                    version.number(),
                    write.acknowledged(),
                    "a deletion of one's own"));
  }

  private void judge(Read read, Map<Place, Floor> floors, List<Lie> lies) {
    Map<Place, Told> told = new HashMap<>();
    read.rows().forEach(row -> told.put(row.place(), row));
    for (Place place : facts.history().places(read.namespace(), read.name())) {
      Floor floor = floors.get(place);
      if (floor == null) {
        continue;
      }
      Told row = told.get(place);
      if (row == null) {
        absent(read, floor, lies);
      } else {
        facts
            .version(read.what(), row, read.ended(), new ArrayList<>())
            .filter(version -> version.number() < floor.number())
            .ifPresent(version -> lies.add(lie(read, floor, "told was " + version)));
      }
    }
  }

  private void absent(Read read, Floor floor, List<Lie> lies) {
    Timeline timeline = facts.history().at(floor.place()).orElseThrow();
    long known = read.ended() + facts.bounds().slack();
    Optional<Version> end =
        timeline.first(v -> v.gone() && v.number() >= floor.number() && v.told() <= known);
    if (end.isEmpty()) {
      lies.add(lie(read, floor, floor.place() + " was missing"));
    }
  }

  private static Lie lie(Read read, Floor floor, String told) {
    return new Lie(
        Lie.Kind.WENT_BACK,
        read.what(),
        "%s, though %s had shown version %d %d us before it was asked"
            .formatted(told, floor.because(), floor.number(), read.started() - floor.since()));
  }
}
