package dev.muster.daemon.kubernetes.kueue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.daemon.kubernetes.kinds.Meta;
import java.time.Instant;

/**
 * What a Workload has to say about what owns it: whether it has quota, and if not, why.
 *
 * @param namespace of both
 * @param name the Workload's own
 * @param owner "KIND/NAME" of what it stands for, such as "AppWrapper/demo"; empty for none
 * @param ownerUid that one's
 * @param quota whether quota is reserved for it
 * @param finished whether what it stands for has ended
 * @param queue the local queue; empty for none
 * @param reason why it waits, for people; empty unless it does
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
    String queue,
    String reason,
    String message,
    long priority,
    Instant created) {
  public static final WorkloadNote NONE =
      new WorkloadNote("", "", "", "", true, false, "", "", "", 0, Instant.EPOCH);

  public static WorkloadNote of(JsonNode workload) {
    JsonNode spec = workload.path("spec");
    JsonNode status = workload.path("status");
    boolean quota =
        !status.path("admission").isEmpty() && !Meta.is(status, "QuotaReserved", "False");
    boolean finished = Meta.isTrue(status, "Finished");
    String message = quota || finished ? "" : message(status);
    String queue = spec.path("queueName").asText("");
    String reason = "";
    if (!quota && !finished) {
      reason =
          spec.path("active").asBoolean(true)
              ? Waiting.reason(queue, message)
              : "its Workload was deactivated (spec.active is false)";
    }
    return new WorkloadNote(
        Meta.namespace(workload),
        Meta.name(workload),
        Meta.owner(workload),
        Meta.controller(workload).map(o -> o.path("uid").asText("")).orElse(""),
        quota,
        finished,
        queue,
        reason,
        message,
        spec.path("priority").asLong(0),
        Meta.created(workload));
  }

  private static String message(JsonNode status) {
    String said =
        Meta.condition(status, "QuotaReserved")
            .map(c -> Meta.line(c.path("message").asText("")))
            .orElse("");
    return said.isEmpty() && Meta.isTrue(status, "Evicted")
        ? Meta.condition(status, "Evicted")
            .map(c -> Meta.line(c.path("message").asText("")))
            .orElse("")
        : said;
  }

  /** Whether it waits for quota. */
  public boolean pending() {
    return !quota && !finished;
  }

  /** Whether there is one at all. */
  public boolean exists() {
    return !name.isEmpty();
  }
}
