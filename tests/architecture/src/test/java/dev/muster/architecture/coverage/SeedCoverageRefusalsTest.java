package dev.muster.architecture.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A small checkout with one thing wrong at a time. */
class SeedCoverageRefusalsTest {
  private static final String HEADER = "| id | demand | state | tests |\n|---|---|---|---|\n";

  @TempDir Path root;

  @BeforeEach
  void checkout() throws IOException {
    write("pom.xml", "<modules>\n<module>one</module>\n<module>two</module>\n</modules>");
    write(
        "one/src/test/java/a/GoodTest.java",
        """
        package a;

        class GoodTest extends Contract {
          // @Test void it_is_only_written_about() {}
          static final String TEXT = "@Test void it_is_only_text() {}";

          @ArchTest static final Rule a_rule_holds = null;

          @Test
          void it_works() {}

          @org.junit.jupiter.params.ParameterizedTest
          @ValueSource(strings = {"{", ";"})
          void it_works_with_each(String value) {}

          @Test
          @Disabled("until it works")
          void it_will_work() {}

          @Test
          @EnabledOnOs(LINUX)
          void it_works_here() {}

          void it_helps() {}

          @Override
          void it_is_taken_over() {}
        }
        """);
    write(
        "one/src/test/java/a/Contract.java",
        """
        package a;

        abstract class Contract {
          @Test
          void it_is_inherited() {}

          @Test
          void it_is_taken_over() {}
        }
        """);
    write(
        "one/src/test/java/a/Contracts.java", "package a; class Contracts { @Test void it() {} }");
    write(
        "one/src/test/java/a/AbstractTest.java",
        "package a; abstract class AbstractTest { @Test void it() {} }");
    write(
        "one/src/test/java/a/OffTest.java",
        "package a; @Disabled class OffTest { @Test void it() {} }");
    write(
        "one/src/test/java/a/FarTest.java",
        "package a; import b.Base; class FarTest extends Base { @Test void it() {} }");
    write("one/src/test/java/a/SameTest.java", "package a; class SameTest { @Test void it() {} }");
    write(
        "two/src/test/java/b/Base.java",
        "package b; public class Base { @Test public void it_is_far() {} }");
    write("two/src/test/java/b/SameTest.java", "package b; class SameTest { @Test void it() {} }");
    write(
        "three/src/test/java/c/LostTest.java", "package c; class LostTest { @Test void it() {} }");
    write("tests/acceptance/run", "scripts=(\"$here\"/*.t)\n");
    write(
        "tests/acceptance/good.t",
        """
        One thing and another.

          $ muster list raycluster -o name
          muster list appwrapper
          $ muster list | wc -l
          > muster list workload
        """);
  }

  private void write(String file, String text) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private List<String> faults(String table, String... demands) throws IOException {
    write(SeedCoverage.PAGE, "# A page\n\n" + HEADER + table);
    return new SeedCoverage(root).faults(List.of(demands));
  }

  /** What is said of a row that names that test, without the place of the row. */
  private List<String> faultsOf(String test) throws IOException {
    return faults("| A-1 | it works | done | `%s` |".formatted(test), "A-1").stream()
        .map(fault -> fault.replace("docs/seed-coverage.md, line 5, A-1: ", ""))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GoodTest#it_works",
        "a.GoodTest#it_works",
        "GoodTest#it_works_with_each",
        "GoodTest#it_is_inherited",
        "GoodTest#a_rule_holds",
        "FarTest#it_is_far",
        "b.SameTest#it",
        "good.t: muster list raycluster -o name",
        "good.t: muster list raycluster …",
        "good.t: muster list …",
        "good.t: muster list \\| wc -l"
      })
  void a_test_that_is_there_and_is_run_is_taken(String test) throws IOException {
    assertThat(faultsOf(test)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          NoTest#it | no module has a test class NoTest.
          LostTest#it | no module has a test class LostTest.
          Test#it | no module has a test class Test.
          SameTest#it | SameTest may be any of a.SameTest, b.SameTest.
          AbstractTest#it | AbstractTest is abstract; name a class that extends it.
          Contracts#it | Contracts is not run, by its name: it does not end in Test.
          OffTest#it | OffTest is not run in every build: it has @Disabled.
          GoodTest#it_fails | GoodTest has no method it_fails.
          GoodTest#it_is_only_written_about | GoodTest has no method it_is_only_written_about.
          GoodTest#it_is_only_text | GoodTest has no method it_is_only_text.
          GoodTest#it_helps | GoodTest#it_helps is not a test: it has no @Test.
          GoodTest#it_is_taken_over | GoodTest#it_is_taken_over is not a test: it has no @Test.
          GoodTest#it_will_work | GoodTest#it_will_work is not run in every build: it has @Disabled.
          GoodTest#it_works_here | GoodTest#it_works_here is not run in every build: it has @EnabledOnOs.
          none.t: muster list | there is no script tests/acceptance/none.t.
          run: muster list | 'run: muster list' names no test: it is written Class#method or script.t: command line.
          good.t: muster get | good.t has no command line 'muster get'.
          good.t: muster list | good.t has no command line 'muster list'.
          good.t: muster list ray … | good.t has no command line 'muster list ray …'.
          good.t: muster list appwrapper | good.t has no command line 'muster list appwrapper'.
          good.t: muster list workload | good.t has no command line 'muster list workload'.
          GoodTest | 'GoodTest' names no test: it is written Class#method or script.t: command line.
          """)
  void a_test_that_is_not_there_or_not_run_is_refused(String test, String sentence)
      throws IOException {
    assertThat(faultsOf(test)).containsExactly(sentence);
  }

  @Test
  void a_script_that_is_not_run_is_refused() throws IOException {
    write("tests/acceptance/run", "scripts=(\"$here\"/other.t)\n");

    assertThat(faultsOf("good.t: muster list"))
        .containsExactly("tests/acceptance/run does not run good.t.");
  }

  @Test
  void a_script_for_a_real_server_only_is_refused() throws IOException {
    write("tests/acceptance/good.t", "  $ only_on real\n  $ muster list\n");

    assertThat(faultsOf("good.t: muster list"))
        .containsExactly("good.t is run on a real server only, which not every build has.");
  }

  @Test
  void a_script_of_another_folder_is_refused() throws IOException {
    write("tests/acceptance/old/good.t", "  $ muster list\n");
    Files.delete(root.resolve("tests/acceptance/good.t"));

    assertThat(faultsOf("good.t: muster list"))
        .containsExactly("there is no script tests/acceptance/good.t.");
  }

  @Test
  void a_demand_without_a_row_is_named() throws IOException {
    assertThat(faults("| A-1 | it works | not yet | |", "A-1", "A-2"))
        .containsExactly("docs/seed-coverage.md: A-2 has no row.");
  }

  @Test
  void a_second_row_of_a_demand_is_named_with_both_lines() throws IOException {
    assertThat(faults("| A-1 | it works | not yet | |\n| A-1 | again | not yet | |", "A-1"))
        .containsExactly(
            "docs/seed-coverage.md, line 6, A-1: there is a row of it in line 5 already.");
  }

  @Test
  void a_row_of_no_demand_is_named() throws IOException {
    assertThat(faults("| A-1 | it works | not yet | |\n| A-3 | more | not yet | |", "A-1"))
        .containsExactly("docs/seed-coverage.md, line 6, A-3: there is no such demand.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          | A-1 | it works | done | |; it names no test
          | A-1 | it works | partly: all but one | |; it names no test
          | A-1 | it works | not yet | `GoodTest#it_works` |; it names a test and says "not yet"
          | A-1 | it works | partly | `GoodTest#it_works` |; "partly" is not a state: done, not yet, or partly: what is missing
          | A-1 | it works | soon | |; "soon" is not a state: done, not yet, or partly: what is missing
          | A-1 | it works | done | GoodTest#it_works |; its tests are not all in backquotes with commas between
          | A-1 | it works | done | `GoodTest#it_works` and more |; its tests are not all in backquotes with commas between
          | A-1 | | done | `GoodTest#it_works` |; it says nothing of the demand
          | A-1 | it works | done |; it has 3 cells
          """)
  void a_row_that_is_not_right_is_refused(String row, String sentence) throws IOException {
    assertThat(faults(row, "A-1"))
        .containsExactly("docs/seed-coverage.md, line 5, A-1: " + sentence + ".");
  }

  @Test
  void every_test_of_a_row_is_looked_at() throws IOException {
    assertThat(
            faults(
                "| A-1 | it works | partly: more | `GoodTest#it_works`, `NoTest#x`, `none.t: x` |",
                "A-1"))
        .containsExactly(
            "docs/seed-coverage.md, line 5, A-1: no module has a test class NoTest.",
            "docs/seed-coverage.md, line 5, A-1: there is no script tests/acceptance/none.t.");
  }

  @Test
  void tables_with_other_columns_are_not_looked_at() throws IOException {
    assertThat(faults("\n| family | what |\n|---|---|\n| A | all |\n", "A-1"))
        .containsExactly("docs/seed-coverage.md: A-1 has no row.");
  }
}
