package dev.muster.daemon.core;

import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A cache with its writer and feed, the clock standing still. */
final class Fixture implements AutoCloseable {
  static final Clock CLOCK = Clock.fixed(Rows.NOON.plusSeconds(5), ZoneOffset.UTC);

  final Cache cache;
  final ChangeFeed feed = new ChangeFeed();
  final QueuedWriter writer;

  Fixture(Path directory) {
    this(directory, "1");
  }

  Fixture(Path directory, String version) {
    cache = Cache.open(directory, version, CLOCK);
    writer = new QueuedWriter(cache, feed, CLOCK);
  }

  void put(Row... rows) {
    for (Row row : rows) {
      writer.put(row);
    }
    settle();
  }

  void settle() {
    writer.await(writer.lastEnqueued());
  }

  Row get(String name) {
    return cache.get(Rows.key(name)).orElseThrow();
  }

  List<Row> scan(String namespace, boolean whole) {
    List<Row> rows = new ArrayList<>();
    cache.scan(Rows.IDENTITY, Rows.KIND, namespace, whole, rows::add);
    return rows;
  }

  /** Hands over all rows, one by one as they are read. */
  void each(Consumer<Row> reader) {
    cache.scan(Rows.IDENTITY, Rows.KIND, "", true, reader);
  }

  List<String> names() {
    return scan("", false).stream().map(row -> row.key().name()).toList();
  }

  @Override
  public void close() {
    writer.close();
    cache.close();
  }
}
