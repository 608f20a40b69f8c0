package dev.muster.daemon.core;

import java.time.Instant;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** What can be asked of the writer. */
sealed interface Operation {
  /** Roughly what it holds in memory, in characters. */
  default long weight() {
    return 256;
  }

  record Put(Row row, UnaryOperator<Row> latest) implements Operation {
    @Override
    public long weight() {
      return Operation.super.weight() + row.object().length() + row.details().length();
    }
  }

  record Remove(Key key, String uid, Instant at) implements Operation {}

  record Recompute(Key key, BiFunction<Row, List<Row>, Row> projector) implements Operation {}

  record Sweep(String identity, String kind, String namespace, Instant listStarted)
      implements Operation {}

  record Seen(String identity, String kind, String namespace, Instant at) implements Operation {}
}
