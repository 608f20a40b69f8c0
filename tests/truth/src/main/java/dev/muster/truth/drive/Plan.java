package dev.muster.truth.drive;

import dev.muster.truth.drive.Decision.What;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * The decisions of one writer: by the seed alone, whatever comes of them, so that a run can be
 * repeated. It believes that each of its own decisions succeeds; where another writer got in
 * between, the server refuses, which is part of the game.
 */
final class Plan {
  static final int WRITERS = 4;
  static final int NAMESPACES = 2;
  private static final int NAMES_EACH = 3;
  private static final int LONGEST_PAUSE_MILLIS = 250;

  private final int writer;
  private final Random random;
  private final Set<String> believed = new HashSet<>();

  Plan(long seed, int writer) {
    this.writer = writer;
    this.random = new Random(seed * 1_000_003 + writer);
  }

  /** Every name that any writer uses. */
  static List<String> names() {
    List<String> names = new ArrayList<>();
    for (int writer = 0; writer < WRITERS; writer++) {
      for (int i = 0; i < NAMES_EACH; i++) {
        names.add(name(writer, i));
      }
    }
    return names;
  }

  private static String name(int writer, int i) {
    return "c" + writer + i;
  }

  Decision next() {
    // One in eight is about what another writer believes to be its own.
    int whose = random.nextInt(8) == 0 ? random.nextInt(WRITERS) : writer;
    int namespace = random.nextInt(NAMESPACES);
    String name = name(whose, random.nextInt(NAMES_EACH));
    boolean there = believed.contains(namespace + name) || whose != writer;
    What what = there ? change(random.nextInt(100)) : What.CREATE;
    if (what == What.CREATE) {
      believed.add(namespace + name);
    } else if (what == What.DELETE) {
      believed.remove(namespace + name);
    }
    return new Decision(
        what,
        namespace,
        name,
        random.nextBoolean(),
        random.nextInt(4),
        random.nextInt(LONGEST_PAUSE_MILLIS));
  }

  private static What change(int percent) {
    if (percent < 25) {
      return What.LABEL;
    }
    if (percent < 35) {
      return What.ANNOTATE;
    }
    if (percent < 60) {
      return What.SCALE;
    }
    if (percent < 70) {
      return What.SUSPEND;
    }
    if (percent < 82) {
      return What.RESUME;
    }
    return percent < 90 ? What.REPLACE : What.DELETE;
  }
}
