package dev.muster.daemon.core;

/** What the history notes of a row beside its state, which only the row's source can tell. */
public interface HistoryTags {
  /** Whether changes of that kind are worth remembering. */
  boolean isRecorded(String kind);

  /** The name of a context that leads to that identity; empty if none is known. */
  String context(String identity);

  /** The queue that it waits in; empty for none. */
  String queue(Row row);
}
