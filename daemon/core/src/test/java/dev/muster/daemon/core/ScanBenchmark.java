package dev.muster.daemon.core;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** Prints how long it takes to write, scan and read 10,000 rows of about 4 KiB. Run by hand. */
public final class ScanBenchmark {
  private static final int ROWS = 10_000;
  private static final String OBJECT =
      "{\"kind\":\"RayCluster\",\"text\":\"" + "abcdefg ".repeat(500) + "\"}";

  private ScanBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    Path directory = Files.createTempDirectory("scan-benchmark");
    try (Cache cache = Cache.open(directory, "benchmark", Clock.systemUTC());
        QueuedWriter writer = new QueuedWriter(cache, new ChangeFeed(), Clock.systemUTC())) {
      time("write", () -> fill(writer));
      time("write again, the same", () -> fill(writer));
      print(cache);
    }
    time("reopen", () -> Cache.open(directory, "benchmark", Clock.systemUTC()).close());
    try (Cache cache = Cache.open(directory, "benchmark", Clock.systemUTC())) {
      time("first scan after reopening", () -> scan(cache, false));
      print(cache);
      System.out.printf("%-32s %d KiB%n", "file", cache.bytes() >> 10);
    }
    Cache.delete(directory);
    Files.delete(directory);
  }

  private static void print(Cache cache) {
    sample(
        "scan, first after a write",
        30,
        () -> {
          cache.written(java.util.Set.of(new Snapshots.Kind(Rows.IDENTITY, Rows.KIND)));
          scan(cache, false);
        });
    sample("scan", 200, () -> scan(cache, false));
    sample("scan, whole", 5, () -> scan(cache, true));
    sample("scan after that", 200, () -> scan(cache, false));
    sample("get", 2_000, () -> get(cache));
    System.gc();
    long used = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    System.out.printf("%-32s %d MiB%n", "heap in use", used >> 20);
  }

  private static void fill(QueuedWriter writer) {
    for (int i = 0; i < ROWS; i++) {
      writer.put(Rows.holding(OBJECT, Rows.row("cluster-%05d".formatted(i))));
    }
    writer.await(writer.lastEnqueued());
  }

  private static void scan(Cache cache, boolean whole) {
    int[] count = new int[1];
    cache.scan(Rows.IDENTITY, Rows.KIND, "", whole, row -> count[0]++);
    if (count[0] != ROWS) {
      throw new IllegalStateException("scanned " + count[0]);
    }
  }

  private static void get(Cache cache) {
    Optional<Row> row = cache.get(Rows.key("cluster-05000"));
    if (row.isEmpty()) {
      throw new IllegalStateException("the row is missing");
    }
  }

  private static void time(String what, Runnable work) {
    long start = System.nanoTime();
    work.run();
    System.out.printf(
        "%-32s %,d ms%n", what, Duration.ofNanos(System.nanoTime() - start).toMillis());
  }

  private static void sample(String what, int times, Runnable work) {
    long[] nanos = new long[times];
    for (int i = 0; i < times; i++) {
      long start = System.nanoTime();
      work.run();
      nanos[i] = System.nanoTime() - start;
    }
    long first = nanos[0];
    Arrays.sort(nanos);
    System.out.printf(
        "%-32s median %.3f ms, p95 %.3f ms, first %.3f ms%n",
        what, nanos[times / 2] / 1e6, nanos[times * 95 / 100] / 1e6, first / 1e6);
  }
}
