package dev.muster.daemon.kubernetes.views;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.core.Kind;
import dev.muster.daemon.core.Row;
import dev.muster.daemon.kubernetes.kinds.Resource;
import java.time.Instant;
import java.util.List;

/**
 * A kind that servers do not have: its rows are made of the objects of another.
 *
 * @param kind its noun and columns
 * @param over the kind that it is made of: the first of these that the server has
 * @param projector makes its rows
 */
public record View(Kind kind, List<Resource> over, Projector projector) {
  public View {
    over = List.copyOf(over);
  }

  /** How an object becomes rows. */
  @FunctionalInterface
  public interface Projector {
    List<Row> rows(String identity, ObjectNode object, Instant observed);
  }
}
