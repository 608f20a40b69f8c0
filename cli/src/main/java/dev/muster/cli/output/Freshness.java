package dev.muster.cli.output;

import dev.muster.cli.Durations;
import dev.muster.cli.Io;
import dev.muster.v1.Observation;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** What is said, on standard error, of an answer that may be out of date. A live one is no news. */
public final class Freshness {
  private Freshness() {}

  public static void report(Io io, List<Observation> observations) {
    for (Observation observation : observations) {
      if (!observation.getLive() && !observation.equals(Observation.getDefaultInstance())) {
        String about = observations.size() > 1 ? subject(observation) : "";
        List<String> reason = observation.getReason().lines().toList();
        io.warn(about + sentence(io, observation, reason.isEmpty() ? "" : reason.get(0)));
        reason.stream().skip(1).forEach(line -> io.warn("  " + Cells.clean(line)));
      }
    }
  }

  private static String subject(Observation observation) {
    String context = observation.getContext();
    return Cells.clean(observation.getKind() + (context.isEmpty() ? "" : " in " + context)) + ": ";
  }

  private static String sentence(Io io, Observation observation, String first) {
    String reason = Cells.clean(first);
    String why = reason.isEmpty() ? "not live" : "not live: " + reason;
    if (observation.getObservedAtMs() == 0) {
      return "nothing is known (" + why + ")";
    }
    Instant then = Instant.ofEpochMilli(observation.getObservedAtMs());
    Duration age = Duration.between(then, io.clock().instant());
    return "as of %s (%s ago; %s)".formatted(clockTime(io, then), Durations.roughly(age), why);
  }

  /** Why it is not live, where there is one line for that. */
  public static String reason(Observation observation) {
    return Cells.clean(observation.getReason().replace("\n", "; "));
  }

  /** The time of day in the user's zone, to the second. */
  public static String clockTime(Io io, Instant instant) {
    LocalTime time = LocalTime.ofInstant(instant, io.zone().get());
    time = time.truncatedTo(ChronoUnit.SECONDS);
    return time.getSecond() == 0 ? time + ":00" : time.toString();
  }
}
