package dev.muster.daemon.app.lifecycle;

import dev.muster.daemon.app.answers.Reads;
import dev.muster.daemon.app.answers.Sources;
import dev.muster.daemon.core.Cache;
import dev.muster.daemon.core.History;
import dev.muster.daemon.core.Observation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** What {@code daemon status} and {@code cache info} say, and clearing the cache. */
public final class Health {
  private final Options options;
  private final Activity activity;
  private final Cache cache;
  private final History history;
  private final Sources sources;
  private final Reads reads;
  private final Instant started;

  public Health(
      Options options,
      Activity activity,
      Cache cache,
      History history,
      Sources sources,
      Reads reads,
      Clock clock) {
    this.options = options;
    this.activity = activity;
    this.cache = cache;
    this.history = history;
    this.sources = sources;
    this.reads = reads;
    this.started = clock.instant();
  }

  /**
   * Sizes are in bytes.
   *
   * @param openCalls calls that are open, the one that asks not counted
   * @param untilStop until the daemon ends by itself
   */
  public record Report(
      Options options,
      long pid,
      Instant started,
      long heapUsedBytes,
      long heapMaxBytes,
      long residentBytes,
      long cacheBytes,
      long cacheRows,
      int openCalls,
      Duration untilStop,
      List<Observation> watches) {}

  public Report report() {
    Runtime runtime = Runtime.getRuntime();
    return new Report(
        options,
        ProcessHandle.current().pid(),
        started,
        runtime.totalMemory() - runtime.freeMemory(),
        runtime.maxMemory(),
        residentBytes(Path.of("/proc/self/status")),
        cache.bytes(),
        cache.rows(),
        Math.max(0, activity.open() - 1),
        activity.untilStop(),
        sources.watches().stream().map(reads::dated).toList());
  }

  public Path cacheFile() {
    return options.state().resolve("cache.mv.db");
  }

  public History.Info history() {
    return history.info();
  }

  /** Forgets what became of everything; answers with how many entries went. */
  public long clearHistory() {
    return history.clear();
  }

  /** Rows of what one watch feeds. */
  public long rows(Observation watch) {
    return cache.counts().stream()
        .filter(
            count ->
                count.identity().equals(watch.scope().identity())
                    && count.kind().equals(watch.kind()))
        .mapToLong(count -> count.rows())
        .sum();
  }

  /** Resident set size by the kernel's VmRSS line (proc(5), in kB); 0 where there is none. */
  static long residentBytes(Path status) {
    try (Stream<String> lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0;
    }
  }
}
