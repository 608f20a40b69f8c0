package dev.muster.daemon.sandbox.ray;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.sandbox.process.Scratch;
import dev.muster.daemon.sandbox.store.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicInteger;

/** All jobs of one dashboard, in the order in which they came. Safe for many threads. */
final class Jobs {

  private static final Duration BEAT = Duration.ofSeconds(1);
  private static final String LETTERS =
      "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz123456789";
  private static final int ID_LENGTH = 16;
  private static final int NODE_ID_BYTES = 28;

  /** What runs; null for one that never will. */
  private record Entry(Job job, JobRun run) {}

  private final RayDashboardOptions options;
  private final Packages packages;
  private final ExecutorService threads;
  private final SecureRandom random = new SecureRandom();
  private final AtomicInteger drivers = new AtomicInteger();
  private final AtomicInteger places = new AtomicInteger();
  private final String node;
  private final Path bin;
  private final Map<String, Entry> all = new LinkedHashMap<>();

  Jobs(RayDashboardOptions options, Packages packages, ExecutorService threads) throws IOException {
    this.options = options;
    this.packages = packages;
    this.threads = threads;
    byte[] id = new byte[NODE_ID_BYTES];
    random.nextBytes(id);
    node = java.util.HexFormat.of().formatHex(id);
    bin = Scratch.make(options.directory().resolve("bin"));
    Scratch.make(options.directory().resolve("logs"));
    // Ray's images have it, many machines do not.
    Path python = bin.resolve("python");
    Files.writeString(python, "#!/bin/sh\nexec python3 \"$@\"\n");
    Files.setPosixFilePermissions(python, PosixFilePermissions.fromString("rwx------"));
  }

  /**
   * Takes a job.
   *
   * @return its id
   */
  synchronized String submit(Submission submission) {
    String id = submission.id().isEmpty() ? newId() : submission.id();
    if (all.containsKey(id)) {
      throw new RayError(500, Tracebacks.duplicate(id));
    }
    int number = places.incrementAndGet();
    Path log = options.directory().resolve("logs").resolve("job-driver-%d.log".formatted(number));
    Job job = new Job(id, submission, log, options.clock().millis());
    JobRun run = null;
    if (options.node().has(submission)) {
      JobPlace place =
          new JobPlace(
              options.directory().resolve("work-" + number),
              bin,
              "http://127.0.0.1:52365",
              node,
              drivers::incrementAndGet);
      run = new JobRun(job, options, packages, place);
      threads.execute(run);
    }
    all.put(id, new Entry(job, run));
    return id;
  }

  private String newId() {
    StringBuilder id = new StringBuilder("raysubmit_");
    for (int i = 0; i < ID_LENGTH; i++) {
      id.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return id.toString();
  }

  private synchronized Entry find(String id) {
    return all.values().stream()
        .filter(entry -> entry.job().is(id))
        .findFirst()
        .orElseThrow(() -> RayError.unknownJob(id));
  }

  synchronized ArrayNode list() {
    ArrayNode list = Json.array();
    all.values().forEach(entry -> list.add(entry.job().json()));
    return list;
  }

  ObjectNode get(String id) {
    return find(id).job().json();
  }

  /** Whether there was something to stop. A job that waits for resources goes on waiting. */
  boolean stop(String id) {
    Entry entry = find(id);
    if (entry.job().over()) {
      return false;
    }
    if (entry.run() != null) {
      threads.execute(entry.run()::stop);
    }
    return true;
  }

  void delete(String id) {
    Job job = find(id).job();
    if (!job.over()) {
      throw new RayError(500, Tracebacks.deleteRunning(job.id(), job.status()));
    }
    synchronized (this) {
      all.remove(job.id());
    }
    Scratch.remove(job.log());
  }

  /** Its file is there once the job has begun. */
  Path log(String id) {
    return find(id).job().log();
  }

  LogTail tail(String id) {
    return new LogTail(find(id).job(), options.pace().of(BEAT));
  }
}
