package dev.muster.truth.check;

import dev.muster.truth.history.History;
import dev.muster.truth.history.Place;
import dev.muster.truth.history.Version;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;

/** Compares everything that was answered with the server's own story, when all of it is known. */
public final class Judge {
  private final Facts facts;

  public Judge(History history, Bounds bounds) {
    this.facts = new Facts(history, bounds);
  }

  /** All that muster told, and what it was told to do. */
  public record Evidence(
      List<Read> reads, List<Waited> waits, List<Watched> watches, List<OwnWrite> writes) {
    public Evidence {
      reads = List.copyOf(reads);
      waits = List.copyOf(waits);
      watches = List.copyOf(watches);
      writes = List.copyOf(writes);
    }
  }

  /** Everything that was not so; empty if all was. */
  public List<Lie> judge(Evidence evidence) {
    List<Read> reads = new ArrayList<>(evidence.reads());
    evidence.waits().forEach(wait -> reads.addAll(wait.progress()));
    evidence.watches().stream()
        .filter(watch -> watch.synced() >= 0)
        .forEach(watch -> reads.add(watch.beginning()));
    List<Lie> lies = new ArrayList<>();
    ReadCheck readCheck = new ReadCheck(facts);
    reads.forEach(read -> lies.addAll(readCheck.check(read)));
    lies.addAll(new OrderCheck(facts).check(reads, evidence.writes()));
    WaitCheck waitCheck = new WaitCheck(facts);
    evidence.waits().forEach(wait -> lies.addAll(waitCheck.check(wait)));
    WatchCheck watchCheck = new WatchCheck(facts, own(evidence.writes()));
    evidence.watches().forEach(watch -> lies.addAll(watchCheck.check(watch)));
    return lies;
  }

  /** How many watches said themselves that they may have missed something. */
  public long excused(Evidence evidence) {
    return evidence.watches().stream().filter(Watched::isExcused).count();
  }

  /**
   * How far behind the recorder the answers from the cache were, in microseconds, ascending: one
   * for each row that had been replaced when the answer says it was true.
   */
  public List<Long> lags(List<Read> reads) {
    List<Long> lags = new ArrayList<>();
    for (Read read : reads) {
      for (Told row : read.rows()) {
        if (row.hasVersion() && !read.fresh()) {
          facts
              .history()
              .at(row.place())
              .flatMap(timeline -> timeline.after(row.number()))
              .map(next -> read.observed() - next.told())
              .filter(lag -> lag > 0)
              .ifPresent(lags::add);
        }
      }
    }
    lags.sort(null);
    return lags;
  }

  private Map<Place, NavigableSet<Long>> own(List<OwnWrite> writes) {
    Map<Place, NavigableSet<Long>> own = new HashMap<>();
    for (OwnWrite write : writes) {
      NavigableSet<Long> numbers = own.computeIfAbsent(write.place(), p -> new TreeSet<>());
      if (write.number() >= 0) {
        numbers.add(write.number());
      } else {
        facts
            .history()
            .at(write.place())
            .flatMap(timeline -> timeline.deletionOf(write.uid()))
            .map(Version::number)
            .ifPresent(numbers::add);
      }
    }
    return own;
  }
}
