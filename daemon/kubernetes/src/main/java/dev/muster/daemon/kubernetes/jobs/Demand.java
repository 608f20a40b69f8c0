package dev.muster.daemon.kubernetes.jobs;

import dev.muster.daemon.core.Registration;
import dev.muster.daemon.core.Ticker;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** Who wants to know of the jobs in which namespace, and so how often dashboards are asked. */
final class Demand {
  /** How often, before it is spread at random: for whoever waits for a job of that cluster. */
  static final Duration CLOSELY = Duration.ofMillis(300);

  /** For whoever waits for any. */
  static final Duration WAITING = Duration.ofMillis(700);

  static final Duration LOOKING = Duration.ofSeconds(5);
  static final Duration IDLE = Duration.ofSeconds(30);

  /** How long a question counts as somebody looking, and how long as anybody at all. */
  static final Duration LOOKS = Duration.ofMinutes(1);

  static final Duration CARES = Duration.ofHours(1);

  private final Ticker ticker;

  /** By namespace; "" is all. */
  private final Map<String, Long> asked = new ConcurrentHashMap<>();

  private final Map<Where, Integer> waiting = new ConcurrentHashMap<>();

  /**
   * @param namespace empty for all
   * @param cluster empty for all
   */
  private record Where(String namespace, String cluster) {}

  Demand(Ticker ticker) {
    this.ticker = ticker;
  }

  void asked(String namespace) {
    asked.put(namespace, ticker.nanos());
  }

  /**
   * Somebody waits, until it is closed.
   *
   * @param cluster whose jobs alone; empty for all
   */
  Registration attend(String namespace, String cluster) {
    Where where = new Where(namespace, cluster);
    waiting.merge(where, 1, Integer::sum);
    AtomicBoolean closed = new AtomicBoolean();
    return () -> {
      if (closed.compareAndSet(false, true)) {
        waiting.merge(where, -1, (a, b) -> a + b == 0 ? null : a + b);
        asked(namespace);
      }
    };
  }

  /** Null: nobody has asked for an hour. */
  Duration interval(String namespace, String cluster) {
    if (waiting.containsKey(new Where(namespace, cluster))) {
      return CLOSELY;
    }
    if (waiting.containsKey(new Where(namespace, "")) || waiting.containsKey(new Where("", ""))) {
      return WAITING;
    }
    Duration ago = min(ago(namespace), ago(""));
    if (ago.compareTo(LOOKS) <= 0) {
      return LOOKING;
    }
    return ago.compareTo(CARES) <= 0 ? IDLE : null;
  }

  /** Whether anybody at all wants to know anything. */
  boolean isAny() {
    return !waiting.isEmpty()
        || asked.keySet().stream().anyMatch(namespace -> ago(namespace).compareTo(CARES) <= 0);
  }

  private Duration ago(String namespace) {
    Long at = asked.get(namespace);
    return at == null ? CARES.plusNanos(1) : Duration.ofNanos(ticker.nanos() - at);
  }

  static Duration min(Duration one, Duration other) {
    return one.compareTo(other) <= 0 ? one : other;
  }
}
