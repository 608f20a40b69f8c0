package dev.muster.truth.drive;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * How a run goes.
 *
 * @param seed of every decision of the writers
 * @param answers to be checked
 * @param on "sandbox" or "real", for the command that repeats the run
 * @param lagMillis how far behind the recorder an answer may be
 * @param kubeconfig of the recorder and of those who write behind the daemon's back
 * @param report where lies are written, with what happened in those places
 */
record Options(long seed, long answers, String on, long lagMillis, Path kubeconfig, Path report) {
  static final String USAGE =
      "[--seed N] [--answers N] [--on real|sandbox] [--lag MILLISECONDS]"
          + " --server-kubeconfig FILE --report FILE";

  private static final long USUAL_LAG_MILLIS = 2_000;

  /**
   * @throws IllegalArgumentException for anything that is not in the usage line
   */
  static Options parse(List<String> arguments) {
    long seed = RandomGenerator.getDefault().nextInt(1_000_000);
    long answers = 20_000;
    String on = "sandbox";
    long lag = USUAL_LAG_MILLIS;
    Path kubeconfig = null;
    Path report = null;
    for (Iterator<String> all = arguments.iterator(); all.hasNext(); ) {
      String option = all.next();
      if (!all.hasNext()) {
        throw new IllegalArgumentException(option + " needs a value");
      }
      String value = all.next();
      switch (option) {
        case "--seed" -> seed = Long.parseLong(value);
        case "--answers" -> answers = Long.parseLong(value);
        case "--on" -> on = value;
        case "--lag" -> lag = Long.parseLong(value);
        case "--server-kubeconfig" -> kubeconfig = Path.of(value);
        case "--report" -> report = Path.of(value);
        default -> throw new IllegalArgumentException("unknown option " + option);
      }
    }
    if (kubeconfig == null || report == null || answers < 1 || lag < 0) {
      throw new IllegalArgumentException("something is missing or too small");
    }
    return new Options(seed, answers, on, lag, kubeconfig, report);
  }

  /** What repeats the writers' decisions. */
  String again() {
    String command = "tests/truth/run --seed %d --answers %d --on %s".formatted(seed, answers, on);
    return lagMillis == USUAL_LAG_MILLIS ? command : command + " --lag " + lagMillis;
  }
}
