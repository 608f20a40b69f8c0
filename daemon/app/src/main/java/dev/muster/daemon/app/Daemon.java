package dev.muster.daemon.app;

import dev.muster.daemon.app.answers.Changes;
import dev.muster.daemon.app.answers.Events;
import dev.muster.daemon.app.answers.Notes;
import dev.muster.daemon.app.answers.Reads;
import dev.muster.daemon.app.answers.Refill;
import dev.muster.daemon.app.answers.Sources;
import dev.muster.daemon.app.answers.Writes;
import dev.muster.daemon.app.lifecycle.Activity;
import dev.muster.daemon.app.lifecycle.Health;
import dev.muster.daemon.app.lifecycle.Options;
import dev.muster.daemon.app.lifecycle.SocketServer;
import dev.muster.daemon.app.lifecycle.Watchdog;
import dev.muster.daemon.app.rpc.AccessService;
import dev.muster.daemon.app.rpc.ActivityInterceptor;
import dev.muster.daemon.app.rpc.ControlService;
import dev.muster.daemon.app.rpc.EndInterceptor;
import dev.muster.daemon.app.rpc.JobsService;
import dev.muster.daemon.app.rpc.ReachService;
import dev.muster.daemon.app.rpc.StateService;
import dev.muster.daemon.app.rpc.VersionInterceptor;
import dev.muster.daemon.app.rpc.WorkService;
import dev.muster.daemon.core.Cache;
import dev.muster.daemon.core.Cancellation;
import dev.muster.daemon.core.ChangeFeed;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.core.History;
import dev.muster.daemon.core.QueuedWriter;
import dev.muster.daemon.core.Ticker;
import dev.muster.daemon.core.Waits;
import dev.muster.daemon.kubernetes.KubernetesSource;
import dev.muster.proto.BuildInfo;
import dev.muster.proto.ReadyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/** The daemon, put together. The lock is held by whoever calls. */
public final class Daemon implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Daemon.class);
  private static final long DEFAULT_GRACE_MILLIS = 2000;

  private final Options options;
  private final Cache cache;
  private final QueuedWriter writer;
  private final History history;
  private final Sources sources;
  private final SocketServer server;
  private final Watchdog watchdog;
  private final AtomicLong graceMillis;
  private final Cancellation end;

  private Daemon(
      Options options,
      Cache cache,
      QueuedWriter writer,
      History history,
      Sources sources,
      SocketServer server,
      Watchdog watchdog,
      AtomicLong graceMillis,
      Cancellation end) {
    this.options = options;
    this.cache = cache;
    this.writer = writer;
    this.history = history;
    this.sources = sources;
    this.server = server;
    this.watchdog = watchdog;
    this.graceMillis = graceMillis;
    this.end = end;
  }

  /** Opens the cache, listens, and says last that it is ready. */
  public static Daemon start(Options options, Clock clock) {
    BuildInfo build = BuildInfo.current();
    Cache cache = Cache.open(options.state(), build.version() + build.timeSeconds(), clock);
    ChangeFeed feed = new ChangeFeed();
    QueuedWriter writer = new QueuedWriter(cache, feed, clock);
    // The next system is one more line here.
    Sources sources =
        new Sources(List.of(new KubernetesSource(writer, cache, options.state(), clock)));
    History history = History.open(options.state(), new Notes(sources), History.KEPT, clock);
    history.follow(feed, cache);
    Activity activity = new Activity(System::nanoTime, options.idleStop());
    Reads reads = new Reads(sources, cache, writer, clock);
    Refill refill = new Refill(sources, cache);
    Health health = new Health(options, activity, cache, history, sources, reads, clock);
    Watchdog watchdog = new Watchdog(activity);
    AtomicLong grace = new AtomicLong(DEFAULT_GRACE_MILLIS);
    Cancellation end = new Cancellation();
    SocketServer server =
        SocketServer.open(
            options.socket(),
            List.of(
                new ControlService(
                    build,
                    health,
                    refill,
                    millis -> {
                      grace.set(millis);
                      watchdog.stop("it was asked to");
                    }),
                new StateService(
                    sources,
                    reads,
                    new Events(reads, sources, cache),
                    feed,
                    history,
                    new Waits(cache, feed, Ticker.system()),
                    clock,
                    Ticker.system()),
                new WorkService(new Writes(sources), new Changes(sources)),
                new JobsService(sources),
                new ReachService(sources),
                new AccessService(sources)),
            List.of(
                new VersionInterceptor(build),
                new ActivityInterceptor(activity),
                new EndInterceptor(end)));
    watchdog.watch(server::isReachable);
    Daemon daemon =
        new Daemon(options, cache, writer, history, sources, server, watchdog, grace, end);
    daemon.sayReady(build);
    return daemon;
  }

  /** Calls back once, when the daemon was asked to stop, is idle, or can no longer be reached. */
  public void whenToldToStop(Runnable action) {
    watchdog.whenStopped(action);
  }

  private void sayReady(BuildInfo build) {
    try {
      new ReadyFile(ProcessHandle.current().pid(), build.timeSeconds(), build.protocol())
          .write(options.ready());
    } catch (IOException e) {
      throw new Failure(
          Failure.Kind.FAILED, "cannot write " + options.ready() + ": " + e.getMessage(), e);
    }
    LOG.infof(
        "muster %s (%s) listens on %s%s",
        build.version(),
        build.commit(),
        options.socket(),
        cache.degraded().isEmpty() ? "" : "; " + cache.degraded());
  }

  @Override
  public void close() {
    try {
      if (server.isReachable()) {
        Files.deleteIfExists(options.ready());
      }
    } catch (IOException e) {
      LOG.warnf("cannot remove %s: %s", options.ready(), e.getMessage());
    }
    end.cancel();
    server.stop(graceMillis.get());
    server.close();
    watchdog.close();
    sources.close();
    writer.close();
    history.close();
    cache.close();
    LOG.info("ended");
  }
}
