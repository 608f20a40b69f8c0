package dev.muster.daemon.kubernetes.jobs;

import dev.muster.daemon.core.CacheWriter;
import dev.muster.daemon.core.Key;
import dev.muster.daemon.core.Row;
import java.time.Instant;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/**
 * A way into the cache that tells which rows may have changed: jobs depend on clusters and
 * AppWrappers.
 */
public final class Noticed implements CacheWriter {
  private final CacheWriter writer;
  private volatile Listener listener = Listener.NOBODY;

  /** Told in the thread that writes, of what is not visible before that sequence number. */
  interface Listener {
    Listener NOBODY =
        new Listener() {
          @Override
          public void changed(Key key, long sequence) {
            // Nobody listens yet.
          }

          @Override
          public void listed(String identity, String kind, long sequence) {
            // Nobody listens yet.
          }
        };

    void changed(Key key, long sequence);

    /** Rows of that kind may have gone. */
    void listed(String identity, String kind, long sequence);
  }

  public Noticed(CacheWriter writer) {
    this.writer = writer;
  }

  void listen(Listener to) {
    listener = to;
  }

  @Override
  public long put(Row row) {
    return changed(row.key(), writer.put(row));
  }

  @Override
  public long put(Row row, UnaryOperator<Row> latest) {
    return changed(row.key(), writer.put(row, latest));
  }

  @Override
  public long remove(Key key, String uid, Instant at) {
    return changed(key, writer.remove(key, uid, at));
  }

  @Override
  public long recompute(Key key, BiFunction<Row, List<Row>, Row> projector) {
    return changed(key, writer.recompute(key, projector));
  }

  private long changed(Key key, long sequence) {
    listener.changed(key, sequence);
    return sequence;
  }

  @Override
  public long sweep(String identity, String kind, String namespace, Instant listStarted) {
    long sequence = writer.sweep(identity, kind, namespace, listStarted);
    listener.listed(identity, kind, sequence);
    return sequence;
  }

  @Override
  public long seen(String identity, String kind, String namespace, Instant at) {
    return writer.seen(identity, kind, namespace, at);
  }

  @Override
  public long lastEnqueued() {
    return writer.lastEnqueued();
  }

  @Override
  public void await(long sequence) {
    writer.await(sequence);
  }
}
