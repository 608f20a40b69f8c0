package dev.muster.daemon.kubernetes.jobs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.kubernetes.Yaml;
import dev.muster.daemon.kubernetes.ddp.DdpRay;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a distributed job asks for on a Ray cluster: not its entrypoint does, but our driver for its
 * nodes, and the driver's options say how much.
 */
final class Distributed {
  private static final Pattern OPTION =
      Pattern.compile(" --(nodes|cpus|gpus|memory) (?:\\d{1,9}:)?(\\d{1,18})(?= )");

  private Distributed() {}

  /**
   * Of all nodes together, in the form of {@link SubmissionRow#requested}; empty if it is not our
   * driver that runs.
   */
  static ObjectNode requested(String entrypoint) {
    ObjectNode requested = Yaml.JSON.createObjectNode();
    if (!entrypoint.startsWith("python " + DdpRay.DRIVER + " ")) {
      return requested;
    }
    long nodes = 0;
    // The driver's own options come first, each once; the script can have some of the same name.
    Matcher options = OPTION.matcher(entrypoint);
    while (options.find()) {
      long amount = Long.parseLong(options.group(2));
      if (options.group(1).equals("nodes")) {
        nodes = nodes == 0 ? amount : nodes;
      } else if (amount > 0 && !requested.has(options.group(1))) {
        requested.put(options.group(1), amount * nodes);
      }
    }
    return requested;
  }
}
