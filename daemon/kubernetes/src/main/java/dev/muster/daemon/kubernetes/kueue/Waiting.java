package dev.muster.daemon.kubernetes.kueue;

import dev.muster.daemon.kubernetes.Quantity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Why Kueue keeps something waiting, said for the person who waits. Kueue says it in the message of
 * the condition QuotaReserved; the texts are those of its packages scheduler/flavorassigner and
 * controller/core (0.12).
 */
final class Waiting {
  private static final Pattern UNUSED =
      Pattern.compile(
          "insufficient unused quota for (\\S+) in flavor (\\S+), ([0-9.]+[A-Za-z]*) more needed");
  private static final Pattern NEVER_IN_ALL =
      Pattern.compile(
          "insufficient quota for (\\S+) in flavor (\\S+), previously considered podsets requests"
              + " \\(([0-9.]+[A-Za-z]*)\\) \\+ current podset request \\(([0-9.]+[A-Za-z]*)\\) >"
              + " maximum capacity \\(([0-9.]+[A-Za-z]*)\\)");
  private static final Pattern NEVER =
      Pattern.compile(
          "insufficient quota for (\\S+) in flavor (\\S+), request > maximum capacity"
              + " \\(([0-9.]+[A-Za-z]*) > ([0-9.]+[A-Za-z]*)\\)");
  private static final Pattern GONE = Pattern.compile("(Local|Cluster)Queue (\\S+) doesn't exist");
  private static final Pattern INACTIVE =
      Pattern.compile("(Local|Cluster)Queue (\\S+) is inactive");
  private static final Pattern FLAVOR = Pattern.compile("flavor (\\S+) not found");
  private static final Pattern UNCOVERED =
      Pattern.compile("resource (\\S+) unavailable in ClusterQueue");

  private Waiting() {}

  /**
   * @param queue the local queue
   * @param message Kueue's
   */
  static String reason(String queue, String message) {
    if (message.isEmpty()) {
      return queue.isEmpty()
          ? "waiting for quota"
          : "waiting for quota in the local queue " + queue;
    }
    Matcher never = NEVER.matcher(message);
    if (never.find()) {
      return tooMuch(never.group(1), never.group(3), never.group(4), queue);
    }
    Matcher inAll = NEVER_IN_ALL.matcher(message);
    if (inAll.find()) {
      Quantity sum =
          Quantity.parse(inAll.group(3))
              .orElse(Quantity.ZERO)
              .plus(Quantity.parse(inAll.group(4)).orElse(Quantity.ZERO));
      String asked = inAll.group(1).equals("memory") ? sum.bytes() : sum.plain();
      return tooMuch(inAll.group(1), asked, inAll.group(5), queue);
    }
    List<String> missing = missing(message);
    if (!missing.isEmpty()) {
      return "needs " + String.join(" and ", missing) + " more than " + queue + " has left";
    }
    Matcher gone = GONE.matcher(message);
    if (gone.find()) {
      return "the " + queueWord(gone) + " " + gone.group(2) + " does not exist";
    }
    Matcher inactive = INACTIVE.matcher(message);
    if (inactive.find()) {
      return "the " + queueWord(inactive) + " " + inactive.group(2) + " is stopped or not ready";
    }
    Matcher flavor = FLAVOR.matcher(message);
    if (flavor.find()) {
      return "the resource flavor " + flavor.group(1) + " does not exist";
    }
    Matcher uncovered = UNCOVERED.matcher(message);
    if (uncovered.find()) {
      return "the queue " + queue + " gives out no " + uncovered.group(1);
    }
    return message;
  }

  private static String tooMuch(String resource, String asked, String most, String queue) {
    return "asks for "
        + amount(resource, asked)
        + ", but "
        + queue
        + " can never give more than "
        + amount(resource, most);
  }

  private static String queueWord(Matcher matcher) {
    return matcher.group(1).toLowerCase(Locale.ROOT) + " queue";
  }

  /** The most that is missing of each resource: flavors are alternatives, groups of pods add up. */
  private static List<String> missing(String message) {
    Map<String, String> amounts = new LinkedHashMap<>();
    Matcher matcher = UNUSED.matcher(message);
    while (matcher.find()) {
      amounts.merge(matcher.group(1), matcher.group(3), Waiting::greater);
    }
    List<String> missing = new ArrayList<>();
    amounts.forEach((resource, amount) -> missing.add(amount(resource, amount)));
    return missing;
  }

  private static String greater(String one, String other) {
    Quantity left = Quantity.parse(one).orElse(Quantity.ZERO);
    Quantity right = Quantity.parse(other).orElse(Quantity.ZERO);
    return left.compareTo(right) >= 0 ? one : other;
  }

  /** "2 GPUs", "1 CPU", "4Gi of memory". */
  private static String amount(String resource, String amount) {
    String plain = Quantity.parse(amount).map(Quantity::plain).orElse(amount);
    String plural = plain.equals("1") ? "" : "s";
    if (resource.equals("cpu")) {
      return plain + " CPU" + plural;
    }
    if (resource.toLowerCase(Locale.ROOT).endsWith("gpu")) {
      return plain + " GPU" + plural;
    }
    if (resource.equals("google.com/tpu")) {
      return plain + " TPU" + plural;
    }
    return amount + " of " + resource;
  }
}
