package dev.muster.truth.drive;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Writers and readers at once, until there are enough answers and all is quiet again. */
final class Run {
  private static final int READERS = 4;
  private static final int WAITERS = 4;
  private static final int WATCHERS = 2;

  /** So many answers a second, so that there is something to be wrong about. */
  private static final long PACE = 200;

  private static final long LONGEST_MICROS = TimeUnit.MINUTES.toMicros(8);
  private static final long QUIET_MICROS = TimeUnit.SECONDS.toMicros(3);
  private static final long LONGEST_UNREST_MICROS = TimeUnit.SECONDS.toMicros(90);

  private final Options options;
  private final ApiServer server;
  private final Log log = new Log();
  private final List<String> namespaces = new ArrayList<>();
  private final long started = Now.micros();
  private volatile boolean over;

  Run(Options options, ApiServer server) {
    this.options = options;
    this.server = server;
    String run = Long.toString(started / 1000 % 100_000_000, 36);
    for (int i = 0; i < Plan.NAMESPACES; i++) {
      namespaces.add("truth-" + run + "-" + i);
    }
  }

  Log log() {
    return log;
  }

  /** Answers with what the server's own watch told meanwhile. */
  List<Recorder.Entry> run() throws IOException, InterruptedException {
    for (String namespace : namespaces) {
      ObjectNode object = ApiServer.JSON.createObjectNode();
      object.put("apiVersion", "v1").put("kind", "Namespace");
      object.putObject("metadata").put("name", namespace);
      server.post("/api/v1/namespaces", object);
    }
    try (Recorder recorder = Recorder.start(server, namespaces);
        Daemon writers = Daemon.connect();
        Daemon readers = Daemon.connect();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Questions questions = new Questions(readers, log, namespaces);
      questions.list("", false, false); // the watch is up before anything happens
      List<Watching> watches = new ArrayList<>();
      for (String namespace : List.of("", namespaces.getFirst())) {
        watches.add(Watching.start(readers, log, namespaces, namespace, ""));
      }
      watches.add(
          Watching.start(readers, log, namespaces, namespaces.getLast(), Plan.names().getFirst()));
      List<Future<?>> tasks = new ArrayList<>();
      for (int i = 0; i < Plan.WRITERS; i++) {
        Plan plan = new Plan(options.seed(), i);
        Writer writer = new Writer(writers, server, log, namespaces);
        tasks.add(threads.submit(() -> write(plan, writer, questions)));
      }
      for (int i = 0; i < READERS; i++) {
        Random random = new Random(options.seed() + i);
        tasks.add(threads.submit(() -> read(questions, random)));
      }
      for (int i = 0; i < WAITERS; i++) {
        Random random = new Random(options.seed() + 100 + i);
        Waiting waiting = new Waiting(readers, log);
        tasks.add(threads.submit(() -> await(waiting, random)));
      }
      for (int i = 0; i < WATCHERS; i++) {
        Random random = new Random(options.seed() + 200 + i);
        tasks.add(threads.submit(() -> watch(readers, random)));
      }
      try {
        while (log.answers() < options.answers() && !isTooLong()) {
          TimeUnit.MILLISECONDS.sleep(50);
          failIfOneFailed(tasks);
        }
      } finally {
        over = true;
      }
      join(tasks);
      quiet(recorder);
      questions.list("", false, false);
      questions.list("", true, false);
      for (Watching watch : watches) {
        watch.end();
      }
      recorder.verify();
      return recorder.entries();
    } finally {
      for (String namespace : namespaces) {
        server.delete("/api/v1/namespaces/" + namespace, ApiServer.JSON.createObjectNode());
      }
    }
  }

  boolean isTooLong() {
    return Now.micros() - started > LONGEST_MICROS;
  }

  private Void write(Plan plan, Writer writer, Questions questions)
      throws IOException, InterruptedException {
    while (!over) {
      Decision decision = plan.next();
      TimeUnit.MILLISECONDS.sleep(decision.pauseMillis());
      if (writer.write(decision) && decision.own()) {
        // At once, before the server can have told it by way of the watch.
        questions.get("status", namespaces.get(decision.namespace()), decision.name(), false);
        questions.list(namespaces.get(decision.namespace()), false, false);
      }
    }
    return null;
  }

  private Void read(Questions questions, Random random) throws InterruptedException {
    while (!over) {
      String namespace = random(namespaces, random);
      String name = random(Plan.names(), random);
      String perhapsAll = random.nextBoolean() ? "" : namespace;
      int percent = random.nextInt(100);
      if (percent < 35) {
        questions.get("status", namespace, name, false);
      } else if (percent < 55) {
        questions.get("get", namespace, name, false);
      } else if (percent < 62) {
        questions.get("fresh get", namespace, name, true);
      } else if (percent < 80) {
        questions.list(perhapsAll, false, false);
      } else if (percent < 97) {
        questions.list(perhapsAll, true, false);
      } else {
        questions.list(perhapsAll, false, true);
      }
      pace();
    }
    return null;
  }

  private Void await(Waiting waiting, Random random) {
    while (!over) {
      waiting.once(random(namespaces, random), random(Plan.names(), random), random);
    }
    return null;
  }

  /** Watches that begin in the middle of it all. */
  private Void watch(Daemon daemon, Random random) throws InterruptedException {
    while (!over) {
      String namespace = random.nextBoolean() ? "" : random(namespaces, random);
      String name = namespace.isEmpty() || random.nextBoolean() ? "" : random(Plan.names(), random);
      Watching watching = Watching.start(daemon, log, namespaces, namespace, name);
      long until = Now.micros() + 20_000 + random.nextInt(2_000_000);
      while (!over && Now.micros() < until) {
        TimeUnit.MILLISECONDS.sleep(10);
      }
      watching.end();
    }
    return null;
  }

  /** Not faster than there are changes to be told. */
  private void pace() throws InterruptedException {
    long ahead = log.answers() * 1_000_000 / PACE - (Now.micros() - started);
    TimeUnit.MILLISECONDS.sleep(Math.clamp(ahead / 1000, 1, 200));
  }

  /** Until the operators have come to an end with what the writers left them. */
  private void quiet(Recorder recorder) throws InterruptedException {
    long begun = Now.micros();
    while (Now.micros() - recorder.lastEvent() < QUIET_MICROS + options.lagMillis() * 1000) {
      if (Now.micros() - begun > LONGEST_UNREST_MICROS) {
        throw new IllegalStateException("the server does not come to rest");
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private static <T> T random(List<T> all, Random random) {
    return all.get(random.nextInt(all.size()));
  }

  private static void failIfOneFailed(List<Future<?>> tasks) throws InterruptedException {
    for (Future<?> task : tasks) {
      if (task.isDone()) {
        join(List.of(task));
      }
    }
  }

  private static void join(List<Future<?>> tasks) throws InterruptedException {
    for (Future<?> task : tasks) {
      try {
        task.get();
      } catch (ExecutionException e) {
        throw new IllegalStateException("a reader or writer failed: " + e.getCause(), e);
      }
    }
  }
}
