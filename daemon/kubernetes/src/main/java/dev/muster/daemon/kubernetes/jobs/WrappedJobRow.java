package dev.muster.daemon.kubernetes.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.core.Row;
import dev.muster.daemon.core.State;
import dev.muster.daemon.kubernetes.Quantity;
import dev.muster.daemon.kubernetes.Yaml;
import dev.muster.daemon.kubernetes.appwrapper.Components;
import dev.muster.daemon.kubernetes.ddp.DdpPods;
import dev.muster.daemon.kubernetes.kinds.Cells;
import java.util.ArrayList;
import java.util.List;

/**
 * A distributed job as TorchX makes them, Pods in an AppWrapper, as a row of the cache: made of the
 * AppWrapper's row, whose state it has.
 */
final class WrappedJobRow {
  /** Names the job on all that belongs to it, and tells a job from other AppWrappers. */
  static final String APP = DdpPods.APP;

  private WrappedJobRow() {}

  /** Whether an AppWrapper's row stands for a job; needs only a light row. */
  static boolean isJob(Row appWrapper) {
    return appWrapper.labels().lines().anyMatch(label -> label.startsWith(APP + "="));
  }

  /**
   * @param appWrapper its row, whole
   */
  static Row of(Row appWrapper) {
    String name = appWrapper.key().name();
    List<JsonNode> pods = pods(Yaml.fromJson(appWrapper.object()));
    String entrypoint = pods.isEmpty() ? "" : entrypoint(container(pods.getFirst()));
    String requested = requested(pods);
    String reason = words(appWrapper.reason());
    String cells =
        Cells.line(
            name,
            "-",
            "-",
            "-",
            appWrapper.key().namespace(),
            requested,
            appWrapper.state(),
            "kubernetes",
            entrypoint,
            reason);
    return new Row(
        JobKind.wrapped(appWrapper.key().identity(), appWrapper.key().namespace(), name),
        appWrapper.uid(),
        appWrapper.version(),
        appWrapper.state(),
        appWrapper.nativeState(),
        appWrapper.ready(),
        reason,
        appWrapper.created(),
        appWrapper.changed(),
        appWrapper.observed(),
        JobKind.WRAPPED + "/" + name,
        appWrapper.labels(),
        cells,
        Yaml.json(details(appWrapper, pods, entrypoint, requested, reason)),
        appWrapper.object());
  }

  /** What is told of an AppWrapper in the words of jobs, which have their own for going on. */
  static String words(String ofAppWrapper) {
    return ofAppWrapper
        .replaceFirst("^AppWrapper ", "Job ")
        .replace("muster resume", "muster resubmit");
  }

  /**
   * As of a Ray job, with what an AppWrapper has instead: scheduler ("kubernetes"), appWrapper,
   * phase, queue, entrypoint, image, pods (how many), resources (in words), started, ended.
   */
  private static ObjectNode details(
      Row appWrapper, List<JsonNode> pods, String entrypoint, String requested, String reason) {
    JsonNode of = Yaml.fromJson(appWrapper.details());
    ObjectNode details = Yaml.JSON.createObjectNode();
    details
        .put("scheduler", "kubernetes")
        .put("appWrapper", appWrapper.key().name())
        .put("phase", of.path("phase").asText(""))
        .put("queue", of.path("queue").asText(""))
        .put("entrypoint", entrypoint)
        .put("image", pods.isEmpty() ? "" : container(pods.getFirst()).path("image").asText(""))
        .put("pods", pods.size())
        .put("resources", requested)
        .put("started", appWrapper.created().toString())
        .put("ended", over(appWrapper.state()) ? appWrapper.changed().toString() : "")
        .put("status", appWrapper.nativeState())
        .put("message", reason);
    return details;
  }

  static boolean over(State state) {
    return state == State.SUCCEEDED || state == State.FAILED || state == State.STOPPED;
  }

  /** Each pod that there is to be; those of an Indexed Job are alike. */
  private static List<JsonNode> pods(JsonNode appWrapper) {
    List<JsonNode> pods = new ArrayList<>();
    for (JsonNode component : Components.of(appWrapper)) {
      switch (component.path("kind").asText("")) {
        case "Pod" -> pods.add(component);
        case "Job" -> {
          JsonNode spec = component.path("spec");
          long count = spec.path("completions").asLong(spec.path("parallelism").asLong(1));
          for (long i = 0; i < count; i++) {
            pods.add(spec.path("template"));
          }
        }
        default -> {
          // It runs nothing.
        }
      }
    }
    return pods;
  }

  private static JsonNode container(JsonNode pod) {
    return pod.path("spec").path("containers").path(0);
  }

  private static String entrypoint(JsonNode container) {
    List<String> words = new ArrayList<>();
    container.path("command").forEach(word -> words.add(word.asText()));
    container.path("args").forEach(word -> words.add(word.asText()));
    return String.join(" ", words);
  }

  /** "4 CPU, 2 GPU, 8Gi" of all pods together. */
  private static String requested(List<JsonNode> pods) {
    Quantity cpu = Quantity.ZERO;
    Quantity gpu = Quantity.ZERO;
    Quantity memory = Quantity.ZERO;
    for (JsonNode pod : pods) {
      for (JsonNode container : pod.path("spec").path("containers")) {
        cpu = cpu.plus(amount(container, "cpu"));
        memory = memory.plus(amount(container, "memory"));
        gpu = gpu.plus(amount(container, "nvidia.com/gpu"));
      }
    }
    List<String> words = new ArrayList<>();
    if (!cpu.equals(Quantity.ZERO)) {
      words.add(cpu.plain() + " CPU");
    }
    if (!gpu.equals(Quantity.ZERO)) {
      words.add(gpu.plain() + " GPU");
    }
    if (!memory.equals(Quantity.ZERO)) {
      words.add(memory.bytes());
    }
    return words.isEmpty() ? "-" : String.join(", ", words);
  }

  /** Requests, and limits where there is no request. */
  private static Quantity amount(JsonNode container, String resource) {
    JsonNode resources = container.path("resources");
    JsonNode request = resources.path("requests").path(resource);
    JsonNode asked = request.isMissingNode() ? resources.path("limits").path(resource) : request;
    return Quantity.parse(asked.asText("")).orElse(Quantity.ZERO);
  }
}
