package dev.muster.daemon.kubernetes.jobs;

import dev.muster.daemon.core.CacheReader;
import dev.muster.daemon.core.Observation;
import dev.muster.daemon.core.Scope;
import dev.muster.daemon.kubernetes.appwrapper.AppWrapperRow;
import dev.muster.daemon.kubernetes.raycluster.RayClusterRow;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * How well the jobs of a scope are known. They are live while the clusters and AppWrappers are and
 * while every dashboard answers; they are as old as the oldest answer of those that do. What does
 * not answer is named.
 */
final class Known {
  /** Of the clusters that cannot be asked, so many are named. */
  private static final int SHOWN = 3;

  /** Of what is said of one among others, in characters. */
  private static final int WIDTH = 100;

  private final CacheReader reader;
  private final JobWatch.Base base;
  private final Clock clock;

  Known(CacheReader reader, JobWatch.Base base, Clock clock) {
    this.reader = reader;
    this.base = base;
    this.clock = clock;
  }

  /**
   * @param jobs of the scope's identity; null: nobody has asked yet
   */
  Observation observe(Scope scope, IdentityJobs jobs) {
    if (jobs == null) {
      return not(scope, null, "it is not watched yet");
    }
    for (String kind : List.of(RayClusterRow.KIND, AppWrapperRow.KIND)) {
      Observation of = base.absent(scope, kind) ? null : base.observe(scope, kind);
      if (of != null && !of.live()) {
        return not(scope, of.at(), of.reason());
      }
    }
    if (!jobs.isSettled()) {
      return not(scope, null, "the clusters are being looked at");
    }
    Instant at = clock.instant();
    List<String> reasons = new ArrayList<>(jobs.away(scope.namespace()));
    for (Dashboard dashboard : jobs.dashboards(scope.namespace())) {
      Health.Now now = dashboard.now();
      if (!now.live()) {
        reasons.add(now.reason());
      } else if (now.at().isBefore(at)) {
        at = now.at();
      }
    }
    reasons.sort(String::compareTo);
    return reasons.isEmpty()
        ? new Observation(scope, JobKind.NAME, at, true, "")
        : not(scope, at, reasons.size() == 1 ? reasons.get(0) : several(reasons));
  }

  /** In few lines, however many there are and however much each says. */
  private static String several(List<String> reasons) {
    StringBuilder lines =
        new StringBuilder("the jobs of " + reasons.size() + " Ray clusters cannot be asked for");
    for (String reason : reasons.subList(0, Math.min(SHOWN, reasons.size()))) {
      lines.append('\n').append(shortened(reason));
    }
    int more = reasons.size() - SHOWN;
    return lines
        .append(more > 0 ? "\nand " + more + " more; " : "\n")
        .append("'muster dashboard raycluster NAME --no-browser' says all of why")
        .toString();
  }

  private static String shortened(String reason) {
    int end = reason.length() <= WIDTH ? -1 : reason.lastIndexOf(' ', WIDTH);
    return end < 0 ? reason : reason.substring(0, end) + " …";
  }

  /**
   * @param at null: not by this daemon
   */
  private Observation not(Scope scope, Instant at, String reason) {
    return new Observation(scope, JobKind.NAME, at == null ? seen(scope) : at, false, reason);
  }

  /** At an earlier time, over restarts too. */
  private Instant seen(Scope scope) {
    return Stream.of(scope.namespace(), "")
        .flatMap(ns -> reader.seen(scope.identity(), JobKind.NAME, ns).stream())
        .max(Instant::compareTo)
        .orElse(null);
  }
}
