package dev.muster.daemon.core;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** Waits for one row, over a cache, a connection and a clock that do what a test says. */
final class WaitFixture implements AutoCloseable {
  static final Row DEMO = Rows.row("demo");

  final Fixture cached;
  final ManualTicker ticker = new ManualTicker();
  final ManualLiveness liveness = new ManualLiveness();
  final Cancellation cancellation = new Cancellation();
  final List<WaitUpdate> progress = new CopyOnWriteArrayList<>();
  final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  WaitFixture(Path directory) {
    cached = new Fixture(directory);
  }

  static WaitRequest request(Goal goal, Duration timeout, Duration existsWithin, String uid) {
    return new WaitRequest(DEMO.key(), goal, timeout, existsWithin, uid, Duration.ZERO);
  }

  CompletableFuture<WaitUpdate> start(Goal goal) {
    return start(request(goal, null, Duration.ZERO, ""));
  }

  CompletableFuture<WaitUpdate> start(WaitRequest request) {
    return start(request, progress::add);
  }

  CompletableFuture<WaitUpdate> start(WaitRequest request, Consumer<WaitUpdate> listener) {
    return CompletableFuture.supplyAsync(() -> run(request, listener), threads);
  }

  WaitUpdate run(WaitRequest request, Consumer<WaitUpdate> listener) {
    return run(cached.cache, request, listener);
  }

  WaitUpdate run(CacheReader reader, WaitRequest request, Consumer<WaitUpdate> listener) {
    return new Waits(reader, cached.feed, ticker).await(request, liveness, listener, cancellation);
  }

  /** Started, and it has said how things are. */
  CompletableFuture<WaitUpdate> begun(Goal goal) {
    return begun(request(goal, null, Duration.ZERO, ""));
  }

  CompletableFuture<WaitUpdate> begun(WaitRequest request) {
    CompletableFuture<WaitUpdate> wait = start(request);
    await().until(() -> !progress.isEmpty());
    return wait;
  }

  static WaitUpdate end(CompletableFuture<WaitUpdate> wait) throws Exception {
    return wait.get(60, SECONDS);
  }

  /** Whatever a wait has ended by, it has given everything back. */
  @Override
  public void close() {
    cancellation.cancel();
    threads.close();
    assertThat(cached.feed.subscribers()).isZero();
    assertThat(liveness.listeners()).isZero();
    assertThat(ticker.waiting()).isZero();
    cached.close();
  }
}
