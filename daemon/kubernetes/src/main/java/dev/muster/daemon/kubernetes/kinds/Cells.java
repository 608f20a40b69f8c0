package dev.muster.daemon.kubernetes.kinds;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.core.Column;
import dev.muster.daemon.core.Row;
import dev.muster.daemon.core.State;
import dev.muster.daemon.kubernetes.Yaml;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** How tables are described and how their lines are put together. */
public final class Cells {
  private Cells() {}

  /** Columns by their titles; those that begin with "+" are for wide tables only. */
  public static List<Column> columns(String... titles) {
    return Arrays.stream(titles)
        .map(t -> t.startsWith("+") ? new Column(t.substring(1), true) : new Column(t, false))
        .toList();
  }

  /** One line, with nothing in it that would begin another cell. */
  public static String line(Object... cells) {
    return Arrays.stream(cells)
        .map(cell -> String.valueOf(cell).replaceAll("\\s+", " "))
        .collect(Collectors.joining("\t"));
  }

  /** "yes" or "no". */
  public static String yes(boolean is) {
    return is ? "yes" : "no";
  }

  /**
   * A row of an object that stands for itself.
   *
   * @param object stripped here
   */
  public static Row row(
      String identity,
      Resource resource,
      ObjectNode object,
      Standing standing,
      String cells,
      JsonNode details,
      Instant observed) {
    Stripped.of(object);
    return new Row(
        Meta.key(identity, resource.name(), object),
        Meta.uid(object),
        Meta.version(object),
        standing.state,
        standing.word,
        standing.ready,
        standing.reason,
        Meta.created(object),
        Meta.changed(object, observed),
        observed,
        Meta.owner(object),
        Meta.labels(object),
        cells,
        Yaml.json(details),
        Yaml.json(object));
  }

  /**
   * How something is.
   *
   * @param state in our vocabulary
   * @param word in the system's own
   * @param ready whether it can be used
   * @param reason why it is not, or what there is to say
   */
  public record Standing(State state, String word, boolean ready, String reason) {
    /** One with nothing to say about it. */
    public static Standing fine(String word) {
      return new Standing(State.READY, word, true, "");
    }
  }
}
