package dev.muster.daemon.kubernetes.appwrapper;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.core.Kind;
import dev.muster.daemon.core.Row;
import dev.muster.daemon.core.State;
import dev.muster.daemon.kubernetes.Yaml;
import dev.muster.daemon.kubernetes.kinds.Cells;
import dev.muster.daemon.kubernetes.kinds.Cells.Standing;
import dev.muster.daemon.kubernetes.kinds.Meta;
import dev.muster.daemon.kubernetes.kinds.Resource;
import dev.muster.daemon.kubernetes.kueue.WorkloadNote;
import java.time.Instant;
import java.util.List;

/** An AppWrapper, of any of its three groups, as a row of the cache. */
public final class AppWrapperRow {
  public static final String KIND = "appwrapper";
  public static final String TITLE = "AppWrapper";

  /** "mcad.ibm.com" is what workload.codeflare.dev was called first. */
  public static final Resource RESOURCE =
      new Resource(
          new Kind(
              KIND,
              true,
              true,
              Cells.columns(
                  "NAME",
                  "NAMESPACE",
                  "STATE",
                  "READY",
                  "STATUS",
                  "QUEUE",
                  "RESETS",
                  "+COMPONENTS",
                  "+REASON"),
              true),
          TITLE,
          "appwrappers",
          List.of("workload.codeflare.dev", "mcad.ibm.com"),
          "the AppWrapper operator",
          "",
          (identity, object, observed) ->
              of(identity, object, WorkloadNote.NONE, Wrapped.NONE, observed));

  private AppWrapperRow() {}

  /**
   * @param appWrapper stripped in passing
   * @param workload Kueue's, if there is one
   * @param wrapped the RayCluster in it, if there is one
   */
  public static Row of(
      String identity,
      ObjectNode appWrapper,
      WorkloadNote workload,
      Wrapped wrapped,
      Instant observed) {
    AppWrapperNote note = AppWrapperNote.of(appWrapper);
    Standing standing = standing(appWrapper, note, workload, wrapped);
    String components =
        String.join(
            ",",
            Components.of(appWrapper).stream()
                .map(c -> c.path("kind").asText("") + "/" + Meta.name(c))
                .toList());
    String cells =
        Cells.line(
            note.name(),
            note.namespace(),
            standing.state(),
            Cells.yes(standing.ready()),
            note.word(),
            note.queue(),
            note.resets(),
            components,
            standing.reason());
    return Cells.row(
        identity,
        RESOURCE,
        appWrapper,
        standing,
        cells,
        details(appWrapper, note, workload),
        observed);
  }

  /** The same row, because its Workload or its RayCluster has changed. */
  public static Row again(Row row, WorkloadNote workload, Wrapped wrapped) {
    return of(
        row.key().identity(),
        (ObjectNode) Yaml.fromJson(row.object()),
        workload,
        wrapped,
        row.observed());
  }

  private static Standing standing(
      JsonNode appWrapper, AppWrapperNote note, WorkloadNote workload, Wrapped wrapped) {
    AppWrapperState state = AppWrapperState.of(note, workload);
    if (!state.inside()) {
      return new Standing(state.state(), note.word(), false, state.reason());
    }
    boolean succeeded = note.word().equals("Succeeded") || note.word().equals("Completed");
    boolean known = !wrapped.equals(Wrapped.NONE) && !(succeeded && wrapped.equals(Wrapped.ABSENT));
    if (!note.clusters().isEmpty() && known) {
      boolean cause = wrapped.equals(Wrapped.ABSENT) && !note.trouble().isEmpty();
      return new Standing(
          wrapped.state(), note.word(), wrapped.ready(), cause ? note.trouble() : wrapped.reason());
    }
    if (!note.clusters().isEmpty() && !succeeded) {
      // A cluster that is not known, or not for this user: the operator's word for it will do.
      boolean up = note.trouble().isEmpty() && Meta.isTrue(appWrapper.path("status"), "PodsReady");
      return up
          ? new Standing(State.READY, note.word(), true, "")
          : new Standing(state.state(), note.word(), false, state.reason());
    }
    if (succeeded) {
      return new Standing(State.SUCCEEDED, note.word(), false, "");
    }
    // With no RayCluster in it, it is its own pods that count.
    boolean ready = !note.newest() || Meta.isTrue(appWrapper.path("status"), "PodsReady");
    String reason = ready ? note.trouble() : "waiting for its pods to be ready";
    return new Standing(
        ready ? State.RUNNING : State.STARTING,
        note.word(),
        ready && note.trouble().isEmpty(),
        reason);
  }

  /**
   * What only an AppWrapper has, as the documented record: apiVersion, phase, queue, suspend,
   * resets, components [{kind, name}], workload {name, quota, message}, conditions.
   */
  private static ObjectNode details(
      JsonNode appWrapper, AppWrapperNote note, WorkloadNote workload) {
    ObjectNode details = Yaml.JSON.createObjectNode();
    details
        .put("apiVersion", appWrapper.path("apiVersion").asText(""))
        .put("phase", note.word())
        .put("queue", note.queue())
        .put("suspend", note.suspend())
        .put("resets", note.resets());
    var components = details.putArray("components");
    Components.of(appWrapper)
        .forEach(
            c ->
                components
                    .addObject()
                    .put("kind", c.path("kind").asText(""))
                    .put("name", Meta.name(c)));
    if (workload.exists()) {
      details
          .putObject("workload")
          .put("name", workload.name())
          .put("quota", workload.quota())
          .put("message", workload.message());
    }
    Meta.conditions(appWrapper.path("status"), details.putArray("conditions"));
    return details;
  }
}
