package dev.muster.daemon.core;

import java.time.Instant;

/** Rows for tests, each differing from {@link #row} in what a test is about. */
final class Rows {
  static final String IDENTITY = "6f1ed002ab5595859014ebf0951522d9";
  static final String KIND = "raycluster";
  static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  private Rows() {}

  static Key key(String name) {
    return new Key(IDENTITY, KIND, "team", name);
  }

  static Row row(String name) {
    return new Row(
        key(name),
        "uid-" + name,
        "100",
        State.STARTING,
        "suspended",
        false,
        "one pod is not ready",
        NOON.minusSeconds(60),
        NOON,
        NOON,
        "",
        "app=demo\nteam=blue",
        name + "\t1\t2",
        "{\"workers\":2}",
        "{\"kind\":\"RayCluster\"}");
  }

  static Row in(State state, Row row) {
    return new Row(
        row.key(),
        row.uid(),
        row.version(),
        state,
        row.nativeState(),
        state == State.READY,
        row.reason(),
        row.created(),
        row.changed(),
        row.observed(),
        row.owner(),
        row.labels(),
        row.cells(),
        row.details(),
        row.object());
  }

  static Row at(String version, Row row) {
    return new Row(
        row.key(),
        row.uid(),
        version,
        row.state(),
        row.nativeState(),
        row.ready(),
        row.reason(),
        row.created(),
        row.changed(),
        row.observed(),
        row.owner(),
        row.labels(),
        row.cells(),
        row.details(),
        row.object());
  }

  static Row of(String uid, Row row) {
    return new Row(
        row.key(),
        uid,
        row.version(),
        row.state(),
        row.nativeState(),
        row.ready(),
        row.reason(),
        row.created(),
        row.changed(),
        row.observed(),
        row.owner(),
        row.labels(),
        row.cells(),
        row.details(),
        row.object());
  }

  static Row made(Instant created, Row row) {
    return new Row(
        row.key(),
        row.uid(),
        row.version(),
        row.state(),
        row.nativeState(),
        row.ready(),
        row.reason(),
        created,
        row.changed(),
        row.observed(),
        row.owner(),
        row.labels(),
        row.cells(),
        row.details(),
        row.object());
  }

  static Row under(Key key, String owner, Row row) {
    return new Row(
        key,
        row.uid(),
        row.version(),
        row.state(),
        row.nativeState(),
        row.ready(),
        row.reason(),
        row.created(),
        row.changed(),
        row.observed(),
        owner,
        row.labels(),
        row.cells(),
        row.details(),
        row.object());
  }

  static Row because(String reason, Row row) {
    return new Row(
        row.key(),
        row.uid(),
        row.version(),
        row.state(),
        row.nativeState(),
        row.ready(),
        reason,
        row.created(),
        row.changed(),
        row.observed(),
        row.owner(),
        row.labels(),
        row.cells(),
        row.details(),
        row.object());
  }

  static Row holding(String object, Row row) {
    return new Row(
        row.key(),
        row.uid(),
        row.version(),
        row.state(),
        row.nativeState(),
        row.ready(),
        row.reason(),
        row.created(),
        row.changed(),
        row.observed(),
        row.owner(),
        row.labels(),
        row.cells(),
        row.details(),
        object);
  }

  /** As a scan without bodies gives it. */
  static Row light(Row row) {
    Row noObject = holding("", row);
    return new Row(
        noObject.key(),
        noObject.uid(),
        noObject.version(),
        noObject.state(),
        noObject.nativeState(),
        noObject.ready(),
        noObject.reason(),
        noObject.created(),
        noObject.changed(),
        noObject.observed(),
        noObject.owner(),
        noObject.labels(),
        noObject.cells(),
        "",
        "");
  }
}
