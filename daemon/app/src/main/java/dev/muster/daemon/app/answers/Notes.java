package dev.muster.daemon.app.answers;

import dev.muster.daemon.core.HistoryTags;
import dev.muster.daemon.core.Row;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the history notes beside a state: of which context, and in which queue. */
public final class Notes implements HistoryTags {
  /** The documented field of every record that can wait in a queue. */
  private static final Pattern QUEUE = Pattern.compile("\"localQueue\"\\s*:\\s*\"([^\"\\\\]*)\"");

  /** Kueue's label, for rows that were read without their details. */
  private static final Pattern LABEL =
      Pattern.compile("^kueue\\.x-k8s\\.io/queue-name=(.*)$", Pattern.MULTILINE);

  /** Kinds that show others in another way: what becomes of those is recorded once. */
  private static final Set<String> VIEWS = Set.of("workergroup", "node", "queued");

  private final Sources sources;

  public Notes(Sources sources) {
    this.sources = sources;
  }

  @Override
  public boolean isRecorded(String kind) {
    return sources.has(kind) && !VIEWS.contains(kind);
  }

  @Override
  public String context(String identity) {
    return sources.context(identity);
  }

  @Override
  public String queue(Row row) {
    Matcher details = QUEUE.matcher(row.details());
    if (details.find()) {
      return details.group(1);
    }
    Matcher label = LABEL.matcher(row.labels());
    return label.find() ? label.group(1) : "";
  }
}
