package dev.muster.daemon.kubernetes.informers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.core.CacheWriter;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.kubernetes.clients.ApiClient;
import dev.muster.daemon.kubernetes.clients.ApiException;
import dev.muster.daemon.kubernetes.clients.ApiFailures;
import dev.muster.daemon.kubernetes.clients.Pages;
import dev.muster.daemon.kubernetes.clients.UnreachableException;
import dev.muster.daemon.kubernetes.clients.WatchStream;
import dev.muster.daemon.kubernetes.raycluster.RayClusterRow;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;

/**
 * Keeps the cache's rows of one kind true, for ever: lists, then watches from there, and lists anew
 * whenever something may have been missed. A watch that ends and is taken up again at the first
 * attempt has missed nothing; anything worse makes the kind "not live, because ..." until a new
 * list has been written. It keeps no objects: the cache's rows are the store.
 *
 * <p>Not fabric8's informer: that one needs a store which answers at once, gives up after some
 * errors, and says nothing about liveness (see reliability of half-open watches).
 */
final class Reflector implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Reflector.class);

  /** Servers send a bookmark every minute; the rest is for slow ones. */
  static final Duration SILENCE = Duration.ofSeconds(100);

  /** A kind that the server lacks is seldom installed while we look; who asks for it is faster. */
  static final Duration ABSENT = Duration.ofMinutes(5);

  private final Feed feed;
  private final String namespace;
  private final String identity;
  private final CacheWriter writer;
  private final Supplier<ApiClient> clients;
  private final Clock clock;
  private final RandomGenerator random;
  private final Backoff backoff;
  private final Liveness liveness;
  private final Semaphore wake = new Semaphore(0);

  private final AtomicBoolean started = new AtomicBoolean();

  private volatile boolean closed;
  private volatile WatchStream current;
  private volatile Thread thread;

  /**
   * The version up to which everything has been seen; empty: a list is needed. Of the reflector's
   * thread only.
   */
  private String version = "";

  Reflector(
      Feed feed,
      String identity,
      String namespace,
      CacheWriter writer,
      Supplier<ApiClient> clients,
      Clock clock,
      RandomGenerator random,
      Liveness liveness) {
    this.feed = feed;
    this.identity = identity;
    this.namespace = namespace;
    this.writer = writer;
    this.clients = clients;
    this.clock = clock;
    this.random = random;
    this.backoff = new Backoff(random);
    this.liveness = liveness;
  }

  /** Only the first time does something. */
  void start() {
    if (!started.compareAndSet(false, true) || closed) {
      return;
    }
    thread = Thread.ofVirtual().name("watch-" + feed.kind() + "-" + namespace).start(this::run);
  }

  boolean isStarted() {
    return started.get();
  }

  Liveness liveness() {
    return liveness;
  }

  /** Tries again now, if it is waiting to. */
  void hurry() {
    if (wake.availablePermits() == 0) {
      wake.release();
    }
  }

  private void run() {
    while (!closed) {
      ApiClient client = null;
      try {
        liveness.attempt();
        client = clients.get();
        String path = feed.path(client, namespace);
        if (version.isEmpty()) {
          list(client, path);
        }
        watch(client, path);
      } catch (RuntimeException e) {
        if (!closed) {
          failed(client, e);
        }
      }
    }
  }

  private void list(ApiClient client, String path) {
    Instant started = clock.instant();
    String listed = Pages.read(client, path, feed.selector(), this::listed);
    writer.await(feed.listed(namespace, started));
    version = listed;
    liveness.seen(clock.instant());
  }

  private void listed(ObjectNode object) {
    if (closed) {
      throw new StoppedException();
    }
    feed.put(object, clock.instant());
  }

  private void watch(ApiClient client, String path) {
    Instant opened = clock.instant();
    Duration lifetime = Duration.ofSeconds(300 + random.nextInt(300));
    boolean heard = false;
    try (WatchStream stream =
        WatchStream.open(client, path, feed.selector(), version, lifetime, SILENCE)) {
      current = stream;
      if (closed) {
        return;
      }
      liveness.live();
      for (JsonNode event = stream.next(); event != null; event = stream.next()) {
        heard = true;
        take(event);
      }
    } finally {
      current = null;
      Instant last = liveness.lastSeen();
      if (last != null && !closed) {
        writer.seen(identity, feed.kind(), namespace, last);
      }
    }
    if (closed) {
      return;
    }
    if (heard || Duration.between(opened, clock.instant()).compareTo(Backoff.FIRST) > 0) {
      backoff.reset();
    } else {
      // A server that accepts watches only to end them must not be asked all the time.
      pause(Duration.ZERO);
    }
  }

  private void take(JsonNode event) {
    Instant now = clock.instant();
    liveness.seen(now);
    JsonNode object = event.path("object");
    switch (event.path("type").asText("")) {
      case "ADDED", "MODIFIED" -> feed.put((ObjectNode) object, now);
      case "DELETED" -> feed.gone((ObjectNode) object, now);
      case "BOOKMARK" -> writer.seen(identity, feed.kind(), namespace, now);
      default -> LOG.debugf("unknown event %s of %s", event.path("type").asText(""), feed.kind());
    }
    String seen = object.path("metadata").path("resourceVersion").asText("");
    version = seen.isEmpty() ? version : seen;
  }

  private void failed(ApiClient client, RuntimeException e) {
    boolean expired = e instanceof ApiException gone && gone.code() == 410;
    boolean hadList = !version.isEmpty();
    version = "";
    if (expired && hadList) {
      liveness.lost("the list is being read anew", false);
      return;
    }
    if (e instanceof UnavailableException) {
      liveness.absent(String.valueOf(e.getMessage()));
      pause(feed.kind().equals(RayClusterRow.KIND) ? Duration.ZERO : ABSENT);
      return;
    }
    if (e instanceof ApiException answer && answer.code() == 404 && client != null) {
      client.forget();
    }
    if (isRefused(e)) {
      liveness.refused(reason(client, e));
    } else {
      liveness.lost(reason(client, e), e instanceof ApiException answer && answer.code() == 403);
    }
    if (!expected(e)) {
      LOG.errorf(e, "watching %s failed", feed.kind());
    }
    pause(e instanceof ApiException answer ? answer.retryAfter() : Duration.ZERO);
  }

  private String reason(ApiClient client, RuntimeException e) {
    if (client == null) {
      return String.valueOf(e.getMessage()).replaceFirst("\\.$", "");
    }
    String where = namespace.isEmpty() ? "in all namespaces" : "in the namespace " + namespace;
    return ApiFailures.clause(e, client.access(), "watch " + feed.plural() + " " + where);
  }

  /** By the server, by its TLS, or by the plugin that is to give a credential. */
  private static boolean isRefused(RuntimeException e) {
    return switch (e) {
      case ApiException answer -> answer.code() == 401;
      case UnreachableException none -> none.refused();
      case Failure failure -> failure.kind() == Failure.Kind.NOT_LOGGED_IN;
      default -> false;
    };
  }

  private static boolean expected(RuntimeException e) {
    return e instanceof ApiException || e instanceof UnreachableException || e instanceof Failure;
  }

  private void pause(Duration atLeast) {
    try {
      long millis = backoff.next(atLeast).toMillis();
      // Hurrying cuts a pause short, but not to less than the shortest one.
      long first = Math.min(millis, Backoff.FIRST.toMillis() / 2);
      TimeUnit.MILLISECONDS.sleep(first);
      if (!closed && wake.tryAcquire(millis - first, TimeUnit.MILLISECONDS)) {
        wake.drainPermits();
      }
    } catch (InterruptedException e) {
      closed = true;
    }
  }

  /** Tells it to end, without waiting. */
  void stop() {
    closed = true;
    hurry();
    WatchStream stream = current;
    if (stream != null) {
      stream.close();
    }
  }

  /** Ends it, and returns when nothing of it will be written any more. */
  @Override
  public void close() {
    stop();
    Thread running = thread;
    if (running != null) {
      try {
        running.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    liveness.lost("the watch was stopped", false);
  }

  /** The rest of a list is not wanted any more. */
  private static final class StoppedException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
