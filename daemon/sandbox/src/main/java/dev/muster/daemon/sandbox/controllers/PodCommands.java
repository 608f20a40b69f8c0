package dev.muster.daemon.sandbox.controllers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.daemon.sandbox.net.PodLog;
import dev.muster.daemon.sandbox.net.PodLogs;
import dev.muster.daemon.sandbox.process.LocalProcess;
import dev.muster.daemon.sandbox.process.Scratch;
import dev.muster.daemon.sandbox.store.ObjectKey;
import dev.muster.daemon.sandbox.store.StoredObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntConsumer;

/**
 * Really runs the command of a job's pods, one that is to run to its end (restartPolicy Never) and
 * is none of Ray's: as a local process in a directory of its own. Of several containers the first
 * one's command is run; images and volumes are not there.
 */
public final class PodCommands implements AutoCloseable {

  private record Running(String uid, Path directory, LocalProcess process) {}

  private final Path directory;
  private final Clock clock;
  private final PodLogs logs;
  private final Map<ObjectKey, Running> running = new ConcurrentHashMap<>();

  /**
   * @param directory for what they write, removed with them
   * @param clock for the times of lines
   */
  public PodCommands(Path directory, Clock clock, PodLogs logs) {
    this.directory = directory;
    this.clock = clock;
    this.logs = logs;
  }

  /** Whether the pod's command is to run here. */
  static boolean runs(JsonNode pod) {
    return pod.at("/spec/restartPolicy").asText().equals("Never")
        && !pod.at("/metadata/labels").has("ray.io/node-type")
        && !command(pod).isEmpty();
  }

  private static List<String> command(JsonNode pod) {
    JsonNode container = pod.at("/spec/containers/0");
    List<String> command = new ArrayList<>();
    // Without a command the arguments are the image's own.
    if (!container.path("command").isEmpty()) {
      container.path("command").forEach(word -> command.add(word.asText()));
      container.path("args").forEach(word -> command.add(word.asText()));
    }
    return command;
  }

  /**
   * Starts the command.
   *
   * @param ended gets the exit code
   */
  void start(StoredObject pod, IntConsumer ended) {
    JsonNode tree = pod.tree();
    Path own = Scratch.make(directory.resolve(pod.uid()));
    try {
      PodLog log = new PodLog(own.resolve("log"));
      logs.keep(pod.key().namespace(), pod.key().name(), log);
      LocalProcess process =
          LocalProcess.start(
              command(tree),
              Scratch.make(own.resolve("work")),
              environment(pod.key(), tree),
              Redirect.PIPE);
      running.put(pod.key(), new Running(pod.uid(), own, process));
      Thread.ofVirtual().start(() -> follow(process, log, ended));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, String> environment(ObjectKey key, JsonNode pod) {
    Map<String, String> variables = new TreeMap<>();
    variables.put("HOSTNAME", pod.at("/spec/hostname").asText(key.name()));
    for (JsonNode variable : pod.at("/spec/containers/0/env")) {
      variables.put(variable.path("name").asText(), variable.path("value").asText(""));
    }
    return variables;
  }

  private void follow(LocalProcess process, PodLog log, IntConsumer ended) {
    try (log;
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(process.output(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        log.add(new PodLog.Line(clock.instant(), line));
      }
      int code = process.waitFor();
      process.kill();
      log.close();
      ended.accept(code);
    } catch (IOException | InterruptedException e) {
      // The pod is gone: nobody asks how it ended.
      process.kill();
    }
  }

  /** The pod is gone: its command ends at once, and its log goes. */
  void gone(StoredObject pod) {
    Running old = running.get(pod.key());
    if (old != null && old.uid().equals(pod.uid())) {
      running.remove(pod.key());
      logs.forget(pod.key().namespace(), pod.key().name());
      end(old);
    }
  }

  private static void end(Running one) {
    one.process().kill();
    Scratch.remove(one.directory());
  }

  @Override
  public void close() {
    running.values().forEach(PodCommands::end);
    running.clear();
  }
}
