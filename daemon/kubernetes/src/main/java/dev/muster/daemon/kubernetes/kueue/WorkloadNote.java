package dev.muster.daemon.kubernetes.kueue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.daemon.kubernetes.kinds.Meta;
import java.time.Instant;

/**
 * What a Workload has to say about what owns it: whether it has quota, and if not, why, or that it
 * is stopped.
 *
 * @param namespace of both
 * @param name the Workload's own
 * @param owner "KIND/NAME" of what it stands for, such as "AppWrapper/demo"; empty for none
 * @param ownerUid that one's
 * @param quota whether quota is reserved for it
 * @param finished whether what it stands for has ended
 * @param active whether it may run: its "spec.active", by which users stop what Kueue manages, and
 *     Kueue itself what it gives up
 * @param queue the local queue; empty for none
 * @param reason why it waits or is stopped, for people; empty unless it does
 * @param message the same in Kueue's words
 * @param priority those with a higher one go first
 * @param created among equals, the older goes first
 */
public record WorkloadNote(
    String namespace,
    String name,
    String owner,
    String ownerUid,
    boolean quota,
    boolean finished,
    boolean active,
    String queue,
    String reason,
    String message,
    long priority,
    Instant created) {
  private static final String DEACTIVATED = "The workload is deactivated";

  public static final WorkloadNote NONE =
      new WorkloadNote("", "", "", "", true, false, true, "", "", "", 0, Instant.EPOCH);

  public static WorkloadNote of(JsonNode workload) {
    JsonNode spec = workload.path("spec");
    JsonNode status = workload.path("status");
    boolean quota =
        !status.path("admission").isEmpty() && !Meta.is(status, "QuotaReserved", "False");
    boolean finished = Meta.isTrue(status, "Finished");
    boolean active = spec.path("active").asBoolean(true);
    String queue = spec.path("queueName").asText("");
    String message = "";
    String reason = "";
    if (!active && !finished) {
      message = evicted(status);
      reason = stopped(status, message);
    } else if (!quota && !finished) {
      message = message(status);
      reason = Waiting.reason(queue, message);
    }
    return new WorkloadNote(
        Meta.namespace(workload),
        Meta.name(workload),
        Meta.owner(workload),
        Meta.controller(workload).map(o -> o.path("uid").asText("")).orElse(""),
        quota,
        finished,
        active,
        queue,
        reason,
        message,
        spec.path("priority").asLong(0),
        Meta.created(workload));
  }

  private static String message(JsonNode status) {
    String said = said(status, "QuotaReserved");
    if (said.isEmpty() && Meta.isTrue(status, "Evicted")) {
      said = evicted(status);
    }
    // Kueue leaves that as it is when a Workload is active again, until it looks for quota.
    return said.startsWith(DEACTIVATED) ? "" : said;
  }

  private static String evicted(JsonNode status) {
    return Meta.isTrue(status, "Evicted") ? said(status, "Evicted") : "";
  }

  private static String said(JsonNode status, String type) {
    return Meta.condition(status, type)
        .map(c -> Meta.line(c.path("message").asText("")))
        .orElse("");
  }

  /**
   * Why it is deactivated. Kueue's own doing has "Evicted" for the reason "DeactivatedDueTo…" (its
   * controller/core, 0.12): tried too often, ran too long, refused by an admission check.
   */
  private static String stopped(JsonNode status, String message) {
    boolean byKueue =
        Meta.condition(status, "Evicted")
            .map(c -> c.path("reason").asText("").startsWith("DeactivatedDueTo"))
            .orElse(false);
    return (byKueue && !message.isEmpty()
            ? "Kueue suspended it: " + message
            : "suspended through its Workload (spec.active is false)")
        + "; muster resume lets it go on";
  }

  /** Whether it waits for quota. */
  public boolean pending() {
    return !quota && !finished && active;
  }

  /** Whether it is stopped until somebody lets it go on. */
  public boolean deactivated() {
    return !active && !finished;
  }

  /** Whether there is one at all. */
  public boolean exists() {
    return !name.isEmpty();
  }
}
