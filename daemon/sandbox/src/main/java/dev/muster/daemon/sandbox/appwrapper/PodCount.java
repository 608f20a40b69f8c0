package dev.muster.daemon.sandbox.appwrapper;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.daemon.sandbox.store.StoredObject;
import java.util.Arrays;
import java.util.List;

/**
 * The pods of an AppWrapper by phase; running ones that are being deleted count as none.
 *
 * @param terminal a failed one ended with an exit code after which the AppWrapper is given up
 */
record PodCount(int pending, int running, int succeeded, int failed, boolean terminal) {

  private static final String PREFIX = "workload.codeflare.dev.appwrapper/";

  static PodCount of(Wrapper wrapper, List<StoredObject> pods) {
    int[] counts = new int[4];
    boolean terminal = false;
    for (StoredObject pod : pods) {
      switch (pod.fields().get("status.phase")) {
        case "Running" -> counts[1] += pod.terminating() ? 0 : 1;
        case "Succeeded" -> counts[2]++;
        case "Failed" -> {
          counts[3]++;
          terminal |= terminal(wrapper, pod.tree());
        }
        default -> counts[0]++;
      }
    }
    return new PodCount(counts[0], counts[1], counts[2], counts[3], terminal);
  }

  private static boolean terminal(Wrapper wrapper, JsonNode pod) {
    List<String> terminal = codes(wrapper, "terminalExitCodes");
    List<String> retryable = codes(wrapper, "retryableExitCodes");
    boolean result = false;
    for (JsonNode container : pod.at("/status/containerStatuses")) {
      String code = container.at("/state/terminated/exitCode").asText("0");
      boolean failed = !code.equals("0");
      result |= failed && terminal.contains(code);
      result |= failed && !retryable.isEmpty() && !retryable.contains(code);
    }
    return result;
  }

  private static List<String> codes(Wrapper wrapper, String annotation) {
    return Arrays.stream(wrapper.annotation(PREFIX + annotation).split(",", -1))
        .map(String::strip)
        .filter(code -> !code.isEmpty())
        .toList();
  }
}
