package dev.muster.cli.output;

import dev.muster.v1.GetReply;
import dev.muster.v1.Observation;
import dev.muster.v1.Resource;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The record that scripts see, alike for every system: {@code -o json}, {@code yaml} and {@code
 * jsonpath}. Fields are only ever added. Times are ISO 8601 in UTC, null where there is none; texts
 * are never null.
 */
public final class Records {
  private Records() {}

  /**
   * @param observations of the answer that it is part of
   */
  public static Map<String, Object> of(Resource resource, List<Observation> observations) {
    Map<String, Object> record = new LinkedHashMap<>();
    record.put("source", resource.getSource());
    record.put("context", resource.getContext());
    record.put("kind", resource.getKind());
    record.put("namespace", resource.getNamespace());
    record.put("name", resource.getName());
    if (!resource.getAddress().isEmpty()) {
      record.put("address", resource.getAddress());
    }
    record.put("uid", resource.getUid());
    record.put("state", resource.getState());
    record.put("nativeState", resource.getNativeState());
    record.put("ready", resource.getReady());
    record.put("reason", resource.getReason());
    record.put("created", time(resource.getCreatedAtMs()));
    record.put("changed", time(resource.getChangedAtMs()));
    record.put("observedAt", time(resource.getObservedAtMs()));
    record.put("live", live(resource, observations));
    record.put("owner", resource.getOwner());
    record.put("details", details(resource.getDetailsJson()));
    return record;
  }

  /** One resource by itself, with how long it usually takes, where that is known. */
  static Map<String, Object> of(GetReply reply) {
    Map<String, Object> record = of(reply.getResource(), List.of(reply.getObservation()));
    if (reply.hasEstimate()) {
      record.put("estimate", Estimates.record(reply.getEstimate()));
    }
    return record;
  }

  public static Map<String, Object> of(Observation observation) {
    Map<String, Object> record = new LinkedHashMap<>();
    record.put("source", observation.getSource());
    record.put("context", observation.getContext());
    record.put("kind", observation.getKind());
    record.put("observedAt", time(observation.getObservedAtMs()));
    record.put("live", observation.getLive());
    record.put("reason", observation.getReason());
    return record;
  }

  /** ISO 8601 in UTC to the millisecond, or null for 0. */
  public static String time(long millis) {
    return millis == 0 ? null : Instant.ofEpochMilli(millis).toString();
  }

  private static boolean live(Resource resource, List<Observation> observations) {
    return observations.stream()
        .filter(observation -> observation.getLive())
        .anyMatch(
            observation ->
                matches(observation.getKind(), resource.getKind())
                    && matches(observation.getContext(), resource.getContext())
                    && matches(observation.getSource(), resource.getSource()));
  }

  /** An observation that leaves something out speaks of all. */
  private static boolean matches(String observed, String actual) {
    return observed.isEmpty() || observed.equals(actual);
  }

  private static Object details(String json) {
    return json.isEmpty() ? Map.of() : Json.parse(json);
  }
}
