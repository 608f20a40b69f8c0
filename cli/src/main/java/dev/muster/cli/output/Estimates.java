package dev.muster.cli.output;

import dev.muster.cli.Durations;
import dev.muster.v1.Estimate;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** How long something usually takes, for people and for scripts. */
public final class Estimates {
  private Estimates() {}

  /** "usually 3m, at most 8m". */
  public static String text(Estimate estimate) {
    return "usually %s, at most %s"
        .formatted(
            Durations.brief(Duration.ofMillis(estimate.getMedianMs())),
            Durations.brief(Duration.ofMillis(estimate.getNinetiethMs())));
  }

  public static Map<String, Object> record(Estimate estimate) {
    Map<String, Object> record = new LinkedHashMap<>();
    record.put("medianSeconds", estimate.getMedianMs() / 1000.0);
    record.put("ninetiethSeconds", estimate.getNinetiethMs() / 1000.0);
    record.put("runs", estimate.getRuns());
    return record;
  }
}
