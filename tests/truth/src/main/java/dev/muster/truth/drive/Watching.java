package dev.muster.truth.drive;

import dev.muster.truth.check.Told;
import dev.muster.truth.check.Watched;
import dev.muster.v1.WatchEvent;
import dev.muster.v1.WatchRequest;
import io.grpc.Context;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/** One "watch" in a thread of its own, until it is told to end. */
final class Watching {
  private final Daemon daemon;
  private final Log log;
  private final Set<String> namespaces;
  private final String namespace;
  private final String name;
  private final String question;
  private final Context.CancellableContext context = Context.current().withCancellation();
  private final List<Watched.Event> events = new ArrayList<>();
  private final Thread thread;
  private final long started = Now.micros();
  private long synced = -1;
  private long observed;
  private boolean live;
  private volatile long ended;

  private Watching(Daemon daemon, Log log, List<String> namespaces, String namespace, String name) {
    this.daemon = daemon;
    this.log = log;
    this.namespaces = Set.copyOf(namespaces);
    this.namespace = namespace;
    this.name = name;
    this.question = "watch of " + (namespace.isEmpty() ? "all namespaces" : namespace + "/" + name);
    this.thread = Thread.ofVirtual().name(question).unstarted(context.wrap(this::run));
  }

  /**
   * @param namespace empty for all
   * @param name empty for all
   */
  static Watching start(
      Daemon daemon, Log log, List<String> namespaces, String namespace, String name) {
    Watching watching = new Watching(daemon, log, namespaces, namespace, name);
    watching.thread.start();
    return watching;
  }

  private void run() {
    try {
      Iterator<WatchEvent> told =
          daemon
              .endless()
              .watch(
                  WatchRequest.newBuilder()
                      .setCaller(daemon.caller())
                      .setTarget(Daemon.target(namespace))
                      .setKind(Daemon.KIND)
                      .setName(name)
                      .build());
      while (told.hasNext()) {
        take(told.next());
      }
      log.trouble(question + " ended by itself");
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() != Status.Code.CANCELLED) {
        log.trouble(question + ": " + e.getStatus());
      }
    }
  }

  private void take(WatchEvent event) {
    long now = Now.micros();
    if (ended != 0) {
      return;
    }
    switch (event.getType()) {
      case SYNCED -> {
        synced = now;
        observed = event.getObservation().getObservedAtMs() * 1000;
        live = event.getObservation().getLive();
        log.answered("watch, its beginning");
      }
      case LIVENESS ->
          events.add(
              new Watched.Event(
                  event.getObservation().getLive()
                      ? Watched.Type.REGAINED
                      : Watched.Type.LOST_SIGHT,
                  "",
                  null,
                  event.getCursor()));
      default -> {
        Told row = log.kept(Daemon.told(event.getResource(), event.getRow()));
        if (namespaces.contains(row.place().namespace())) {
          Watched.Type type = Watched.Type.valueOf(event.getType().name());
          events.add(new Watched.Event(type, event.getFromState(), row, event.getCursor()));
          if (type != Watched.Type.PRESENT) {
            log.answered("watch, its events");
          }
        }
      }
    }
  }

  /** Ends it, and writes down what it told. */
  void end() throws InterruptedException {
    long now = Now.micros();
    ended = now;
    context.cancel(null);
    thread.join();
    log.add(new Watched(question, namespace, name, started, synced, observed, live, now, events));
  }
}
