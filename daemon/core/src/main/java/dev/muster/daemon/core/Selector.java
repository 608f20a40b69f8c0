package dev.muster.daemon.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A Kubernetes label selector: {@code k=v}, {@code k==v}, {@code k!=v}, {@code k in (a,b)}, {@code
 * k notin (a,b)}, {@code k}, {@code !k}, joined by commas. As there, {@code !=} and {@code notin}
 * also select what lacks the label. The grammar is that of {@code k8s.io/apimachinery/pkg/labels},
 * without {@code <} and {@code >}.
 */
public final class Selector {
  private final List<Requirement> requirements;

  private Selector(List<Requirement> requirements) {
    this.requirements = List.copyOf(requirements);
  }

  /**
   * @param wanted whether the label must have one of the values (or, without values, must be
   *     there); false: must not
   * @param values null: any
   */
  record Requirement(String label, boolean wanted, Set<String> values) {
    boolean accepts(Map<String, String> labels) {
      String value = labels.get(label);
      boolean has = value != null && (values == null || values.contains(value));
      return has == wanted;
    }
  }

  /**
   * Reads one.
   *
   * @param text empty selects all
   * @throws Failure {@link Failure.Kind#USAGE} if it is not one
   */
  public static Selector parse(String text) {
    List<Requirement> requirements = new ArrayList<>();
    if (!text.isBlank()) {
      new SelectorParser(text).parseInto(requirements);
    }
    return new Selector(requirements);
  }

  /** Whether it selects everything. */
  public boolean isEmpty() {
    return requirements.isEmpty();
  }

  public boolean matches(Row row) {
    return matches(row.labels());
  }

  /**
   * Whether it selects what has these labels.
   *
   * @param lines labels as {@link Row#labels} has them
   */
  public boolean matches(String lines) {
    if (requirements.isEmpty()) {
      return true;
    }
    Map<String, String> labels = new HashMap<>();
    lines
        .lines()
        .filter(line -> !line.isEmpty())
        .forEach(
            line -> {
              int equals = line.indexOf('=');
              if (equals < 0) {
                labels.put(line, "");
              } else {
                labels.put(line.substring(0, equals), line.substring(equals + 1));
              }
            });
    return requirements.stream().allMatch(requirement -> requirement.accepts(labels));
  }
}
