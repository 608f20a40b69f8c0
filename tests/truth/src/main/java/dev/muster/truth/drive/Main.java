package dev.muster.truth.drive;

import dev.muster.truth.check.Bounds;
import dev.muster.truth.check.Judge;
import dev.muster.truth.check.Judge.Evidence;
import dev.muster.truth.check.Lie;
import dev.muster.truth.history.History;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Asks muster's daemon while others write, and compares what it answered with the API server's own
 * story. Exit code 0 if all was true, 1 if not or if it was not answered enough, 2 for a wrong
 * command line. The daemon is that of the environment.
 */
public final class Main {
  private static final int SHOWN = 20;
  private static final Logger NETTY = Logger.getLogger("io.netty.bootstrap");

  private Main() {}

  public static void main(String[] arguments) throws InterruptedException {
    Options options;
    try {
      options = Options.parse(List.of(arguments));
    } catch (IllegalArgumentException e) {
      System.err.printf("truth: %s; usage: %s%n", e.getMessage(), Options.USAGE);
      System.exit(2);
      return;
    }
    // It says once a connection that a domain socket has no keep-alive.
    NETTY.setLevel(Level.SEVERE);
    System.out.printf("truth: seed %d, %d answers%n", options.seed(), options.answers());
    boolean isTrue;
    try {
      isTrue = check(options);
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      System.out.printf("truth: the check could not be made: %s%n", e);
      isTrue = false;
    }
    if (!isTrue) {
      System.out.printf(
          "truth: FAILED with seed %d; the same decisions again: %s%n",
          options.seed(), options.again());
    }
    System.exit(isTrue ? 0 : 1);
  }

  private static boolean check(Options options)
      throws IOException, GeneralSecurityException, InterruptedException {
    long begun = Now.micros();
    Run run = new Run(options, ApiServer.of(options.kubeconfig()));
    History history = Versions.history(run.run());
    long asked = Now.micros();
    Evidence evidence = run.log().evidence();
    Judge judge = new Judge(history, Bounds.ofLag(options.lagMillis()));
    List<Lie> lies = judge.judge(evidence);
    run.log().counts().forEach((what, n) -> System.out.printf("  %7d  %s%n", n, what));
    System.out.printf(
        "  %7d  versions of %d places recorded%n", history.size(), history.all().size());
    System.out.printf(
        "  %7d  watches, %d of them excused from telling everything%n",
        evidence.watches().size(), judge.excused(evidence));
    lags(judge.lags(evidence.reads()), options);
    List<String> troubles = run.log().troubles();
    troubles.stream().limit(SHOWN).forEach(t -> System.out.printf("NOT ANSWERED %s%n", t));
    lies.stream().limit(SHOWN).forEach(System.out::println);
    if (!lies.isEmpty()) {
      write(options.report(), lies, history);
    }
    boolean enough = run.log().answers() >= options.answers();
    System.out.printf(
        Locale.ROOT,
        "truth: %d answers checked%s, %d lies %s, %d not answered, in %d s and %d s%n",
        run.log().answers(),
        enough ? "" : " (TOO FEW)",
        lies.size(),
        kinds(lies),
        troubles.size(),
        (asked - begun) / 1_000_000,
        (Now.micros() - asked) / 1_000_000);
    return lies.isEmpty() && troubles.isEmpty() && enough;
  }

  private static void lags(List<Long> lags, Options options) {
    if (lags.isEmpty()) {
      return;
    }
    System.out.printf(
        Locale.ROOT,
        "  %7d  rows told after the recorder knew a newer version: by %.1f ms (median), %.1f ms"
            + " (99 of 100), %.1f ms (at most); admitted: %d ms%n",
        lags.size(),
        lags.get(lags.size() / 2) / 1000.0,
        lags.get(lags.size() * 99 / 100) / 1000.0,
        lags.getLast() / 1000.0,
        options.lagMillis());
  }

  private static Map<Lie.Kind, Integer> kinds(List<Lie> lies) {
    Map<Lie.Kind, Integer> kinds = new TreeMap<>();
    lies.forEach(lie -> kinds.merge(lie.kind(), 1, Integer::sum));
    return kinds;
  }

  /** Everything that is needed to see what happened. */
  private static void write(Path file, List<Lie> lies, History history) throws IOException {
    List<String> lines = new ArrayList<>();
    lies.forEach(lie -> lines.add(lie.toString()));
    history
        .all()
        .forEach(
            (place, timeline) -> {
              lines.add("");
              lines.add(place + ":");
              timeline
                  .versions()
                  .forEach(
                      v ->
                          lines.add(
                              "  "
                                  + v.told()
                                  + " "
                                  + v
                                  + (v.face() == null ? "" : " " + v.face().cells())));
            });
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.write(file, lines);
    System.out.printf("truth: all lies, and all that happened: %s%n", file);
  }
}
