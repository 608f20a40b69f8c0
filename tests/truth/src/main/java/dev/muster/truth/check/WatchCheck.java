package dev.muster.truth.check;

import dev.muster.truth.check.Watched.Event;
import dev.muster.truth.history.Place;
import dev.muster.truth.history.Timeline;
import dev.muster.truth.history.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What a watch told of each place against the server's story: in the server's order, nothing twice,
 * and up to the last version that was known long enough before the watch ended.
 *
 * <p>Every version must have been told, but for two that the design admits: one whose cells (all
 * but REASON and AGE) are those that were told last, since a watch tells what a person can see; and
 * one that a later version of the daemon's own writing overtook, since a write's answer goes into
 * the cache at once and older news is passed over then. Where the watch itself said that it lost
 * sight or had to read again ({@link Watched#isExcused}), nothing counts as lost.
 */
final class WatchCheck {
  private final Facts facts;
  private final Map<Place, NavigableSet<Long>> own;

  /**
   * @param own the versions that the daemon's own writes made
   */
  WatchCheck(Facts facts, Map<Place, NavigableSet<Long>> own) {
    this.facts = facts;
    this.own = own;
  }

  List<Lie> check(Watched watched) {
    List<Lie> lies = new ArrayList<>();
    if (watched.synced() < 0) {
      return lies;
    }
    for (Event event : watched.events()) {
      if (event.row() != null && facts.history().at(event.row().place()).isEmpty()) {
        lies.add(
            new Lie(
                Lie.Kind.INVENTED,
                watched.what(),
                event.row() + ": there never was anything of that name"));
      }
    }
    for (Place place : facts.history().places(watched.namespace(), watched.name())) {
      Timeline timeline = facts.history().at(place).orElseThrow();
      Walk walk = new Walk(watched, timeline, own.getOrDefault(place, new TreeSet<>()), lies);
      watched.events().stream()
          .filter(e -> e.row() != null && e.row().place().equals(place))
          .forEach(walk::take);
      walk.end();
    }
    return lies;
  }

  /** Along the versions of one place. */
  private final class Walk {
    private final Watched watched;
    private final Timeline timeline;
    private final NavigableSet<Long> own;
    private final List<Lie> lies;
    private long position;
    private boolean exact;
    private Told shown;

    Walk(Watched watched, Timeline timeline, NavigableSet<Long> own, List<Lie> lies) {
      this.watched = watched;
      this.timeline = timeline;
      this.own = own;
      this.lies = lies;
      // Where nothing was there at first, it began at some version that was known by then.
      this.position =
          timeline
              .latest(v -> v.told() <= watched.synced() + facts.bounds().slack())
              .map(Version::number)
              .orElse(-1L);
    }

    void take(Event event) {
      switch (event.type()) {
        case PRESENT -> present(event);
        case ADDED -> added(event);
        case CHANGED -> changed(event);
        case DELETED -> deleted(event);
        default -> throw new IllegalArgumentException("no row belongs to " + event.type());
      }
    }

    private void present(Event event) {
      if (shown != null) {
        lie(Lie.Kind.DOUBLED, event, "it had been told already");
      }
      version(event).ifPresent(version -> position = version.number());
      exact = true;
      shown = event.row();
    }

    private void added(Event event) {
      if (shown != null) {
        lie(Lie.Kind.DOUBLED, event, "it was there already, as " + shown);
      }
      version(event).ifPresent(version -> move(version, event));
      shown = event.row();
    }

    private void changed(Event event) {
      if (shown == null) {
        lie(Lie.Kind.LOST, event, "nobody was told that it is there");
      } else {
        if (!shown.uid().equals(event.row().uid())) {
          lie(Lie.Kind.LOST, event, "nobody was told that " + shown + " is gone");
        }
        if (!shown.state().equals(event.from())) {
          lie(Lie.Kind.LOST, event, "it says it was " + event.from() + ", told was " + shown);
        }
        if (sameLook(shown, event.row())) {
          lie(Lie.Kind.DOUBLED, event, "it had been told so already");
        }
      }
      Optional<Version> version = version(event);
      if (version.isEmpty() || move(version.get(), event)) {
        shown = event.row();
      }
    }

    private void deleted(Event event) {
      if (shown == null) {
        lie(Lie.Kind.DOUBLED, event, "nobody had been told that it is there");
      } else if (!shown.uid().equals(event.row().uid())) {
        lie(Lie.Kind.LOST, event, "told was " + shown + ", which is another one");
      }
      facts.version(watched.what(), event.row(), watched.ended(), lies);
      Optional<Version> end = timeline.endOf(event.row().uid());
      if (end.isEmpty()) {
        lie(Lie.Kind.INVENTED, event, "it was never deleted");
      } else {
        move(end.get(), event);
      }
      shown = null;
    }

    private Optional<Version> version(Event event) {
      return facts.version(watched.what(), event.row(), watched.ended(), lies);
    }

    /** Whether it is a step forward. */
    private boolean move(Version to, Event event) {
      boolean early = !exact && to.number() <= position;
      exact = true;
      if (early) {
        position = to.number();
        return true;
      }
      if (to.number() < position) {
        lie(Lie.Kind.WENT_BACK, event, "version " + position + " had been told");
        return false;
      }
      passed(timeline.between(position, to.number()), to.number());
      position = to.number();
      return true;
    }

    /** What was not told on the way to that version. */
    private void passed(List<Version> untold, long to) {
      if (watched.isExcused()) {
        return;
      }
      for (Version version : untold) {
        boolean looksTheSame =
            shown != null
                && !version.gone()
                && version.uid().equals(shown.uid())
                && version.face().cells().equals(shown.cells());
        Long next = own.higher(version.number());
        boolean overtaken = next != null && next <= to;
        if (!looksTheSame && !overtaken) {
          lies.add(
              new Lie(
                  Lie.Kind.LOST,
                  watched.what(),
                  "%s was not told; told before was %s".formatted(version, shown)));
        }
      }
    }

    void end() {
      long known = watched.ended() - facts.bounds().lag();
      List<Version> rest =
          timeline.versions().stream()
              .filter(v -> v.number() > position && v.told() < known)
              .toList();
      if (!rest.isEmpty()) {
        // The last one of them cannot have been overtaken: it must be what was told last.
        passed(rest, rest.getLast().number());
      }
    }

    private void lie(Lie.Kind kind, Event event, String sentence) {
      lies.add(new Lie(kind, watched.what(), event.type() + " " + event.row() + ": " + sentence));
    }

    private boolean sameLook(Told one, Told other) {
      return one.uid().equals(other.uid())
          && one.cells().equals(other.cells())
          && one.reason().equals(other.reason());
    }
  }
}
