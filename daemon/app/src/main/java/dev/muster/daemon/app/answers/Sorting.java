package dev.muster.daemon.app.answers;

import dev.muster.daemon.core.Column;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.core.Row;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The order that a person asks for by the title of a column: numbers by their size (with the
 * suffixes of quantities), all else as text, and AGE from the youngest on. What is alike stays in
 * the order that it came in.
 */
public final class Sorting {
  private static final String AGE = "AGE";
  private static final Pattern QUANTITY =
      Pattern.compile("(-?\\d+(?:\\.\\d+)?)(m|k|Ki|M|Mi|G|Gi|T|Ti|P|Pi)?(?:/.*)?");
  private static final String DECIMAL = "kMGTP";

  private Sorting() {}

  /**
   * @param title as typed; empty: empty
   * @param columns of the table, AGE excepted
   * @param cells a row's, tab-joined, in the order of the columns
   * @throws Failure {@link Failure.Kind#USAGE} if there is no such column
   */
  public static Optional<Comparator<Row>> by(
      String title, List<Column> columns, Function<Row, String> cells) {
    if (title.isEmpty()) {
      return Optional.empty();
    }
    if (title.equalsIgnoreCase(AGE)) {
      return Optional.of(
          Comparator.comparing((Row row) -> row.created() == null ? Instant.MIN : row.created())
              .reversed());
    }
    for (int i = 0; i < columns.size(); i++) {
      if (same(columns.get(i).title(), title)) {
        int index = i;
        return Optional.of((a, b) -> compare(cell(cells, a, index), cell(cells, b, index)));
      }
    }
    throw new Failure(
        Failure.Kind.USAGE,
        "--sort-by '%s': there is no such column; there are %s, %s"
            .formatted(
                title, String.join(", ", columns.stream().map(Column::title).toList()), AGE));
  }

  /** Numbers before texts; nothing at all comes last. */
  static int compare(String one, String other) {
    if (one.isEmpty() || other.isEmpty()) {
      return Boolean.compare(one.isEmpty(), other.isEmpty());
    }
    Matcher a = QUANTITY.matcher(one);
    Matcher b = QUANTITY.matcher(other);
    boolean number = a.matches();
    boolean otherNumber = b.matches();
    if (number && otherNumber) {
      return Double.compare(value(a), value(b));
    }
    return number == otherNumber
        ? one.compareToIgnoreCase(other)
        : Boolean.compare(otherNumber, number);
  }

  private static boolean same(String title, String typed) {
    return title.replaceAll("[ _-]", "").equalsIgnoreCase(typed.replaceAll("[ _-]", ""));
  }

  private static String cell(Function<Row, String> cells, Row row, int index) {
    String[] all = cells.apply(row).split("\t", -1);
    return index < all.length ? all[index] : "";
  }

  private static double value(Matcher quantity) {
    double number = Double.parseDouble(quantity.group(1));
    String suffix = quantity.group(2);
    if (suffix == null) {
      return number;
    }
    if (suffix.equals("m")) {
      return number / 1000;
    }
    String letter = suffix.substring(0, 1).replace('K', 'k');
    return number * Math.pow(suffix.endsWith("i") ? 1024 : 1000, DECIMAL.indexOf(letter) + 1.0);
  }
}
