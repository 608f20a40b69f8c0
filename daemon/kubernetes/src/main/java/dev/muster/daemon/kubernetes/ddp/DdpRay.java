package dev.muster.daemon.kubernetes.ddp;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.core.Caller;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.kubernetes.Yaml;
import dev.muster.daemon.kubernetes.define.ShellWords;
import dev.muster.daemon.ray.RaySubmission;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A job on a Ray cluster: one submission whose entrypoint is a small driver of ours, which starts
 * torchrun on as many nodes as are asked for.
 */
public final class DdpRay {
  /** The driver's file in the working directory. */
  public static final String DRIVER = "muster_ddp.py";

  /** What Ray leaves of a node's memory to programs: the rest holds its objects. */
  private static final double MEMORY_SHARE = 0.7;

  private static final long MB = 1_000_000;

  private final DdpDefinition definition;
  private final ClusterSize size;
  private final List<String> warnings = new ArrayList<>();

  private DdpRay(DdpDefinition definition, ClusterSize size) {
    this.definition = definition;
    this.size = size;
  }

  /**
   * What a cluster's workers have; it is taken where the definition says nothing.
   *
   * @param workers of the cluster, all groups together
   * @param cpus of each worker
   * @param gpus of each worker
   * @param memoryBytes of each worker; 0: not known
   */
  public record ClusterSize(int workers, int cpus, int gpus, long memoryBytes) {}

  /**
   * What is to be submitted, and what has to be sent before.
   *
   * @param submission its runtime environment still needs the working_dir, which is to be made of
   *     the directory
   * @param directory that goes with the job
   * @param extras files that are to be in the package beside those of the directory, by path
   * @param warnings for people
   */
  public record Prepared(
      RaySubmission submission,
      Path directory,
      Map<String, byte[]> extras,
      List<String> warnings) {}

  /**
   * Makes the submission.
   *
   * @throws Failure USAGE if the cluster has no workers and the definition no nodes, or the
   *     requirements cannot be read
   */
  public static Prepared prepare(Caller caller, DdpDefinition definition, ClusterSize size) {
    return new DdpRay(definition, size).make(caller);
  }

  private Prepared make(Caller caller) {
    Path directory = DdpDefinitions.workspace(caller, definition);
    RaySubmission submission =
        new RaySubmission(
            definition.name(),
            ShellWords.line(entrypoint()),
            environment(directory),
            Map.of("name", definition.name(), "submitted_by", "muster"),
            null,
            null,
            null,
            Map.of());
    unused();
    return new Prepared(submission, directory, Map.of(DRIVER, driver()), List.copyOf(warnings));
  }

  private List<String> entrypoint() {
    int cpus = definition.cpu() == null ? Math.max(size.cpus(), 1) : definition.cpu();
    int gpus = definition.gpu() == null ? size.gpus() : definition.gpu();
    Procs procs =
        definition.j() == null
            ? new Procs(size.workers(), size.workers(), Math.max(size.gpus(), 1))
            : definition.j().orPerGpu(gpus);
    if (procs.min() < 1) {
      throw Failure.usage(
          "The cluster has no workers, so say how many nodes the job has: --j NODESxPROCESSES.");
    }
    if (procs.min() > size.workers() + 1) {
      warnings.add(
          "The job waits for "
              + procs.min()
              + " nodes, and the cluster has a head and "
              + size.workers()
              + (size.workers() == 1 ? " worker." : " workers."));
    }
    List<String> words = new ArrayList<>(List.of("python", DRIVER));
    option(words, "--name", definition.name());
    option(words, "--nodes", procs.range());
    option(words, "--procs", procs.perNode());
    option(words, "--cpus", cpus);
    option(words, "--gpus", gpus);
    if (reservesMemory()) {
      option(words, "--memory", definition.memMB() * MB);
    }
    if (definition.rdzvPort() != DdpDefinition.DEFAULT_PORT) {
      option(words, "--port", definition.rdzvPort());
    }
    if (definition.rdzvBackend() != null) {
      option(words, "--backend", definition.rdzvBackend());
    }
    if (definition.maxRetries() > 0) {
      option(words, "--retries", definition.maxRetries());
    }
    if (definition.m() != null) {
      words.add("-m");
      words.add(definition.m());
    } else {
      words.add(definition.script());
    }
    words.addAll(definition.scriptArgs());
    return words;
  }

  private static void option(List<String> words, String name, Object value) {
    words.add(name);
    words.add(String.valueOf(value));
  }

  /** A whole node's memory cannot be reserved: Ray keeps a part of it, and the job would wait. */
  private boolean reservesMemory() {
    return definition.memMB() != null
        && (size.memoryBytes() == 0
            || definition.memMB() * MB <= size.memoryBytes() * MEMORY_SHARE);
  }

  private ObjectNode environment(Path directory) {
    ObjectNode environment = Yaml.JSON.createObjectNode();
    if (!definition.env().isEmpty()) {
      ObjectNode variables = environment.putObject("env_vars");
      definition.env().forEach(variables::put);
    }
    String requirements = definition.schedulerArgs().get(SchedulerArgs.REQUIREMENTS);
    if (requirements != null) {
      ArrayNode pip = environment.putArray("pip");
      Path file = directory.resolve(requirements);
      try {
        Files.readAllLines(file).stream()
            .map(String::strip)
            .filter(line -> !line.isEmpty() && !line.startsWith("#"))
            .forEach(pip::add);
      } catch (IOException e) {
        throw new Failure(Failure.Kind.USAGE, "The requirements " + file + " cannot be read.", e);
      }
    }
    return environment;
  }

  private void unused() {
    List<String> without = new ArrayList<>();
    if (definition.image() != null) {
      without.add("image");
    }
    if (!definition.mounts().isEmpty()) {
      without.add("mounts");
    }
    if (definition.h() != null) {
      without.add("h");
    }
    if (!without.isEmpty()) {
      warnings.add(
          String.join(", ", without)
              + (without.size() == 1 ? " changes" : " change")
              + " nothing on a Ray cluster: its pods are there already.");
    }
  }

  private static byte[] driver() {
    try (InputStream stream = DdpRay.class.getResourceAsStream("/ddp/" + DRIVER)) {
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
