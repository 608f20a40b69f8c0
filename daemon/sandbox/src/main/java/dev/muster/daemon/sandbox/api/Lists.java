package dev.muster.daemon.sandbox.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.sandbox.schema.Cause;
import dev.muster.daemon.sandbox.store.Json;
import dev.muster.daemon.sandbox.store.ObjectKey;
import dev.muster.daemon.sandbox.store.ResourceType;
import dev.muster.daemon.sandbox.store.Snapshot;
import dev.muster.daemon.sandbox.store.Store;
import dev.muster.daemon.sandbox.store.StoredObject;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** GET of one object and of collections, in pages of one moment. */
final class Lists {

  private static final String EXPIRED =
      "The provided continue parameter is too old to display a consistent list result. You can"
          + " start a new list without the continue parameter, or use the continue token in this"
          + " response to retrieve the remainder of the results. Continuing with the provided token"
          + " results in an inconsistent list - objects that were created, modified, or deleted"
          + " between the time the first chunk was returned and now may show up in the list.";

  private final Store store;
  private final Snapshots snapshots = new Snapshots();

  Lists(Store store) {
    this.store = store;
  }

  void compact() {
    snapshots.clear();
  }

  Answer get(ResourceType type, Target target, Call call) {
    ListVersion.of(call).checkNotAhead(store);
    StoredObject object =
        store.get(type, target.key()).orElseThrow(() -> Failures.notFound(type, target.name()));
    return Answer.json(200, object::writeTo, List.of());
  }

  Answer list(ResourceType type, Target target, Call call) {
    if (!call.option("sendInitialEvents").isEmpty()) {
      throw Failures.invalidOptions(
          "ListOptions",
          Cause.forbidden("sendInitialEvents", "sendInitialEvents is forbidden for list"));
    }
    Selection selection = Selection.of(type, target, call);
    String token = call.option("continue");
    ListVersion version = ListVersion.of(call);
    version.check(token);
    version.checkNotAhead(store);
    ContinueToken from = token.isEmpty() ? null : ContinueToken.decode(token);
    Snapshot snapshot = snapshot(type, selection.namespace(), version, from);
    List<StoredObject> chosen =
        snapshot.objects().stream()
            .filter(object -> from == null || object.key().compareTo(from.last()) > 0)
            .filter(selection::includes)
            .toList();
    // A list from version 0 comes whole from the cache of a real server, whatever the limit.
    long limit = version.any() ? 0 : call.number("limit", 0);
    boolean more = limit > 0 && chosen.size() > limit;
    List<StoredObject> page = more ? chosen.subList(0, (int) limit) : chosen;
    ObjectNode metadata = Json.object().put("resourceVersion", Long.toString(snapshot.version()));
    if (more) {
      ObjectKey last = page.getLast().key();
      snapshots.keep(type, selection.namespace(), snapshot);
      metadata.put("continue", new ContinueToken(snapshot.version(), last).encode());
      if (!selection.restricted()) {
        metadata.put("remainingItemCount", chosen.size() - page.size());
      }
    }
    return Answer.json(200, out -> write(out, type, metadata, page), List.of());
  }

  private Snapshot snapshot(
      ResourceType type, String namespace, ListVersion version, ContinueToken from) {
    if (from == null || from.version() == ContinueToken.NOW) {
      return version.read(store, type, namespace);
    }
    return snapshots
        .find(type, namespace, from.version())
        .orElseThrow(
            () -> {
              ApiException expired = Failures.expired(EXPIRED);
              String now = new ContinueToken(ContinueToken.NOW, from.last()).encode();
              Json.child(expired.status(), "metadata").put("continue", now);
              return expired;
            });
  }

  static void write(
      OutputStream out, ResourceType type, ObjectNode metadata, List<StoredObject> items)
      throws IOException {
    String head =
        "{\"apiVersion\":\"%s\",\"kind\":\"%sList\",\"metadata\":"
            .formatted(type.apiVersion(), type.kind());
    out.write(head.getBytes(StandardCharsets.UTF_8));
    out.write(Json.bytes(metadata));
    out.write(",\"items\":[".getBytes(StandardCharsets.UTF_8));
    boolean first = true;
    for (StoredObject item : items) {
      if (!first) {
        out.write(',');
      }
      first = false;
      item.writeItemTo(out);
    }
    out.write("]}".getBytes(StandardCharsets.UTF_8));
  }
}
