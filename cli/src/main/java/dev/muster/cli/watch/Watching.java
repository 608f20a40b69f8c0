package dev.muster.cli.watch;

import dev.muster.cli.Session;
import dev.muster.cli.client.Resumption;
import dev.muster.v1.Resource;
import dev.muster.v1.StateGrpc;
import dev.muster.v1.WatchEvent;
import dev.muster.v1.WatchRequest;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Runs one watch. When its daemon is gone it goes on behind the last event: by that event's cursor,
 * and what a daemon told and could not write down any more is not told again by the next one.
 */
public final class Watching {
  /** Of so many the last state is remembered: far more than change in the time of one write. */
  private static final int REMEMBERED = 10_000;

  /**
   * What was told of a name last.
   *
   * @param state empty: it is gone
   */
  private record Told(String uid, String state) {}

  private final Session session;
  private final EventLines lines;
  private final Map<String, Told> told =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Told> eldest) {
          return size() > REMEMBERED;
        }
      };
  private long cursor;
  private boolean synced;

  /** Whether there is a place to go on from, or nothing was told yet. */
  private boolean placed = true;

  public Watching(Session session, EventLines lines) {
    this.session = session;
    this.lines = lines;
  }

  /**
   * Until it is interrupted.
   *
   * @param request but for who asks
   */
  public void run(WatchRequest request) {
    cursor = request.getFromCursor();
    new Resumption(session, () -> placed).of(elapsed -> watch(request, elapsed));
  }

  private Void watch(WatchRequest request, Duration elapsed) {
    Iterator<WatchEvent> events =
        StateGrpc.newBlockingStub(session.channel())
            .watch(request.toBuilder().setCaller(session.caller()).setFromCursor(cursor).build());
    while (events.hasNext()) {
      WatchEvent event = events.next();
      cursor = Math.max(cursor, event.getCursor());
      // What was there at first has no place; it comes again, and is known by what it says.
      boolean first =
          event.getType() == WatchEvent.Type.PRESENT || event.getType() == WatchEvent.Type.LIVENESS;
      placed = cursor > 0 || (placed && first);
      if (isNews(event, elapsed.isZero())) {
        lines.print(event);
      }
    }
    return null;
  }

  private boolean isNews(WatchEvent event, boolean first) {
    if (event.getType() == WatchEvent.Type.SYNCED) {
      boolean news = !synced;
      synced = true;
      return news;
    }
    if (!event.hasResource()) {
      return true;
    }
    Resource resource = event.getResource();
    boolean gone = event.getType() == WatchEvent.Type.DELETED;
    Told now = new Told(resource.getUid(), gone ? "" : resource.getState());
    String key = resource.getNamespace() + '/' + resource.getName();
    Told before = told.get(key);
    if (!first && gone && before != null && !before.uid.equals(now.uid)) {
      // The end of another one that had the name, which a killed daemon had not written down.
      return false;
    }
    told.put(key, now);
    boolean same =
        event.getType() == WatchEvent.Type.CHANGED
            && event.getFromState().equals(resource.getState());
    return first || same || !now.equals(before);
  }
}
