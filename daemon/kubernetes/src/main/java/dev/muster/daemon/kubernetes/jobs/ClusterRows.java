package dev.muster.daemon.kubernetes.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.daemon.core.CacheWriter;
import dev.muster.daemon.core.Row;
import dev.muster.daemon.kubernetes.Yaml;
import dev.muster.daemon.ray.RayJob;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The rows of one cluster's jobs as they were written last, so that only what changed is written,
 * and what is gone is removed. For one thread at a time.
 */
final class ClusterRows {
  private record Known(String uid, String cells, String details) {
    static Known of(Row row) {
      return new Known(row.uid(), row.cells(), row.details());
    }

    JsonNode requested() {
      return Yaml.fromJson(details).path("requested");
    }
  }

  private final String identity;
  private final Cluster cluster;
  private final CacheWriter writer;
  private final Map<String, Known> known = new HashMap<>();

  ClusterRows(String identity, Cluster cluster, CacheWriter writer) {
    this.identity = identity;
    this.cluster = cluster;
    this.writer = writer;
  }

  /** A row of an earlier time. */
  void remember(Row row) {
    known.putIfAbsent(JobKind.id(row.key().name()), Known.of(row));
  }

  boolean isEmpty() {
    return known.isEmpty();
  }

  /** All that there is. */
  void seen(List<RayJob> jobs, Instant when) {
    Set<String> gone = new HashSet<>(known.keySet());
    for (RayJob job : jobs) {
      gone.remove(job.id());
      put(job, null, when);
    }
    gone.forEach(id -> remove(id, when));
  }

  /**
   * @param requested see {@link SubmissionRow#of}; null: as known
   */
  Row put(RayJob job, JsonNode requested, Instant when) {
    Known before = known.get(job.id());
    Row row = SubmissionRow.of(identity, cluster, job, requested, when);
    if (requested == null && before != null && before.uid.equals(row.uid())) {
      row = SubmissionRow.of(identity, cluster, job, before.requested(), when);
    }
    Known now = Known.of(row);
    if (!now.equals(before)) {
      known.put(job.id(), now);
      writer.put(row);
    }
    return row;
  }

  void remove(String id, Instant when) {
    known.remove(id);
    writer.remove(JobKind.key(identity, cluster, id), "", when);
  }

  void removeAll(Instant when) {
    Set.copyOf(known.keySet()).forEach(id -> remove(id, when));
  }
}
