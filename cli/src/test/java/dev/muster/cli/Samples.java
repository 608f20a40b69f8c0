package dev.muster.cli;

import dev.muster.v1.Column;
import dev.muster.v1.GetReply;
import dev.muster.v1.ListChunk;
import dev.muster.v1.Observation;
import dev.muster.v1.Resource;
import java.time.Instant;
import java.util.List;

/** Answers as the daemon gives them. */
public final class Samples {
  private Samples() {}

  public static long millis(String instant) {
    return Instant.parse(instant).toEpochMilli();
  }

  public static Observation live() {
    return Observation.newBuilder()
        .setSource("kubernetes")
        .setContext("lab")
        .setKind("raycluster")
        .setObservedAtMs(millis("2026-11-21T14:05:10Z"))
        .setLive(true)
        .build();
  }

  public static Observation stale() {
    return live().toBuilder()
        .setObservedAtMs(millis("2026-11-21T14:02:11Z"))
        .setLive(false)
        .setReason("the server cannot be reached")
        .build();
  }

  public static Resource demo() {
    return Resource.newBuilder()
        .setSource("kubernetes")
        .setContext("lab")
        .setKind("raycluster")
        .setNamespace("team-a")
        .setName("demo")
        .setUid("u-1")
        .setVersion("77")
        .setState("READY")
        .setNativeState("ready")
        .setReady(true)
        .setCreatedAtMs(millis("2026-11-21T14:00:00Z"))
        .setChangedAtMs(millis("2026-11-21T14:02:11Z"))
        .setObservedAtMs(millis("2026-11-21T14:05:10Z"))
        .setDetailsJson("{\"workers\":{\"desired\":2,\"ready\":2},\"image\":null}")
        .build();
  }

  public static Resource queued() {
    return demo().toBuilder()
        .setName("later")
        .setUid("u-2")
        .setState("QUEUED")
        .setNativeState("")
        .setReady(false)
        .setReason("quota of queue gpu is used up")
        .clearChangedAtMs()
        .setOwner("AppWrapper/later")
        .clearDetailsJson()
        .build();
  }

  public static Resource job() {
    return demo().toBuilder()
        .setKind("job")
        .setName("train")
        .setUid("j-1")
        .setState("RUNNING")
        .setNativeState("RUNNING")
        .setReady(false)
        .clearDetailsJson()
        .build();
  }

  public static List<Column> columns() {
    return List.of(
        column("NAME", false),
        column("NAMESPACE", false),
        column("STATE", false),
        column("IMAGE", true),
        column("AGE", false));
  }

  public static Column column(String title, boolean wide) {
    return Column.newBuilder().setTitle(title).setWide(wide).build();
  }

  public static ListChunk cells(String... rows) {
    return ListChunk.newBuilder()
        .addObservations(live())
        .addAllColumns(columns())
        .addAllRows(List.of(rows))
        .build();
  }

  public static ListChunk records(Resource... resources) {
    return ListChunk.newBuilder()
        .addObservations(live())
        .addAllResources(List.of(resources))
        .build();
  }

  public static GetReply reply() {
    return GetReply.newBuilder()
        .setObservation(live())
        .setResource(demo())
        .addAllColumns(columns())
        .setRow("demo\tteam-a\tREADY\tray:2.9\t5m")
        .build();
  }
}
