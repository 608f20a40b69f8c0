package dev.muster.daemon.kubernetes.ddp;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many nodes and processes a job has: TorchX's "[min:]nnodesxnproc".
 *
 * @param min the fewest nodes that it may run with
 * @param nodes the most
 * @param perNode processes on each; 0: not said
 */
public record Procs(int min, int nodes, int perNode) {
  private static final Pattern GRAMMAR =
      Pattern.compile("(?:([1-9]\\d{0,3}):)?([1-9]\\d{0,3})(?:x([1-9]\\d{0,3}))?");

  /** Empty if it is not of that form. */
  static Optional<Procs> parse(String text) {
    Matcher matcher = GRAMMAR.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int nodes = Integer.parseInt(matcher.group(2));
    int min = matcher.group(1) == null ? nodes : Integer.parseInt(matcher.group(1));
    int perNode = matcher.group(3) == null ? 0 : Integer.parseInt(matcher.group(3));
    return min > nodes ? Optional.empty() : Optional.of(new Procs(min, nodes, perNode));
  }

  /** With one process for each GPU, and at least one, where it is not said. */
  Procs orPerGpu(int gpus) {
    return perNode > 0 ? this : new Procs(min, nodes, Math.max(gpus, 1));
  }

  /** For torchrun's --nnodes. */
  String range() {
    return min == nodes ? Integer.toString(nodes) : min + ":" + nodes;
  }
}
