package dev.muster.truth.check;

import dev.muster.truth.history.Face;
import dev.muster.truth.history.Timeline;
import dev.muster.truth.history.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * How a wait ended against the server's story: it was reached only if a version that was current
 * while it went on was so; it ran out of time only if no such version lasted; what it says is gone
 * or replaced was.
 */
final class WaitCheck {
  private static final List<String> WAY = List.of("QUEUED", "STARTING", "READY", "SUCCEEDED");
  private static final Set<String> ENDS = Set.of("SUCCEEDED", "FAILED", "STOPPED");

  private final Facts facts;

  WaitCheck(Facts facts) {
    this.facts = facts;
  }

  List<Lie> check(Waited waited) {
    List<Lie> lies = new ArrayList<>();
    Optional<Timeline> timeline = facts.history().at(waited.place());
    switch (waited.outcome()) {
      case REACHED -> reached(waited, timeline, lies);
      case FAILED -> {
        if (current(waited, lies).filter(v -> ENDS.contains(v.face().state())).isEmpty()) {
          lies.add(lie(waited, "it did not fail"));
        }
      }
      case GONE -> {
        if (!wasEmpty(waited, timeline)) {
          lies.add(lie(waited, "it was there all the time"));
        }
      }
      case REPLACED -> {
        if (!wasReplaced(waited, timeline)) {
          lies.add(lie(waited, "there was but one of that name"));
        }
      }
      case TIMED_OUT -> timedOut(waited, timeline, lies);
      case NONE -> lies.add(lie(waited, "it ended without saying how"));
    }
    return lies;
  }

  private void reached(Waited waited, Optional<Timeline> timeline, List<Lie> lies) {
    boolean byAbsence = waited.goal().equals("deleted") || waited.goal().equals("terminating");
    if (byAbsence && (wasEmpty(waited, timeline) || wasReplaced(waited, timeline))) {
      return;
    }
    if (waited.goal().equals("deleted")) {
      lies.add(lie(waited, "it was not deleted"));
      return;
    }
    if (current(waited, lies).filter(v -> isReached(waited.goal(), v.face())).isEmpty()) {
      lies.add(lie(waited, "told was " + waited.row() + ", which is not what was waited for"));
    }
  }

  /** The version that was told at the end, if it was one and was current while the wait went on. */
  private Optional<Version> current(Waited waited, List<Lie> lies) {
    if (waited.row() == null) {
      return Optional.empty();
    }
    Optional<Version> version = facts.version(waited.what(), waited.row(), waited.ended(), lies);
    version
        .flatMap(v -> facts.replaced(v, waited.started() - facts.bounds().lag()))
        .ifPresent(
            next ->
                lies.add(
                    new Lie(
                        Lie.Kind.STALE,
                        waited.what(),
                        waited.row() + ": " + next + " had been told before it was asked")));
    return version;
  }

  private void timedOut(Waited waited, Optional<Timeline> timeline, List<Lie> lies) {
    long from = waited.started() + facts.bounds().lag();
    long to = waited.ended() - facts.bounds().lag();
    boolean lasted =
        timeline.isPresent()
            && from < to
            && timeline
                .get()
                .isAllTheTime(
                    v ->
                        (waited.uid().isEmpty() || waited.uid().equals(v.uid()))
                            && isReached(waited.goal(), v.face()),
                    from,
                    to);
    if (lasted) {
      lies.add(lie(waited, "it was " + waited.goal() + " all the time"));
    }
  }

  private boolean wasEmpty(Waited waited, Optional<Timeline> timeline) {
    return timeline
        .map(
            t ->
                t.isEmptySomeTime(
                    waited.started() - facts.bounds().lag(),
                    waited.ended() + facts.bounds().slack()))
        .orElse(true);
  }

  /** Whether one ended and another came while or before it was waited for. */
  private boolean wasReplaced(Waited waited, Optional<Timeline> timeline) {
    long known = waited.ended() + facts.bounds().slack();
    return timeline
        .filter(t -> !waited.uid().isEmpty() || waited.row() != null)
        .map(
            t -> {
              String uid = waited.uid().isEmpty() ? waited.row().uid() : waited.uid();
              return t.endOf(uid)
                  .flatMap(end -> t.after(end.number()))
                  .filter(next -> next.told() <= known)
                  .isPresent();
            })
        .orElse(false);
  }

  private static boolean isReached(String goal, Face face) {
    if (goal.equals("ready")) {
      return face.ready();
    }
    String wanted = goal.toUpperCase(Locale.ROOT);
    int step = WAY.indexOf(wanted);
    return face.state().equals(wanted)
        || (step >= 0 && WAY.indexOf(face.state()) >= step)
        || (wanted.equals("SUSPENDING") && face.state().equals("SUSPENDED"));
  }

  private static Lie lie(Waited waited, String sentence) {
    return new Lie(
        Lie.Kind.UNFULFILLED,
        waited.what(),
        waited.place() + " ended as " + waited.outcome() + ": " + sentence);
  }
}
