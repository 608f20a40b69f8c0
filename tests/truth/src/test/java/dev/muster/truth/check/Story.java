package dev.muster.truth.check;

import dev.muster.truth.check.Judge.Evidence;
import dev.muster.truth.check.Watched.Event;
import dev.muster.truth.history.Face;
import dev.muster.truth.history.History;
import dev.muster.truth.history.Place;
import dev.muster.truth.history.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A recorded history in one place, written down by hand, and answers about it. Times are in
 * milliseconds from the beginning; a lag of 100 ms is admitted.
 */
final class Story {
  static final Place PLACE = new Place("ns", "demo");
  static final long LAG = 100;

  private final List<Version> versions = new ArrayList<>();
  private final List<Read> reads = new ArrayList<>();
  private final List<Waited> waits = new ArrayList<>();
  private final List<Watched> watches = new ArrayList<>();
  private final List<OwnWrite> writes = new ArrayList<>();

  /** The server told of that version at that time. */
  Story version(String uid, long number, String state, long told) {
    boolean deleting = state.equals("TERMINATING");
    versions.add(new Version(PLACE, uid, number, false, deleting, told * 1000, face(state)));
    return this;
  }

  Story end(String uid, long number, long told) {
    versions.add(new Version(PLACE, uid, number, true, true, told * 1000, null));
    return this;
  }

  /** A read that took from one time to the other and says that it was live at its end. */
  Story read(long started, long ended, Told... rows) {
    return read(false, started, ended, rows);
  }

  Story fresh(long started, long ended, Told... rows) {
    return read(true, started, ended, rows);
  }

  private Story read(boolean fresh, long started, long ended, Told... rows) {
    return add(
        new Read(
            "list",
            "ns",
            "",
            fresh,
            true,
            ended * 1000,
            started * 1000,
            ended * 1000,
            List.of(rows)));
  }

  Story add(Read read) {
    reads.add(read);
    return this;
  }

  Story notFound(long started, long ended) {
    return add(
        new Read("get", "ns", "demo", false, false, -1, started * 1000, ended * 1000, List.of()));
  }

  Story wrote(String uid, long number, long acknowledged) {
    writes.add(new OwnWrite(PLACE, uid, number, acknowledged * 1000));
    return this;
  }

  Story deleted(String uid, long acknowledged) {
    return wrote(uid, -1, acknowledged);
  }

  /** A watch from 0 that was in step at 1 and ended then. */
  Story watched(long ended, Event... events) {
    watches.add(
        new Watched("watch", "ns", "", 0, 1_000, 1_000, true, ended * 1000, List.of(events)));
    return this;
  }

  Story waited(String goal, long started, long ended, Waited.Outcome outcome, Told row) {
    waits.add(
        new Waited("wait", PLACE, goal, "", started * 1000, ended * 1000, outcome, row, List.of()));
    return this;
  }

  /** What the judge finds. */
  List<Lie.Kind> lies() {
    return new Judge(new History(versions), new Bounds(LAG * 1000, LAG * 1000))
        .judge(new Evidence(reads, waits, watches, writes)).stream().map(Lie::kind).toList();
  }

  static Event event(Watched.Type type, String from, Told row) {
    return new Event(type, from, row, type == Watched.Type.PRESENT ? 0 : 7);
  }

  static Told row(String uid, long number, String state) {
    return row(uid, number, state, "");
  }

  static Told row(String uid, long number, String state, String reason) {
    Face face = face(state);
    return new Told(
        PLACE,
        uid,
        number,
        state,
        face.nativeState(),
        face.ready(),
        reason,
        face.createdMillis(),
        -1,
        face.owner(),
        face.details(),
        face.cells());
  }

  static Told cells(String state) {
    return Told.ofCells(PLACE, face(state).cells(), "");
  }

  private static Face face(String state) {
    return new Face(
        state,
        state.toLowerCase(Locale.ROOT),
        state.equals("READY"),
        null,
        5,
        "",
        "{\"of\":\"" + state + "\"}",
        List.of("demo", "ns", state));
  }
}
