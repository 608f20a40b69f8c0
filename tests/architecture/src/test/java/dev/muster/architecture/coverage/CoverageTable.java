package dev.muster.architecture.coverage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The rows of a Markdown page's tables with the columns id, demand, state and tests; tables with
 * other columns are not looked at.
 */
final class CoverageTable {
  private static final List<String> COLUMNS = List.of("id", "demand", "state", "tests");
  private static final Pattern CELL_END = Pattern.compile("(?<!\\\\)\\|");
  private static final Pattern TEST = Pattern.compile("`([^`]+)`");
  private static final Pattern BETWEEN_TESTS = Pattern.compile("[\\s,]*");

  /**
   * @param line of the page, from 1 on
   * @param tests as they are named, without the backquotes
   * @param fault a sentence about how it is written; empty if that is right
   */
  record Row(int line, String id, String state, List<String> tests, String fault) {}

  private CoverageTable() {}

  static List<Row> rows(List<String> page) {
    List<Row> rows = new ArrayList<>();
    boolean inside = false;
    for (int i = 0; i < page.size(); i++) {
      String line = page.get(i).strip();
      if (!line.startsWith("|")) {
        inside = false;
      } else if (cells(line).equals(COLUMNS)) {
        inside = true;
      } else if (inside && !line.matches("[|: -]+")) {
        rows.add(row(i + 1, cells(line)));
      }
    }
    return rows;
  }

  private static List<String> cells(String line) {
    String inner = line.substring(1, line.endsWith("|") ? line.length() - 1 : line.length());
    return Arrays.stream(CELL_END.split(inner, -1))
        .map(cell -> cell.strip().replace("\\|", "|"))
        .toList();
  }

  private static Row row(int line, List<String> cells) {
    if (cells.size() != COLUMNS.size()) {
      return new Row(
          line, cells.getFirst(), "", List.of(), "it has %d cells".formatted(cells.size()));
    }
    List<String> tests = new ArrayList<>();
    Matcher found = TEST.matcher(cells.get(3));
    while (found.find()) {
      tests.add(found.group(1));
    }
    String fault = "";
    if (cells.get(1).isEmpty()) {
      fault = "it says nothing of the demand";
    } else if (!BETWEEN_TESTS.matcher(found.reset().replaceAll("")).matches()) {
      fault = "its tests are not all in backquotes with commas between";
    }
    return new Row(line, cells.getFirst(), cells.get(2), tests, fault);
  }
}
