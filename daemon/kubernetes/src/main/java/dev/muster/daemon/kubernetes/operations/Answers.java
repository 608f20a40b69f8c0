package dev.muster.daemon.kubernetes.operations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.core.CacheWriter;
import dev.muster.daemon.core.Row;
import dev.muster.daemon.kubernetes.appwrapper.Components;
import dev.muster.daemon.kubernetes.informers.Rows;
import dev.muster.daemon.kubernetes.kinds.Resource;
import dev.muster.daemon.kubernetes.raycluster.RayClusterRow;
import java.time.Clock;

/**
 * What the server answers to writes, on its way into the cache: it is visible there before the call
 * returns, so that no later read is older than it.
 */
final class Answers {
  private final Rows rows;
  private final CacheWriter writer;
  private final Clock clock;

  /**
   * @param writer where the rows go
   */
  Answers(Rows rows, CacheWriter writer, Clock clock) {
    this.rows = rows;
    this.writer = writer;
    this.clock = clock;
  }

  /**
   * The row of what was asked about, as the server has it now.
   *
   * @param resource what was written: an AppWrapper, where a cluster was asked for and came wrapped
   * @param dryRun makes the row only: nothing was written
   */
  Row written(Resource asked, Resource resource, JsonNode answer, boolean dryRun) {
    ObjectNode object = (ObjectNode) answer;
    Rows into = dryRun ? rows.aside() : rows;
    ObjectNode wanted = object;
    if (!asked.name().equals(resource.name())) {
      wanted =
          RayClusterRow.wrapped(Components.clusters(object).values().iterator().next(), object);
    }
    if (dryRun) {
      into.note(resource, object, clock.instant());
      return into.row(asked, wanted.deepCopy(), clock.instant());
    }
    ObjectNode row = wanted.deepCopy();
    long written = into.put(resource, object.deepCopy(), clock.instant());
    writer.await(written);
    return into.row(asked, row, clock.instant());
  }

  /**
   * It is gone, or still there for the sake of what has to be tidied up first.
   *
   * @param before the object as it was
   */
  void deleted(Resource resource, JsonNode answer, ObjectNode before) {
    boolean stays =
        answer.path("kind").asText("").equals(resource.title())
            && !answer.path("metadata").path("finalizers").isEmpty();
    writer.await(
        stays
            ? rows.put(resource, (ObjectNode) answer, clock.instant())
            : rows.gone(resource, before, clock.instant()));
  }
}
