package dev.muster.cli.watch;

import dev.muster.cli.Io;
import dev.muster.cli.output.Cells;
import dev.muster.cli.output.Freshness;
import dev.muster.cli.output.Json;
import dev.muster.cli.output.Records;
import dev.muster.v1.Observation;
import dev.muster.v1.Resource;
import dev.muster.v1.WatchEvent;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Changes as lines, each written at once: {@code 14:02:11 demo QUEUED -> STARTING (reason)}, or one
 * JSON object {@code {type, at, cursor, from, to, resource}} a line. That the server was lost or
 * came back is no change of a resource: as text it goes to standard error.
 */
public final class EventLines {
  private final Io io;
  private final boolean json;

  public EventLines(Io io, boolean json) {
    this.io = io;
    this.json = json;
  }

  public void print(WatchEvent event) {
    if (json) {
      io.out().println(Json.compact(record(event))).flush();
      return;
    }
    switch (event.getType()) {
      case SYNCED -> {}
      case LIVENESS -> io.warn(liveness(event.getObservation()));
      default -> io.out().println(line(event)).flush();
    }
  }

  private String line(WatchEvent event) {
    Resource resource = event.getResource();
    String reason = resource.getReason().isEmpty() ? "" : " (" + resource.getReason() + ")";
    Instant at = Instant.ofEpochMilli(event.getAtMs());
    return Cells.clean(
        "%s %s/%s %s%s"
            .formatted(
                Freshness.clockTime(io, at),
                resource.getNamespace(),
                resource.getName(),
                change(event),
                reason));
  }

  private static String change(WatchEvent event) {
    String now = event.getResource().getState();
    String from = event.getFromState();
    return switch (event.getType()) {
      case PRESENT -> now;
      case ADDED -> "(new) -> " + now;
      case DELETED -> (from.isEmpty() ? now : from) + " -> (gone)";
      default -> from.isEmpty() || from.equals(now) ? now : from + " -> " + now;
    };
  }

  private static String liveness(Observation observation) {
    return observation.getLive()
        ? "live again"
        : "not live any more: " + Freshness.reason(observation);
  }

  private static Map<String, Object> record(WatchEvent event) {
    Map<String, Object> record = new LinkedHashMap<>();
    record.put("type", event.getType().name());
    record.put("at", Records.time(event.getAtMs()));
    if (event.getCursor() != 0) {
      record.put("cursor", event.getCursor());
    }
    if (event.hasResource()) {
      record.put("from", event.getFromState());
      record.put(
          "to", event.getType() == WatchEvent.Type.DELETED ? "" : event.getResource().getState());
      record.put("resource", Records.of(event.getResource(), List.of(event.getObservation())));
    }
    if (event.hasObservation()) {
      record.put("observation", Records.of(event.getObservation()));
    }
    return record;
  }
}
