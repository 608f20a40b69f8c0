package dev.muster.daemon.sandbox.api;

import dev.muster.daemon.sandbox.schema.Cause;
import dev.muster.daemon.sandbox.store.ExpiredException;
import dev.muster.daemon.sandbox.store.History;
import dev.muster.daemon.sandbox.store.ResourceType;
import dev.muster.daemon.sandbox.store.Snapshot;
import dev.muster.daemon.sandbox.store.Store;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** GET with watch=true: starts watches and can cut all that are open. */
final class Watches {

  /** A real server picks between half an hour and an hour. */
  private static final long DEFAULT_SECONDS = 1800;

  private final Store store;
  private final Duration bookmarks;
  private final Set<Watch> open = ConcurrentHashMap.newKeySet();

  /**
   * @param bookmarks how often a bookmark is sent
   */
  Watches(Store store, Duration bookmarks) {
    this.store = store;
    this.bookmarks = bookmarks;
  }

  Answer watch(ResourceType type, Target target, Call call) {
    checkOptions(call);
    Selection selection = Selection.of(type, target, call);
    ListVersion version = ListVersion.of(call);
    boolean streamed = call.flag("sendInitialEvents");
    boolean fromState = version.text().isEmpty() || version.any() || streamed;
    long number = version.number();
    Duration limit = Duration.ofSeconds(call.number("timeoutSeconds", DEFAULT_SECONDS));
    boolean wantsBookmarks = call.flag("allowWatchBookmarks");
    return new Answer.Stream(
        out -> {
          WatchWriter writer = new WatchWriter(out, type, selection);
          Snapshot start = fromState ? store.list(type, selection.namespace()) : null;
          History.Cursor cursor;
          try {
            cursor = store.history(type).after(fromState ? start.version() : number);
          } catch (ExpiredException e) {
            writer.error(Failures.expired(e.getMessage()));
            return;
          }
          run(
              new Watch(store, cursor, writer, wantsBookmarks ? bookmarks : null),
              out,
              () -> {
                if (fromState) {
                  writer.initial(start, streamed && wantsBookmarks);
                }
              },
              limit);
        });
  }

  private interface Prelude {
    void run() throws IOException;
  }

  private void run(Watch watch, OutputStream out, Prelude prelude, Duration limit)
      throws IOException {
    open.add(watch);
    try {
      prelude.run();
      out.flush();
      watch.run(limit);
    } finally {
      open.remove(watch);
    }
  }

  private static void checkOptions(Call call) {
    if (call.option("sendInitialEvents").isEmpty()) {
      if (!call.option("resourceVersionMatch").isEmpty()) {
        throw Failures.invalidOptions(
            "ListOptions",
            Cause.forbidden(
                "resourceVersionMatch",
                "resourceVersionMatch is forbidden for watch unless sendInitialEvents is"
                    + " provided"));
      }
    } else if (!call.option("resourceVersionMatch").equals("NotOlderThan")) {
      throw Failures.invalidOptions(
          "ListOptions",
          Cause.forbidden(
              "resourceVersionMatch",
              "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan"));
    }
  }

  /** Cuts the open watches of those resources. */
  void drop(Predicate<ResourceType> which) {
    open.stream().filter(watch -> which.test(watch.type())).forEach(Watch::cut);
  }

  int size() {
    return open.size();
  }
}
