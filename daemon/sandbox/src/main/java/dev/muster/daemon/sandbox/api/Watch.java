package dev.muster.daemon.sandbox.api;

import dev.muster.daemon.sandbox.store.Change;
import dev.muster.daemon.sandbox.store.ExpiredException;
import dev.muster.daemon.sandbox.store.History;
import dev.muster.daemon.sandbox.store.ResourceType;
import dev.muster.daemon.sandbox.store.Store;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;

/** One open watch: carries changes from the history to the connection until its time is over. */
final class Watch {

  private static final Duration LAST_BOOKMARK = Duration.ofSeconds(2);

  private final Store store;
  private final History.Cursor cursor;
  private final WatchWriter writer;
  private final Duration bookmarks;

  /**
   * @param bookmarks how often one is sent, null for none
   */
  Watch(Store store, History.Cursor cursor, WatchWriter writer, Duration bookmarks) {
    this.store = store;
    this.cursor = cursor;
    this.writer = writer;
    this.bookmarks = bookmarks;
  }

  void run(Duration limit) throws IOException {
    long end = System.nanoTime() + limit.toNanos();
    long nextBookmark = nextBookmark(end);
    try {
      while (true) {
        long wait = Math.min(end, nextBookmark) - System.nanoTime();
        // Read before the changes are: all changes up to this version are then among them.
        long reached = store.version();
        List<Change> changes = cursor.poll(Duration.ofNanos(Math.max(0, wait)));
        if (cursor.closed()) {
          throw new IOException("the watch was cut");
        }
        writer.changes(changes);
        long now = System.nanoTime();
        if (now >= end) {
          return;
        }
        if (changes.isEmpty() && bookmarks != null) {
          writer.bookmark(Math.max(reached, writer.last()));
          nextBookmark = nextBookmark(end);
        }
      }
    } catch (ExpiredException e) {
      writer.error(Failures.expired(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the sandbox is stopping");
    }
  }

  /**
   * At the usual distance, but also shortly before the end, so that the client goes on from there.
   */
  private long nextBookmark(long end) {
    long now = System.nanoTime();
    long last = end - LAST_BOOKMARK.toNanos();
    if (bookmarks == null) {
      return end;
    }
    long next = now + bookmarks.toNanos();
    return now < last ? Math.min(next, last) : next;
  }

  ResourceType type() {
    return writer.type();
  }

  void cut() {
    cursor.close();
  }
}
