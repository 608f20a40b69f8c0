package dev.muster.daemon.app.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.daemon.app.answers.Notes;
import dev.muster.daemon.app.answers.PlainSource;
import dev.muster.daemon.app.answers.Reads;
import dev.muster.daemon.app.answers.Sources;
import dev.muster.daemon.core.Cache;
import dev.muster.daemon.core.ChangeFeed;
import dev.muster.daemon.core.History;
import dev.muster.daemon.core.Observation;
import dev.muster.daemon.core.QueuedWriter;
import dev.muster.daemon.core.Row;
import dev.muster.daemon.core.Source;
import dev.muster.daemon.core.State;
import dev.muster.daemon.core.Ticker;
import dev.muster.v1.WatchEvent;
import dev.muster.v1.WatchEvent.Type;
import dev.muster.v1.WatchRequest;
import io.grpc.stub.ServerCallStreamObserver;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens between subscribing and reading is in the watcher's queue and in what it read. */
class WatchStreamTest {
  private static final Instant NOON = PlainSource.NOON;
  private static final Clock CLOCK = Clock.fixed(NOON.plusSeconds(600), ZoneOffset.UTC);

  @TempDir Path directory;
  private final Stream stream = new Stream();
  private ChangeFeed feed;
  private Cache cache;
  private QueuedWriter writer;
  private History history;

  @BeforeEach
  void open() {
    feed = new ChangeFeed();
    cache = Cache.open(directory, "1", CLOCK);
    writer = new QueuedWriter(cache, feed, CLOCK);
  }

  @AfterEach
  void close() {
    stream.cancel();
    writer.close();
    history.close();
    cache.close();
  }

  @Test
  void what_was_read_is_not_told_again_as_it_was_before() throws InterruptedException {
    watch(
        () -> {
          writer.put(row("u1", "5", State.STARTING));
          writer.put(row("u1", "6", State.READY));
          writer.put(row("u1", "7", State.SUSPENDED));
        });

    assertThat(told(2)).containsExactly("PRESENT u1 SUSPENDED", "SYNCED");
    writer.put(row("u1", "8", State.TERMINATING));
    assertThat(told(1)).containsExactly("CHANGED u1 TERMINATING");
  }

  @Test
  void the_end_of_what_had_the_name_before_is_not_told() throws InterruptedException {
    watch(
        () -> {
          writer.put(row("u1", "5", State.READY));
          writer.remove(row("u1", "5", State.READY).key(), "u1", NOON);
          writer.put(row("u2", "6", State.STARTING));
        });

    assertThat(told(2)).containsExactly("PRESENT u2 STARTING", "SYNCED");
    writer.put(row("u2", "7", State.READY));
    assertThat(told(1)).containsExactly("CHANGED u2 READY");
  }

  /**
   * @param meanwhile after subscribing, before reading
   */
  private void watch(Runnable meanwhile) {
    Source plain = new PlainSource().source();
    InvocationHandler racing =
        (proxy, method, arguments) ->
            switch (method.getName()) {
              case "ensureWatched" -> {
                meanwhile.run();
                yield method.invoke(plain, arguments);
              }
              case "observe" ->
                  new Observation(PlainSource.scope("team"), "raycluster", NOON, true, "");
              case "onLiveness" -> (AutoCloseable) () -> {};
              default -> method.invoke(plain, arguments);
            };
    Source source =
        (Source)
            Proxy.newProxyInstance(
                Source.class.getClassLoader(), new Class<?>[] {Source.class}, racing);
    Sources sources = new Sources(List.of(source));
    history = History.open(directory, new Notes(sources), History.KEPT, CLOCK);
    history.follow(feed, cache);
    Reads reads = new Reads(sources, cache, writer, CLOCK);
    WatchRequest request = WatchRequest.newBuilder().setKind("raycluster").build();
    Outflow.run(
        stream,
        out ->
            new WatchStream(sources, reads, feed, history, CLOCK, Ticker.system(), request, out)
                .run());
  }

  private List<String> told(int events) throws InterruptedException {
    List<String> told = new ArrayList<>();
    for (int i = 0; i < events; i++) {
      WatchEvent event = stream.events.poll(30, TimeUnit.SECONDS);
      assertThat(event).as("event %d after %s", i, told).isNotNull();
      told.add(
          event.getType() == Type.SYNCED
              ? "SYNCED"
              : event.getType()
                  + " "
                  + event.getResource().getUid()
                  + " "
                  + event.getResource().getState());
    }
    return told;
  }

  private static Row row(String uid, String version, State state) {
    Row row = PlainSource.row("raycluster", "demo");
    return new Row(
        row.key(),
        uid,
        version,
        state,
        "",
        state == State.READY,
        "",
        NOON,
        NOON,
        NOON,
        "",
        "",
        "demo\t" + state,
        "{}",
        "{}");
  }

  /** The other end of a call. */
  private static final class Stream extends ServerCallStreamObserver<WatchEvent> {
    final BlockingQueue<WatchEvent> events = new LinkedBlockingQueue<>();
    private volatile Runnable onCancel = () -> {};
    private volatile boolean cancelled;

    void cancel() {
      cancelled = true;
      onCancel.run();
    }

    @Override
    public void onNext(WatchEvent event) {
      events.add(event);
    }

    @Override
    public void onError(Throwable failure) {
      throw new AssertionError(failure);
    }

    @Override
    public void onCompleted() {}

    @Override
    public boolean isCancelled() {
      return cancelled;
    }

    @Override
    public void setOnCancelHandler(Runnable handler) {
      onCancel = handler;
    }

    @Override
    public void setOnReadyHandler(Runnable handler) {}

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setCompression(String compression) {}

    @Override
    public void setMessageCompression(boolean enabled) {}

    @Override
    public void disableAutoInboundFlowControl() {}

    @Override
    public void request(int count) {}
  }
}
