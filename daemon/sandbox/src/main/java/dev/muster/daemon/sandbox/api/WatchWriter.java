package dev.muster.daemon.sandbox.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.sandbox.store.Change;
import dev.muster.daemon.sandbox.store.Json;
import dev.muster.daemon.sandbox.store.ResourceType;
import dev.muster.daemon.sandbox.store.Snapshot;
import dev.muster.daemon.sandbox.store.StoredObject;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes watch events: one JSON object a line. */
final class WatchWriter {

  private static final String INITIAL_EVENTS_END = "k8s.io/initial-events-end";

  private final OutputStream out;
  private final ResourceType type;
  private final Selection selection;
  private long last;

  WatchWriter(OutputStream out, ResourceType type, Selection selection) {
    this.out = out;
    this.type = type;
    this.selection = selection;
  }

  ResourceType type() {
    return type;
  }

  /** The newest version that was written. */
  long last() {
    return last;
  }

  /** The state at the start, as if all of it had just been added. */
  void initial(Snapshot snapshot, boolean markEnd) throws IOException {
    for (StoredObject object : snapshot.objects()) {
      if (selection.includes(object)) {
        event("ADDED", object::writeTo);
      }
    }
    last = snapshot.version();
    if (markEnd) {
      bookmark(last, true);
    }
  }

  /** An object that begins or ceases to match the selection is added or deleted for its watcher. */
  void changes(List<Change> changes) throws IOException {
    for (Change change : changes) {
      boolean was = selection.includes(change.before());
      boolean is = !change.deleted() && selection.includes(change.after());
      last = change.version();
      if (is) {
        event(was ? "MODIFIED" : "ADDED", change.after()::writeTo);
      } else if (was) {
        event("DELETED", change.deleted() ? change.after()::writeTo : withVersionOf(change));
      }
    }
    if (!changes.isEmpty()) {
      out.flush();
    }
  }

  /** The state that the watcher knew, with the version at which it left. */
  private static Answer.Body withVersionOf(Change change) {
    ObjectNode tree = change.before().tree();
    Json.child(tree, "metadata").put("resourceVersion", Long.toString(change.version()));
    return body -> body.write(Json.bytes(tree));
  }

  void bookmark(long version) throws IOException {
    bookmark(version, false);
  }

  private void bookmark(long version, boolean endOfInitial) throws IOException {
    last = Math.max(last, version);
    ObjectNode object = Json.object().put("kind", type.kind()).put("apiVersion", type.apiVersion());
    ObjectNode metadata = object.putObject("metadata");
    metadata.put("resourceVersion", Long.toString(version));
    if (!type.custom()) {
      metadata.putNull("creationTimestamp");
    }
    if (endOfInitial) {
      metadata.putObject("annotations").put(INITIAL_EVENTS_END, "true");
    }
    event("BOOKMARK", body -> body.write(Json.bytes(object)));
    out.flush();
  }

  void error(ApiException failure) throws IOException {
    event("ERROR", body -> body.write(Json.bytes(failure.status())));
    out.flush();
  }

  private void event(String name, Answer.Body object) throws IOException {
    out.write(("{\"type\":\"" + name + "\",\"object\":").getBytes(StandardCharsets.UTF_8));
    object.writeTo(out);
    out.write("}\n".getBytes(StandardCharsets.UTF_8));
  }
}
