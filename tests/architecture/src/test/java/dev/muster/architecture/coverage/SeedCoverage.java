package dev.muster.architecture.coverage;

import dev.muster.architecture.coverage.CoverageTable.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether docs/seed-coverage.md answers every demand once, and whether every test that it names
 * exists and is run.
 */
final class SeedCoverage {
  static final String PAGE = "docs/seed-coverage.md";

  private static final Pattern JUNIT = Pattern.compile("([\\w.]+)#(\\w+)");
  private static final Pattern SCRIPT = Pattern.compile("([^ :]+\\.t): (.+)");
  private static final Pattern PARTLY = Pattern.compile("partly: \\S.*");

  private final TestSources sources;
  private final AcceptanceScripts scripts;
  private final List<Row> rows;

  /**
   * @param root of the checkout
   */
  SeedCoverage(Path root) throws IOException {
    sources = new TestSources(root);
    scripts = new AcceptanceScripts(root);
    rows = CoverageTable.rows(Files.readAllLines(root.resolve(PAGE)));
  }

  /** One sentence for each thing that is wrong. */
  List<String> faults(List<String> demands) {
    List<String> faults = new ArrayList<>();
    Map<String, Integer> lines = new LinkedHashMap<>();
    for (Row row : rows) {
      Integer before = lines.putIfAbsent(row.id(), row.line());
      if (before != null) {
        faults.add(sentence(row, "there is a row of it in line %d already".formatted(before)));
      }
      if (!demands.contains(row.id())) {
        faults.add(sentence(row, "there is no such demand"));
      }
      fault(row).ifPresent(fault -> faults.add(sentence(row, fault)));
      for (String test : row.tests()) {
        fault(test).ifPresent(fault -> faults.add(sentence(row, fault)));
      }
    }
    for (String demand : demands) {
      if (!lines.containsKey(demand)) {
        faults.add("%s: %s has no row.".formatted(PAGE, demand));
      }
    }
    return faults;
  }

  private static String sentence(Row row, String fault) {
    return "%s, line %d, %s: %s.".formatted(PAGE, row.line(), row.id(), fault);
  }

  private static Optional<String> fault(Row row) {
    if (!row.fault().isEmpty()) {
      return Optional.of(row.fault());
    }
    if (row.state().equals("not yet")) {
      return row.tests().isEmpty()
          ? Optional.empty()
          : Optional.of("it names a test and says \"not yet\"");
    }
    if (!row.state().equals("done") && !PARTLY.matcher(row.state()).matches()) {
      return Optional.of(
          "\"%s\" is not a state: done, not yet, or partly: what is missing"
              .formatted(row.state()));
    }
    return row.tests().isEmpty() ? Optional.of("it names no test") : Optional.empty();
  }

  private Optional<String> fault(String test) {
    Matcher junit = JUNIT.matcher(test);
    if (junit.matches()) {
      return sources.fault(junit.group(1), junit.group(2));
    }
    Matcher script = SCRIPT.matcher(test);
    if (script.matches()) {
      return scripts.fault(script.group(1), script.group(2));
    }
    return Optional.of(
        "'%s' names no test: it is written Class#method or script.t: command line".formatted(test));
  }
}
