package dev.muster.daemon.core;

import java.util.List;

/**
 * A kind of resource that people name.
 *
 * @param name the noun, such as "raycluster"
 * @param listed whether a bare {@code list} shows it (clusters and jobs)
 * @param namespaced whether its resources are each in a namespace; if not, that of their key is
 *     empty
 * @param columns of its table, AGE excepted, which every table ends with
 * @param wraps whether it stands around others: a bare list then shows those instead of it
 */
public record Kind(
    String name, boolean listed, boolean namespaced, List<Column> columns, boolean wraps) {
  public Kind {
    columns = List.copyOf(columns);
  }

  /** One that stands for itself. */
  public Kind(String name, boolean listed, boolean namespaced, List<Column> columns) {
    this(name, listed, namespaced, columns, false);
  }

  /** One whose resources are each in a namespace. */
  public Kind(String name, boolean listed, List<Column> columns) {
    this(name, listed, true, columns);
  }
}
