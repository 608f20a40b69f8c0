package dev.muster.daemon.kubernetes.jobs;

import dev.muster.daemon.core.Cancellation;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.core.Jobs.Bookmark;
import dev.muster.daemon.core.Jobs.LogQuery;
import dev.muster.daemon.core.Jobs.LogSink;
import dev.muster.daemon.kubernetes.Pause;
import dev.muster.daemon.kubernetes.jobs.Pods.Pod;
import dev.muster.daemon.kubernetes.jobs.StampedLines.Line;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * What the pods of a distributed job print: of all ranks line by line, each with its rank in front,
 * or of one of them as it is.
 */
final class PodLogs {
  private final Pods pods;
  private final LogQuery query;
  private final boolean several;
  private final LogSink sink;
  private final Cancellation cancellation;
  private final Pause pause;

  /**
   * @param several whether the job has more than one pod
   */
  PodLogs(
      Pods pods,
      LogQuery query,
      boolean several,
      LogSink sink,
      Cancellation cancellation,
      Pause pause) {
    this.pods = pods;
    this.query = query;
    this.several = several && query.rank() < 0 && query.pod().isEmpty();
    this.sink = new Shared(sink);
    this.cancellation = cancellation;
    this.pause = pause;
  }

  /** For writers in several threads. */
  private static final class Shared implements LogSink {
    private final LogSink sink;
    private final ReentrantLock lock = new ReentrantLock();

    Shared(LogSink sink) {
      this.sink = sink;
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
      lock.lock();
      try {
        sink.write(bytes);
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void write(ByteBuffer bytes, Bookmark after) throws IOException {
      lock.lock();
      try {
        sink.write(bytes, after);
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void note(String sentence) {
      lock.lock();
      try {
        sink.note(sentence);
      } finally {
        lock.unlock();
      }
    }
  }

  /** Those that were asked for. */
  private List<Pod> chosen(List<Pod> all) {
    return all.stream()
        .filter(pod -> query.rank() < 0 || pod.rank() == query.rank())
        .filter(pod -> query.pod().isEmpty() || pod.name().equals(query.pod()))
        .toList();
  }

  private String range() {
    return (query.since() == null
            ? ""
            : "&sinceSeconds=" + Math.max(1, query.since().plusMillis(999).toSeconds()))
        + (query.tail() < 0 ? "" : "&tailLines=" + query.tail());
  }

  private byte[] prefix(Pod pod) {
    String who = pod.rank() < 0 ? pod.name() : Integer.toString(pod.rank());
    return several ? ("[" + who + "] ").getBytes(StandardCharsets.UTF_8) : new byte[0];
  }

  /** What they have printed so far. */
  void now() throws IOException {
    List<Pod> all = pods.list();
    List<Pod> mine = chosen(all);
    if (mine.isEmpty() && !all.isEmpty()) {
      throw notThere(all);
    }
    if (!several) {
      for (Pod pod : mine) {
        copy(pod);
      }
      return;
    }
    List<Head> heads = new ArrayList<>();
    try {
      for (Pod pod : mine) {
        Optional<InputStream> opened = pods.log(pod, "&timestamps=true" + range());
        opened.ifPresent(stream -> heads.add(new Head(stream, prefix(pod))));
      }
      merge(heads);
    } finally {
      for (Head head : heads) {
        head.stream.close();
      }
    }
  }

  private Failure notThere(List<Pod> all) {
    String asked = query.pod().isEmpty() ? "rank " + query.rank() : "pod " + query.pod();
    return new Failure(
        Failure.Kind.NOT_FOUND,
        "The job "
            + JobKind.id(query.name())
            + " has no "
            + asked
            + "; it has "
            + all.stream()
                .map(pod -> query.pod().isEmpty() ? Integer.toString(pod.rank()) : pod.name())
                .collect(Collectors.joining(", "))
            + ".");
  }

  private void copy(Pod pod) throws IOException {
    Optional<InputStream> opened = pods.log(pod, range());
    if (opened.isEmpty()) {
      return;
    }
    try (InputStream stream = opened.get()) {
      byte[] buffer = new byte[1 << 16];
      for (int n = stream.read(buffer); n >= 0; n = stream.read(buffer)) {
        sink.write(ByteBuffer.wrap(buffer.clone(), 0, n));
      }
    }
  }

  /** One pod's next line. */
  private static final class Head {
    final InputStream stream;
    final StampedLines lines;
    final byte[] prefix;
    Line line;
    Instant at = Instant.MIN;

    Head(InputStream stream, byte[] prefix) {
      this.stream = stream;
      this.lines = new StampedLines(stream);
      this.prefix = prefix;
    }

    boolean advance() throws IOException {
      line = lines.next();
      at = line == null || line.at() == null ? at : line.at();
      return line != null;
    }
  }

  /** By time. */
  private void merge(List<Head> heads) throws IOException {
    PriorityQueue<Head> next = new PriorityQueue<>(Comparator.comparing((Head head) -> head.at));
    for (Head head : heads) {
      if (head.advance()) {
        next.add(head);
      }
    }
    for (Head head = next.poll(); head != null; head = next.poll()) {
      ByteBuffer bytes = ByteBuffer.allocate(head.prefix.length + head.line.text().length);
      sink.write(bytes.put(head.prefix).put(head.line.text()).flip());
      if (head.advance()) {
        next.add(head);
      }
    }
  }

  /**
   * What they print until the job is over; pods that take the place of others too.
   *
   * @param over whether the job is
   */
  void follow(BooleanSupplier over) throws IOException {
    Map<String, Future<?>> followed = new HashMap<>();
    Cancellation own = new Cancellation();
    try (var outer = cancellation.onCancel(own::cancel);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      try {
        follow(over, own, threads, followed);
      } finally {
        own.cancel();
      }
      outer.close();
    }
  }

  private void follow(
      BooleanSupplier over,
      Cancellation own,
      ExecutorService threads,
      Map<String, Future<?>> followed)
      throws IOException {
    while (!own.isCancelled()) {
      // Before the pods: whoever is over starts no more of them.
      boolean last = over.getAsBoolean();
      for (Pod pod : chosen(pods.list())) {
        if (!followed.containsKey(pod.uid())) {
          String first = followed.isEmpty() || query.tail() < 0 ? range() : "";
          LinePlace from = LinePlace.parse(query.bookmarks().get(pod.uid()));
          PodFollower follower = new PodFollower(pods, pod, from, prefix(pod), sink, own, pause);
          followed.put(
              pod.uid(),
              threads.submit(
                  () -> {
                    follower.run(first);
                    return null;
                  }));
        }
      }
      boolean ended = true;
      for (Future<?> future : followed.values()) {
        ended &= future.isDone();
        if (future.isDone()) {
          rethrow(future);
        }
      }
      if (last && ended) {
        return;
      }
      pause.between(PodFollower.AGAIN);
    }
  }

  private static void rethrow(Future<?> done) throws IOException {
    try {
      done.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException io -> throw new IOException(io.getMessage(), e);
        case Failure failure -> throw new Failure(failure.kind(), failure.getMessage(), e);
        default -> throw new IllegalStateException(e.getCause());
      }
    }
  }
}
