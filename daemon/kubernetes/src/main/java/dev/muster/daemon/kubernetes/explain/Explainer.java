package dev.muster.daemon.kubernetes.explain;

import dev.muster.daemon.core.Explanation;
import dev.muster.daemon.core.Row;
import dev.muster.daemon.core.State;
import dev.muster.daemon.kubernetes.appwrapper.AppWrapperRow;
import dev.muster.daemon.kubernetes.kinds.Resource;
import dev.muster.daemon.kubernetes.kueue.WorkloadNote;
import dev.muster.daemon.kubernetes.operations.Inquiry;
import dev.muster.daemon.kubernetes.raycluster.RayClusterRow;
import dev.muster.daemon.kubernetes.rayjob.RayJobRow;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Why something is as it is: in one sentence, in the cause's own words, and with what to do. */
public final class Explainer {
  private Explainer() {}

  /**
   * @param inquiry what the server says of it now
   */
  public static Explanation explain(Resource resource, Inquiry inquiry) {
    Row row = inquiry.row();
    Set<String> causes = new LinkedHashSet<>();
    List<String> clauses = new ArrayList<>();
    if (!row.reason().isEmpty()) {
      clauses.add(row.reason());
    }
    WorkloadNote workload = inquiry.workload();
    if (workload.exists() && workload.pending()) {
      Place place = Place.of(workload, inquiry.workloads());
      if (place.length() > 1 && row.state() == State.QUEUED) {
        clauses.add(place.toString());
      }
    }
    if (workload.pending() || workload.deactivated()) {
      add(causes, "Workload " + workload.name(), workload.message());
    }
    add(causes, "local queue " + workload.queue(), inquiry.queueTrouble());
    add(causes, "", inquiry.causes().head());
    add(causes, "", inquiry.causes().workers());
    if (!held(row.state())) {
      add(causes, "warning", inquiry.causes().warning());
    }
    inquiry.conditions().forEach(condition -> add(causes, "", condition));
    List<String> words = new ArrayList<>();
    words.add(row.reason());
    words.addAll(causes);
    String advice =
        row.ready() || over(row.state()) ? "" : Advice.of(words).replace("NAME", row.key().name());
    return new Explanation(row, sentence(resource, row, clauses), List.copyOf(causes), advice);
  }

  /** Nothing of it runs, as it was told: what went wrong while it ran is no cause of that. */
  private static boolean held(State state) {
    return state == State.SUSPENDED || state == State.SUSPENDING;
  }

  private static boolean over(State state) {
    return state == State.SUCCEEDED || state == State.TERMINATING;
  }

  private static void add(Set<String> causes, String where, String text) {
    if (!text.isEmpty()) {
      causes.add(where.isEmpty() ? text : where + ": " + text);
    }
  }

  private static String sentence(Resource resource, Row row, List<String> clauses) {
    String who = resource.title() + " " + row.key().name() + " is " + row.state();
    if (!clauses.isEmpty()) {
      String text = String.join("; ", clauses);
      return who + ": " + (text.endsWith(".") ? text : text + ".");
    }
    if (row.ready()) {
      return who + ", as it should be.";
    }
    boolean runs =
        List.of(RayClusterRow.KIND, AppWrapperRow.KIND, RayJobRow.KIND).contains(resource.name());
    return runs && row.state() != State.SUCCEEDED
        ? who + "; the server does not say why."
        : who + ".";
  }
}
