package dev.muster.daemon.kubernetes.explain;

import dev.muster.daemon.kubernetes.kueue.WorkloadNote;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Where something stands in its queue: by priority, then by age, among those that wait in the same
 * local queue and can be seen. Kueue decides by more than that (cohorts, flavors, other local
 * queues of the same cluster queue), so it is about right.
 */
record Place(int position, int length) {
  static Place of(WorkloadNote mine, Collection<WorkloadNote> all) {
    List<WorkloadNote> line =
        all.stream()
            .filter(WorkloadNote::pending)
            .filter(w -> w.queue().equals(mine.queue()) && w.namespace().equals(mine.namespace()))
            .sorted(
                Comparator.comparingLong(WorkloadNote::priority)
                    .reversed()
                    .thenComparing(WorkloadNote::created)
                    .thenComparing(WorkloadNote::name))
            .toList();
    return new Place(line.indexOf(mine) + 1, line.size());
  }

  /** "about 3rd of 7 in line". */
  @Override
  public String toString() {
    int last = position % 10;
    boolean teen = position % 100 / 10 == 1;
    String ending =
        teen || last > 3 || last == 0 ? "th" : last == 1 ? "st" : last == 2 ? "nd" : "rd";
    return "about " + position + ending + " of " + length + " in line";
  }
}
