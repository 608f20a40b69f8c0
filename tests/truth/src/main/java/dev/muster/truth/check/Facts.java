package dev.muster.truth.check;

import dev.muster.truth.history.History;
import dev.muster.truth.history.Timeline;
import dev.muster.truth.history.Version;
import java.util.List;
import java.util.Optional;

/** Whether a row is one of the versions that there were. */
final class Facts {
  private final History history;
  private final Bounds bounds;

  Facts(History history, Bounds bounds) {
    this.history = history;
    this.bounds = bounds;
  }

  History history() {
    return history;
  }

  Bounds bounds() {
    return bounds;
  }

  /**
   * The version that a row is; of a row without a version the latest that looks so and was known
   * when the answer came. Empty, with a lie added, if there was none.
   */
  Optional<Version> version(String what, Told row, long ended, List<Lie> lies) {
    Optional<Timeline> timeline = history.at(row.place());
    if (timeline.isEmpty()) {
      lies.add(new Lie(Lie.Kind.INVENTED, what, row + ": there never was anything of that name"));
      return Optional.empty();
    }
    if (!row.hasVersion()) {
      long known = ended + bounds.slack();
      Optional<Version> best =
          timeline
              .get()
              .latest(v -> !v.gone() && v.told() <= known && row.difference(v.face()).isEmpty());
      if (best.isEmpty()) {
        lies.add(new Lie(Lie.Kind.INVENTED, what, row + ": no version of it ever looked so"));
      }
      return best;
    }
    Optional<Version> version = timeline.get().state(row.uid(), row.number());
    if (version.isEmpty()) {
      lies.add(
          new Lie(
              Lie.Kind.INVENTED,
              what,
              row + ": there never was a version " + row.number() + " of uid " + row.uid()));
      return version;
    }
    String difference = row.difference(version.get().face());
    if (!difference.isEmpty()) {
      lies.add(new Lie(Lie.Kind.INVENTED, what, row + ": " + difference));
    }
    return version;
  }

  /** What had replaced that version before that time, which nobody could overlook. */
  Optional<Version> replaced(Version version, long before) {
    return history
        .at(version.place())
        .flatMap(timeline -> timeline.after(version.number()))
        .filter(next -> next.told() < before);
  }
}
