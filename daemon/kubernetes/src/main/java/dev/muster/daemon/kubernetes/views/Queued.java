package dev.muster.daemon.kubernetes.views;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.core.Key;
import dev.muster.daemon.core.Kind;
import dev.muster.daemon.core.Row;
import dev.muster.daemon.core.State;
import dev.muster.daemon.kubernetes.Yaml;
import dev.muster.daemon.kubernetes.appwrapper.AppWrapperNote;
import dev.muster.daemon.kubernetes.appwrapper.AppWrapperRow;
import dev.muster.daemon.kubernetes.appwrapper.AppWrapperState;
import dev.muster.daemon.kubernetes.kinds.Cells;
import dev.muster.daemon.kubernetes.kinds.Meta;
import dev.muster.daemon.kubernetes.kueue.WorkloadNote;
import dev.muster.daemon.kubernetes.kueue.WorkloadRow;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * What waits for quota: whatever Kueue's Workloads stand for; on a server without Kueue, the
 * AppWrappers that MCAD has not dispatched. A row's name is "KIND/NAME" of what waits.
 */
public final class Queued {
  public static final String KIND = "queued";

  public static final View VIEW =
      new View(
          new Kind(
              KIND,
              false,
              Cells.columns(
                  "NAME", "NAMESPACE", "KIND", "QUEUE", "PRIORITY", "REASON", "+WORKLOAD")),
          List.of(WorkloadRow.RESOURCE, AppWrapperRow.RESOURCE),
          Queued::rows);

  private Queued() {}

  private static List<Row> rows(String identity, ObjectNode object, Instant observed) {
    boolean appWrapper = object.path("kind").asText("").equals(AppWrapperRow.TITLE);
    return appWrapper
        ? ofAppWrapper(identity, object, observed)
        : ofWorkload(identity, object, observed);
  }

  private static List<Row> ofWorkload(String identity, ObjectNode workload, Instant observed) {
    WorkloadNote note = WorkloadNote.of(workload);
    if (!note.pending() || Meta.deleting(workload)) {
      return List.of();
    }
    String owner = note.owner().isEmpty() ? "Workload/" + note.name() : note.owner();
    return List.of(
        row(identity, workload, owner, note.queue(), note.priority(), note.reason(), observed));
  }

  private static List<Row> ofAppWrapper(String identity, ObjectNode wrapper, Instant observed) {
    AppWrapperNote note = AppWrapperNote.of(wrapper);
    AppWrapperState state = AppWrapperState.of(note, WorkloadNote.NONE);
    if (state.state() != State.QUEUED) {
      return List.of();
    }
    long priority = wrapper.path("spec").path("priority").asLong(0);
    return List.of(
        row(identity, wrapper, note.owner(), note.queue(), priority, state.reason(), observed));
  }

  private static Row row(
      String identity,
      ObjectNode object,
      String owner,
      String queue,
      long priority,
      String reason,
      Instant observed) {
    String kind = owner.substring(0, owner.indexOf('/'));
    String name = owner.substring(owner.indexOf('/') + 1);
    String noun = kind.toLowerCase(Locale.ROOT);
    ObjectNode details = Yaml.JSON.createObjectNode();
    details
        .put("kind", noun)
        .put("name", name)
        .put("queue", queue)
        .put("priority", priority)
        .put("workload", Meta.name(object));
    return new Row(
        new Key(identity, KIND, Meta.namespace(object), noun + "/" + name),
        Meta.uid(object),
        Meta.version(object),
        State.QUEUED,
        "",
        false,
        reason,
        Meta.created(object),
        Meta.changed(object, observed),
        observed,
        owner,
        Meta.labels(object),
        Cells.line(name, Meta.namespace(object), noun, queue, priority, reason, Meta.name(object)),
        Yaml.json(details),
        "{}");
  }
}
