package dev.muster.daemon.ray;

import dev.muster.daemon.core.Cancellation;
import dev.muster.daemon.core.Failure;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CancellationException;

/**
 * Hands over what a job prints until it is over. Each round asks for the job's status, then fetches
 * what of its log is missing, then listens to Ray's tail for as long as that lasts: so the status
 * alone decides when it is over, and whatever was printed before was fetched after. While a tail
 * brings so much that it may be far behind, the log is fetched besides. Where there is no tail to
 * be had, rounds follow each other after short pauses. For one thread.
 */
final class LogFollow {
  /** After so many tails in a row that brought nothing there is none to be had. */
  private static final int FRUITLESS_TAILS = 3;

  /** How often a tail is quiet before the job's status is asked for, and between two times. */
  private static final int STATUS_EVERY = 5;

  /** How often it is quiet before the log is fetched; then after twice as often, each time. */
  private static final int FIRST_FETCH = 10;

  private static final int LONGEST_FETCH = 300;

  private final HttpRayJobs jobs;
  private final Calls calls;
  private final String id;
  private final Handover handover;
  private final Cancellation cancellation;
  private final Timing timing;

  private final Flood flood;

  private boolean seen;
  private int fruitless;
  private int failures;
  private long patienceEnds;

  LogFollow(
      HttpRayJobs jobs,
      Calls calls,
      String id,
      LogPlace from,
      RayJobs.LogSink sink,
      Cancellation cancellation) {
    this.jobs = jobs;
    this.calls = calls;
    this.id = id;
    this.handover = new Handover(sink, from);
    this.cancellation = cancellation;
    this.timing = calls.timing();
    this.flood = new Flood(System::nanoTime, timing.quiet().dividedBy(4));
  }

  void run() throws IOException {
    boolean over = false;
    while (!over && !cancellation.isCancelled()) {
      try {
        over = round();
        failures = 0;
      } catch (CancellationException e) {
        return;
      } catch (Failure e) {
        bear(e);
      }
    }
  }

  /** Whether the job is over and its reader has all. */
  private boolean round() throws IOException {
    boolean over = isOver();
    fetch();
    if (over) {
      return true;
    }
    failures = 0;
    if (fruitless >= FRUITLESS_TAILS) {
      pause(timing.poll());
      return false;
    }
    if (fruitless > 0) {
      pause(timing.before(fruitless));
    }
    fruitless = listen() ? 0 : fruitless + 1;
    return false;
  }

  private boolean isOver() {
    RayJob job =
        jobs.get(id, cancellation)
            .orElseThrow(
                () ->
                    new Failure(
                        Failure.Kind.NOT_FOUND,
                        seen
                            ? "Ray no longer knows the job "
                                + id
                                + ": it was deleted, or its cluster's head was replaced."
                            : "Ray knows no job " + id + "."));
    Instant begun = handover.begun();
    if (begun != null && job.started() != null && !begun.equals(job.started())) {
      handover.note("the job was submitted anew: its log follows from its beginning");
      handover.restart();
    }
    seen = true;
    handover.begun(job.started());
    return job.over();
  }

  /** Reads the whole log, and hands over what its reader does not have. */
  private void fetch() throws IOException {
    long had = handover.handed();
    Handover.Pass pass = handover.pass();
    jobs.logs(id, pass::write, cancellation);
    if (pass.at() < had && pass.at() > 0) {
      handover.note(
          "the log was begun anew: "
              + had
              + " bytes of it were shown, it has "
              + pass.at()
              + " now, which follow");
      handover.restart();
      jobs.logs(id, handover.pass()::write, cancellation);
    }
  }

  /** Whether the tail brought anything. It returns when the tail ends, for whatever reason. */
  private boolean listen() throws IOException {
    RayEndpoint endpoint = calls.endpoint();
    Handover.Pass pass = handover.pass();
    try (LogTail tail =
        LogTail.open(
            endpoint,
            HttpRayJobs.path(id, "/logs/tail"),
            timing.answer().dividedBy(4),
            cancellation)) {
      int quiet = 0;
      int nextFetch = FIRST_FETCH;
      while (!cancellation.isCancelled()) {
        LogTail.Part part = tail.next(timing.quiet());
        if (part == null) {
          quiet++;
          if (pass.behind() || (quiet % STATUS_EVERY == 0 && isOver())) {
            return pass.broughtMore();
          }
          if (quiet == nextFetch) {
            fetch();
            nextFetch = Math.min(2 * nextFetch, quiet + LONGEST_FETCH);
          }
          tail.probe();
        } else if (part.end()) {
          return pass.broughtMore();
        } else {
          int count = part.text().remaining();
          pass.write(part.text());
          quiet = 0;
          nextFetch = FIRST_FETCH;
          tail.more();
          if (flood.isOne(count)) {
            if (isOver()) {
              return pass.broughtMore();
            }
            flood.fetch(this::fetch);
          }
        }
      }
    } catch (LogTail.Refused e) {
      // Whatever answered, but not with a web socket, will not do so later either.
      fruitless = transientStatus(e.status) ? fruitless : FRUITLESS_TAILS;
    }
    return pass.broughtMore();
  }

  private static boolean transientStatus(int status) {
    return status == 0 || status == 502 || status == 503 || status == 504;
  }

  /** Waits and lets it be tried again, for as long as that makes sense. */
  private void bear(Failure failure) {
    boolean unreachable = failure.kind() == Failure.Kind.NO_ANSWER;
    if (!unreachable && failure.kind() != Failure.Kind.FAILED) {
      throw failure;
    }
    Duration patience = unreachable ? timing.patience() : timing.patience().dividedBy(10);
    if (failures++ == 0) {
      patienceEnds = System.nanoTime() + patience.toNanos();
      if (seen) {
        handover.note(failure.getMessage() + " Trying again for " + Words.of(patience) + ".");
      }
    }
    if (!seen || System.nanoTime() > patienceEnds) {
      throw failure;
    }
    pause(timing.before(failures));
  }

  /** An interrupted thread is told to end. */
  private void pause(Duration length) {
    if (!cancellation.pause(length)) {
      cancellation.cancel();
    }
  }
}
