package dev.muster.truth.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** All that ever was in one place, in the server's order. */
public final class Timeline {
  private final List<Version> versions;

  Timeline(List<Version> versions) {
    this.versions = new ArrayList<>(versions);
    this.versions.sort(Comparator.comparingLong(Version::number));
  }

  public List<Version> versions() {
    return List.copyOf(versions);
  }

  public Version last() {
    return versions.getLast();
  }

  /** The state of that number; the end of an object is none. */
  public Optional<Version> state(String uid, long number) {
    return first(v -> !v.gone() && v.number() == number && v.uid().equals(uid));
  }

  /** What came next in that place. */
  public Optional<Version> after(long number) {
    return first(v -> v.number() > number);
  }

  public Optional<Version> endOf(String uid) {
    return first(v -> v.gone() && v.uid().equals(uid));
  }

  public Optional<Version> beginningOf(String uid) {
    return first(v -> v.uid().equals(uid));
  }

  /** The first version of which the deletion shows. */
  public Optional<Version> deletionOf(String uid) {
    return first(v -> v.uid().equals(uid) && (v.gone() || v.deleting()));
  }

  public Optional<Version> first(Predicate<Version> wanted) {
    return versions.stream().filter(wanted).findFirst();
  }

  public Optional<Version> latest(Predicate<Version> wanted) {
    return versions.reversed().stream().filter(wanted).findFirst();
  }

  /** Those after the one and before the other. */
  public List<Version> between(long one, long other) {
    return versions.stream().filter(v -> v.number() > one && v.number() < other).toList();
  }

  /**
   * Whether nothing was there at some time in between, which may lie before all that is known.
   * Times are when the recorder was told.
   */
  public boolean isEmptySomeTime(long from, long to) {
    long emptySince = Long.MIN_VALUE;
    boolean there = false;
    for (Version version : versions) {
      if (version.gone()) {
        there = false;
        emptySince = version.told();
      } else if (!there) {
        there = true;
        if (emptySince <= to && version.told() >= from) {
          return true;
        }
      }
    }
    return !there && emptySince <= to;
  }

  /** Whether one that was all the time as wanted covers the whole span. */
  public boolean isAllTheTime(Predicate<Version> wanted, long from, long to) {
    long since = Long.MAX_VALUE;
    for (Version version : versions) {
      boolean is = !version.gone() && wanted.test(version);
      if (is && since == Long.MAX_VALUE) {
        since = version.told();
      } else if (!is) {
        if (since <= from && version.told() >= to) {
          return true;
        }
        since = Long.MAX_VALUE;
      }
    }
    return since <= from;
  }
}
