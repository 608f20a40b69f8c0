package dev.muster.daemon.kubernetes.jobs;

import dev.muster.daemon.core.Cancellation;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.core.Jobs.Bookmark;
import dev.muster.daemon.core.Jobs.LogSink;
import dev.muster.daemon.core.Registration;
import dev.muster.daemon.kubernetes.Pause;
import dev.muster.daemon.kubernetes.jobs.Pods.Pod;
import dev.muster.daemon.kubernetes.jobs.StampedLines.Line;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * What one pod prints, to its end. A connection that breaks is made anew from the last line's time
 * on, and lines of that time that were handed over are not handed over again.
 */
final class PodFollower {
  /** Between attempts, and before it is looked whether a pod that ended has really ended. */
  static final Duration AGAIN = Duration.ofMillis(400);

  private static final int BATCH = 1 << 16;

  private final Pods pods;
  private final Pod pod;
  private final byte[] prefix;
  private final LogSink sink;
  private final Cancellation cancellation;
  private final Pause pause;

  private LinePlace last;

  /**
   * @param from the last line that its reader has
   * @param prefix in front of each line
   * @param sink shared with other pods; only whole lines are written to it
   */
  PodFollower(
      Pods pods,
      Pod pod,
      LinePlace from,
      byte[] prefix,
      LogSink sink,
      Cancellation cancellation,
      Pause pause) {
    this.pods = pods;
    this.pod = pod;
    this.last = from;
    this.prefix = prefix;
    this.sink = sink;
    this.cancellation = cancellation;
    this.pause = pause;
  }

  /**
   * @param first of the query: how far back it begins
   */
  void run(String first) throws IOException {
    while (!cancellation.isCancelled()) {
      // Before it is read: only what is read after the end of a pod is its whole log.
      Optional<Pod> now = pods.again(pod);
      boolean read = now.isPresent() && read(now.get(), last.isNone() ? first : "");
      if (now.isEmpty() || (now.get().over() && read)) {
        return;
      }
      pause.between(AGAIN);
    }
  }

  /** Whether it was read to its end. */
  private boolean read(Pod now, String first) throws IOException {
    Optional<InputStream> opened = open(now, first);
    if (opened.isEmpty()) {
      return now.over();
    }
    try (InputStream stream = opened.get();
        Registration closing = cancellation.onCancel(() -> close(stream))) {
      boolean whole = lines(new StampedLines(stream), last);
      closing.close();
      return whole;
    }
  }

  private Optional<InputStream> open(Pod now, String first) {
    String since =
        last.isNone() ? first : "&sinceTime=" + last.at().truncatedTo(ChronoUnit.SECONDS);
    try {
      return pods.log(now, "&follow=true&timestamps=true" + since);
    } catch (Failure e) {
      if (e.kind() != Failure.Kind.NO_ANSWER) {
        throw e;
      }
      sink.note("pod " + pod.name() + ": " + e.getMessage());
      return Optional.empty();
    }
  }

  private static void close(InputStream stream) {
    try {
      stream.close();
    } catch (IOException e) {
      // It was to be ended, and it has ended.
      return;
    }
  }

  /**
   * @param known the last line that was handed over
   */
  private boolean lines(StampedLines lines, LinePlace known) throws IOException {
    ByteArrayOutputStream batch = new ByteArrayOutputStream();
    int met = 0;
    boolean gap = !known.isNone();
    while (true) {
      Line line;
      try {
        line = lines.next();
      } catch (IOException e) {
        flush(batch);
        if (!cancellation.isCancelled()) {
          sink.note("pod " + pod.name() + ": the connection was lost; reading on from there");
        }
        return false;
      }
      if (line == null) {
        flush(batch);
        return true;
      }
      if (!known.isNone() && line.at() != null) {
        boolean before = line.at().isBefore(known.at());
        if (before || (line.at().equals(known.at()) && met++ < known.count())) {
          gap &= before;
          continue;
        }
        if (gap) {
          gap = false;
          sink.note("pod " + pod.name() + ": lines after " + known.at() + " may be missing");
        }
      }
      last = last.after(line);
      batch.write(prefix);
      batch.write(line.text());
      if (!lines.isMore() || batch.size() >= BATCH) {
        flush(batch);
      }
    }
  }

  private void flush(ByteArrayOutputStream batch) throws IOException {
    if (batch.size() > 0) {
      sink.write(ByteBuffer.wrap(batch.toByteArray()), new Bookmark(pod.uid(), last.toString()));
      batch.reset();
    }
  }
}
