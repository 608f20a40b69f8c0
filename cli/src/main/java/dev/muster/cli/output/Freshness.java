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
        io.warn(about + sentence(io, observation));
      }
    }
  }

  private static String subject(Observation observation) {
    String context = observation.getContext();
    return Cells.clean(observation.getKind() + (context.isEmpty() ? "" : " in " + context)) + ": ";
  }

  private static String sentence(Io io, Observation observation) {
    String reason = Cells.clean(observation.getReason());
    String why = reason.isEmpty() ? "not live" : "not live: " + reason;
    if (observation.getObservedAtMs() == 0) {
      return "nothing is known (" + why + ")";
    }
    Instant then = Instant.ofEpochMilli(observation.getObservedAtMs());
    Duration age = Duration.between(then, io.clock().instant());
    return "as of %s (%s ago; %s)".formatted(clockTime(io, then), Durations.roughly(age), why);
  }

  /** The time of day in the user's zone, to the second. */
  public static String clockTime(Io io, Instant instant) {
    LocalTime time = LocalTime.ofInstant(instant, io.zone().get());
    time = time.truncatedTo(ChronoUnit.SECONDS);
    return time.getSecond() == 0 ? time + ":00" : time.toString();
  }
}
