package dev.muster.daemon.sandbox.ray;

import java.nio.file.Path;
import java.util.function.IntSupplier;
import java.util.regex.Pattern;

/**
 * Where a job runs.
 *
 * @param work its working directory
 * @param bin more commands, for what is not on the path
 * @param agent address of the node's job agent
 * @param node id of the node
 * @param numbers counts the drivers of the cluster
 */
record JobPlace(Path work, Path bin, String agent, String node, IntSupplier numbers) {

  private static final Pattern PYTHON = Pattern.compile("\\bpython[0-9.]*\\b");

  /** What it can import beside its working directory, a directory for each package. */
  Path modules() {
    return work.resolveSibling(work.getFileName() + "-modules");
  }

  /**
   * A driver gets a job id when it connects to Ray. Nothing can connect here: what runs Python
   * counts as connected.
   */
  Job.Driver driver(String entrypoint, long pid) {
    boolean connects = PYTHON.matcher(entrypoint).find();
    // Four bytes, the lowest first.
    String id = connects ? "%08x".formatted(Integer.reverseBytes(numbers.getAsInt())) : "";
    return new Job.Driver(agent, node, id, pid);
  }
}
