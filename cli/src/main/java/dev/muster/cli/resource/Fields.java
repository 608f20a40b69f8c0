package dev.muster.cli.resource;

import dev.muster.cli.Io;
import dev.muster.cli.output.Cells;
import dev.muster.cli.output.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Names and values, a line each: aligned on a terminal, with a tab between elsewhere. */
final class Fields {
  /** What is not known. */
  private static final String NONE = "-";

  private record Field(String name, String value) {}

  private final List<Field> fields = new ArrayList<>();

  void add(String name, Object value) {
    String text = value == null ? "" : value.toString();
    fields.add(new Field(name, text.isEmpty() ? NONE : text));
  }

  /** A tree: the names of what is inside something else are put behind the name of that. */
  void addAll(String prefix, Object tree) {
    switch (tree) {
      case null -> {
        if (!prefix.isEmpty()) {
          add(prefix, "");
        }
      }
      case Map<?, ?> map when map.isEmpty() -> add(prefix, "");
      case Map<?, ?> map ->
          map.forEach(
              (name, value) -> addAll(prefix.isEmpty() ? "" + name : prefix + "." + name, value));
      case List<?> list when list.stream().noneMatch(Map.class::isInstance) ->
          add(prefix, String.join(", ", list.stream().map(String::valueOf).toList()));
      case List<?> list -> list.forEach(element -> add(prefix, Json.compact(element)));
      default -> add(prefix, tree);
    }
  }

  void print(Io io) {
    int width = fields.stream().mapToInt(field -> field.name().length()).max().orElse(0);
    for (Field field : fields) {
      io.out().print(Cells.clean(field.name()));
      if (io.outTerminal()) {
        io.out().print(":").spaces(width + 1 - field.name().length());
      } else {
        io.out().print("\t");
      }
      io.out().println(Cells.clean(field.value()));
    }
  }
}
