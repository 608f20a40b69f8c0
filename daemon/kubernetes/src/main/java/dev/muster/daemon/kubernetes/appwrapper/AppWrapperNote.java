package dev.muster.daemon.kubernetes.appwrapper;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.daemon.kubernetes.kinds.Meta;
import java.util.Locale;
import java.util.Set;

/**
 * What an AppWrapper has to say about what it wraps; a small thing, so that all of them can be kept
 * in memory.
 *
 * @param namespace of both
 * @param name the AppWrapper's own
 * @param uid the AppWrapper's own
 * @param newest whether it has the shape of v1beta2, with a phase; else of MCAD, with a state
 * @param word phase or state; empty while there is none
 * @param taken whether its operator has begun with it (MCAD: "canrun" exists)
 * @param suspend whether it is not to run
 * @param deletion why it is still there; empty unless it is being deleted
 * @param queue the local queue that its label names; empty for none
 * @param trouble what its operator found wrong; empty for nothing
 * @param resets how often it was begun anew
 * @param clusters the names of the RayClusters that it wraps
 * @param other whether it wraps anything else
 */
public record AppWrapperNote(
    String namespace,
    String name,
    String uid,
    boolean newest,
    String word,
    boolean taken,
    boolean suspend,
    String deletion,
    String queue,
    String trouble,
    int resets,
    Set<String> clusters,
    boolean other) {
  public AppWrapperNote {
    clusters = Set.copyOf(clusters);
  }

  public static AppWrapperNote of(JsonNode appWrapper) {
    JsonNode spec = appWrapper.path("spec");
    JsonNode status = appWrapper.path("status");
    boolean newest = appWrapper.path("apiVersion").asText("").endsWith("/v1beta2");
    Set<String> clusters = Components.clusters(appWrapper).keySet();
    return new AppWrapperNote(
        Meta.namespace(appWrapper),
        Meta.name(appWrapper),
        Meta.uid(appWrapper),
        newest,
        status.path(newest ? "phase" : "state").asText(""),
        newest ? status.hasNonNull("phase") : status.has("canrun"),
        spec.path("suspend").asBoolean(),
        Meta.deleting(appWrapper) ? Meta.deletion(appWrapper) : "",
        Meta.queue(appWrapper),
        trouble(status),
        status.path("resettingCount").asInt(0),
        clusters,
        Components.of(appWrapper).size() > clusters.size());
  }

  /**
   * Its condition Unhealthy, in words; what it found wrong stays told while it begins anew. See
   * "AppWrapperCondition" in the API of workload.codeflare.dev/v1beta2.
   */
  private static String trouble(JsonNode status) {
    JsonNode unhealthy = Meta.condition(status, "Unhealthy").orElse(null);
    if (unhealthy == null || !unhealthy.path("status").asText("").equals("True")) {
      return "";
    }
    String reason = unhealthy.path("reason").asText("");
    String words =
        switch (reason) {
          case "MissingComponent" -> "what it wraps was deleted";
          case "FoundFailedPods" -> "pods of it failed";
          case "InsufficientPodsReady" -> "too few of its pods are ready";
          case "FailedComponent" -> "what it wraps failed";
          case "CreateFailed" -> "what it wraps cannot be created";
          default -> reason.replaceAll("([a-z])([A-Z])", "$1 $2").toLowerCase(Locale.ROOT);
        };
    return Meta.join(words, unhealthy.path("message").asText(""));
  }

  /**
   * Whether it is on its way into the queue, rather than in it: nobody has taken it up yet, or what
   * it held is being taken back. CodeFlare has a word of its own for that, QUEUEING.
   */
  public boolean queueing() {
    return newest ? word.isEmpty() || word.equals("Suspending") : !taken;
  }

  /** "AppWrapper/NAME", as owner of what it wraps. */
  public String owner() {
    return AppWrapperRow.TITLE + "/" + name;
  }
}
