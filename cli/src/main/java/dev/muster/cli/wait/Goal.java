package dev.muster.cli.wait;

import dev.muster.cli.CliFailure;
import dev.muster.cli.Nearest;
import java.util.List;
import java.util.Locale;

/** What a wait waits for. */
public final class Goal {
  public static final String READY = "ready";
  public static final String DELETED = "deleted";
  public static final String SUCCEEDED = "SUCCEEDED";

  private static final List<String> KNOWN =
      List.of(
          READY,
          DELETED,
          "QUEUED",
          "STARTING",
          "RUNNING",
          "SUSPENDING",
          "SUSPENDED",
          SUCCEEDED,
          "FAILED",
          "STOPPED",
          "TERMINATING");

  private Goal() {}

  /**
   * As the daemon takes it: "ready" and "deleted" small, states in capitals. READY in capitals is
   * the state, for which "ready" is the better word and means the same.
   */
  public static String parse(String typed) {
    String small = typed.toLowerCase(Locale.ROOT);
    String large = typed.toUpperCase(Locale.ROOT);
    if (small.equals(READY) || small.equals(DELETED)) {
      return small;
    }
    if (KNOWN.contains(large)) {
      return large;
    }
    throw CliFailure.usage(
        "--for '%s' is no state%s (%s)"
            .formatted(typed, Nearest.hint(large, KNOWN), String.join(", ", KNOWN)));
  }
}
