package dev.muster.daemon.app.rpc;

import dev.muster.daemon.app.answers.Freshness;
import dev.muster.daemon.app.answers.Matching;
import dev.muster.daemon.app.answers.Reads;
import dev.muster.daemon.app.answers.Reads.Listing;
import dev.muster.daemon.app.answers.Sorting;
import dev.muster.daemon.app.answers.Sources;
import dev.muster.daemon.core.Caller;
import dev.muster.daemon.core.Column;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.core.Kind;
import dev.muster.daemon.core.Observation;
import dev.muster.daemon.core.Row;
import dev.muster.daemon.core.Scope;
import dev.muster.daemon.core.Selector;
import dev.muster.daemon.core.Source;
import dev.muster.daemon.core.Target;
import dev.muster.v1.Layout;
import dev.muster.v1.ListChunk;
import dev.muster.v1.ListRequest;
import dev.muster.v1.Match;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Answers one list, in chunks: ten thousand rows are never one message. */
final class ListStream {
  private static final int ROWS_PER_CHUNK = 500;

  private final Sources sources;
  private final Reads reads;
  private final Clock clock;
  private final ListRequest request;
  private final Outflow<ListChunk> out;
  private final Selector selector;
  private Predicate<Row> fits = row -> true;

  /** What owns a row of a bare list so far: "NAMESPACE KIND/NAME". */
  private final Set<String> owners = new HashSet<>();

  private long sent;
  private ListChunk.Builder chunk = ListChunk.newBuilder();

  ListStream(
      Sources sources, Reads reads, Clock clock, ListRequest request, Outflow<ListChunk> out) {
    this.sources = sources;
    this.reads = reads;
    this.clock = clock;
    this.request = request;
    this.out = out;
    this.selector = Selector.parse(request.getSelector());
  }

  void run() throws InterruptedException {
    boolean everything = request.getKind().isEmpty();
    List<Kind> kinds =
        everything ? wrappersLast(sources.listed()) : List.of(sources.kind(request.getKind()));
    chunk.addAllColumns(everything ? Cells.shared() : Cells.columns(kinds.getFirst()));
    boolean records = request.getLayout() == Layout.RECORDS;
    Caller caller = Protos.caller(request.getCaller());
    Target target = Protos.target(request.getTarget());
    List<Listing> listings = new ArrayList<>();
    if (everything) {
      listings.addAll(everything(caller, target, kinds, records));
    } else {
      listings.add(list(caller, target, kinds.getFirst(), records));
    }
    listings.forEach(listing -> chunk.addObservations(Protos.observation(listing.observation())));
    for (Match match : request.getMatchesList()) {
      List<Column> columns = everything ? List.of() : kinds.getFirst().columns();
      fits = fits.and(Matching.by(match.getColumn(), match.getValue(), columns));
    }
    Instant now = clock.instant();
    Optional<Comparator<Row>> order =
        Sorting.by(
            request.getSortBy(),
            everything ? Cells.SHARED : kinds.getFirst().columns(),
            row -> everything ? Cells.sharedLine(row, now) : row.cells());
    if (order.isEmpty()) {
      for (Listing listing : listings) {
        listing
            .rows()
            .forEach(
                row -> {
                  if (!everything || !isWrapper(row)) {
                    add(listing, row, records, everything, now);
                  }
                });
      }
    } else {
      List<Placed> all = new ArrayList<>();
      for (Listing listing : listings) {
        listing
            .rows()
            .forEach(
                row -> {
                  if (!everything || !isWrapper(row)) {
                    all.add(new Placed(listing, row));
                  }
                });
      }
      all.sort(Comparator.comparing(Placed::row, order.get()));
      all.forEach(placed -> add(placed.listing(), placed.row(), records, everything, now));
    }
    if (!everything && sent == 0) {
      requireWhatIsNamed(caller, target);
    }
    flush();
  }

  /**
   * Nothing fits: whoever asks for what belongs to another resource is told if that is not there.
   */
  private void requireWhatIsNamed(Caller caller, Target target) {
    for (Match match : request.getMatchesList()) {
      String kind = match.getColumn().toLowerCase(Locale.ROOT);
      if (sources.has(kind) && !target.allNamespaces() && !kind.equals(request.getKind())) {
        reads.get(
            caller, target, kind, match.getValue(), StateService.freshness(request.getFreshness()));
      }
    }
  }

  private static List<Kind> wrappersLast(List<Kind> kinds) {
    return kinds.stream().sorted(Comparator.comparing(Kind::wraps)).toList();
  }

  private Listing list(Caller caller, Target target, Kind kind, boolean whole) {
    return reads.list(
        caller, target, kind.name(), StateService.freshness(request.getFreshness()), whole);
  }

  /**
   * What can be listed of several kinds. One that the system does not have is left out, and one
   * that the user may not see, or that was never seen while the server answered, is said to be so;
   * if that leaves nothing, it is the answer.
   */
  private List<Listing> everything(
      Caller caller, Target target, List<Kind> kinds, boolean records) {
    List<Listing> listings = new ArrayList<>();
    List<Listing> absent = new ArrayList<>();
    List<Failure> failures = new ArrayList<>();
    for (Kind kind : kinds) {
      Source source = sources.of(kind.name());
      Scope scope = sources.resolve(caller, target, kind.name());
      try {
        Listing listing = list(caller, target, kind, records);
        boolean none = !listing.observation().live() && source.absent(scope, kind.name());
        (none ? absent : listings).add(listing);
      } catch (Failure failure) {
        boolean missing = source.absent(scope, kind.name());
        if (!missing && !mayBePassedOver(failure)) {
          throw failure;
        }
        failures.add(failure);
        if (!missing) {
          chunk.addObservations(
              Protos.observation(
                  new Observation(scope, kind.name(), null, false, failure.getMessage())));
        }
      }
    }
    if (listings.isEmpty() && absent.isEmpty()) {
      throw failures.getFirst();
    }
    return listings.isEmpty() ? absent : listings;
  }

  /** Whoever says how old an answer may be wants none at all if a part of it is missing. */
  private boolean mayBePassedOver(Failure failure) {
    Freshness asked = StateService.freshness(request.getFreshness());
    boolean any = !asked.live() && asked.maxAge().isZero();
    return failure.kind() == Failure.Kind.FORBIDDEN
        || (any && failure.kind() == Failure.Kind.NO_ANSWER);
  }

  /** What stands around something that is listed itself; those that may come last. */
  private boolean isWrapper(Row row) {
    String at = row.key().namespace() + " ";
    if (sources.kind(row.key().kind()).wraps()) {
      return owners.contains(at + row.key().kind() + "/" + row.key().name());
    }
    int slash = row.owner().indexOf('/');
    if (slash > 0) {
      owners.add(
          at
              + row.owner().substring(0, slash).toLowerCase(Locale.ROOT)
              + row.owner().substring(slash));
    }
    return false;
  }

  private record Placed(Listing listing, Row row) {}

  private void add(Listing listing, Row row, boolean records, boolean everything, Instant now) {
    if (!selector.matches(row.labels()) || !fits.test(row)) {
      return;
    }
    sent++;
    if (records) {
      chunk.addResources(Protos.resource(listing.scope(), row));
    } else {
      chunk.addRows(everything ? Cells.sharedLine(row, now) : Cells.line(row, now));
    }
    if (chunk.getRowsCount() + chunk.getResourcesCount() >= ROWS_PER_CHUNK) {
      flush();
    }
  }

  private void flush() {
    out.tell(chunk.build());
    chunk = ListChunk.newBuilder();
  }
}
