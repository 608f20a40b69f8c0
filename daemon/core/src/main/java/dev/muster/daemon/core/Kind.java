package dev.muster.daemon.core;

import java.util.List;

/**
 * A kind of resource that people name.
 *
 * @param name the noun, such as "raycluster"
 * @param listed whether a bare {@code list} shows it (clusters and jobs)
 * @param columns of its table, AGE excepted, which every table ends with
 */
public record Kind(String name, boolean listed, List<Column> columns) {
  public Kind {
    columns = List.copyOf(columns);
  }
}
