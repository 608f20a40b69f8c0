package dev.muster.daemon.app.answers;

import dev.muster.daemon.core.CacheReader;
import dev.muster.daemon.core.CacheWriter;
import dev.muster.daemon.core.Caller;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.core.Key;
import dev.muster.daemon.core.Kind;
import dev.muster.daemon.core.Observation;
import dev.muster.daemon.core.Row;
import dev.muster.daemon.core.Scope;
import dev.muster.daemon.core.Source;
import dev.muster.daemon.core.Target;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How a question is answered: from the cache where that is true or the best there is, past it where
 * it is not. Absence is only ever reported when a live watch or the server itself says so.
 */
public final class Reads {
  /** With rows of an earlier run at hand, the first answer does not wait longer for a fresh one. */
  private static final Duration WITH_OLD_ROWS = Duration.ofMillis(700);

  /** Without any, it waits for the first full list. */
  private static final Duration WITHOUT_ROWS = Duration.ofSeconds(25);

  private final Sources sources;
  private final CacheReader cache;
  private final CacheWriter writer;
  private final Clock clock;

  public Reads(Sources sources, CacheReader cache, CacheWriter writer, Clock clock) {
    this.sources = sources;
    this.cache = cache;
    this.writer = writer;
    this.clock = clock;
  }

  /** What can be said of the kind, and from where its rows come. */
  public Listing list(
      Caller caller, Target target, String kind, Freshness freshness, boolean whole) {
    Source source = sources.of(kind);
    Scope scope = sources.resolve(caller, target, kind);
    if (freshness.live()) {
      return live(scope, kind, source.listLive(caller, target, kind));
    }
    Observation observation = watched(source, caller, target, scope, kind);
    if (!observation.live()
        && (observation.at() == null || signedOut(source, scope, kind, freshness))) {
      // Nothing was ever seen, or may be seen: the server answers, or says in its own words why
      // not.
      return live(scope, kind, source.listLive(caller, target, kind));
    }
    refuseOlder(observation, freshness);
    return new Listing(
        scope,
        observation,
        each -> cache.scan(scope.identity(), kind, scope.namespace(), whole, each));
  }

  /** One row; NOT_FOUND only from a live watch or from the server. */
  public Found get(Caller caller, Target target, String kind, String typed, Freshness freshness) {
    Source source = sources.of(kind);
    Scope scope = sources.resolve(caller, target, kind);
    requireOneNamespace(scope, sources.kind(kind));
    String name = sources.address(caller, target, kind, typed);
    if (!freshness.live()) {
      boolean remembered =
          cache.get(new Key(scope.identity(), kind, scope.namespace(), name)).isPresent();
      Observation observation =
          watched(source, caller, target, scope, kind, patience(scope, kind, remembered));
      // What has just been seen for the first time may be what was meant.
      name = remembered ? name : sources.address(caller, target, kind, typed);
      Optional<Row> row = cache.get(new Key(scope.identity(), kind, scope.namespace(), name));
      if (row.isPresent() && (observation.live() || !signedOut(source, scope, kind, freshness))) {
        Observation dated = atLeast(observation, row.get().observed());
        refuseOlder(dated, freshness);
        return new Found(scope, dated, row.get());
      }
      if (observation.live() && !source.polled(kind)) {
        throw notFound(scope, kind, name);
      }
    }
    Row row = fetch(source, caller, target, kind, name);
    return new Found(scope, new Observation(scope, kind, clock.instant(), true, ""), row);
  }

  /**
   * One row as the server has it now. Of a kind that is not watched it is what is known from now
   * on.
   */
  private Row fetch(Source source, Caller caller, Target target, String kind, String name) {
    Row row = source.getLive(caller, target, kind, name);
    if (source.polled(kind)) {
      writer.await(writer.put(row));
    }
    return row;
  }

  /**
   * The name of the key that somebody means who names one to be followed from now on. What is not
   * known of a kind that is not watched is asked for first.
   */
  public String followed(Caller caller, Target target, Scope scope, String kind, String typed) {
    String name = sources.address(caller, target, kind, typed);
    Source source = sources.of(kind);
    if (!source.polled(kind)
        || typed.isEmpty()
        || cache.get(new Key(scope.identity(), kind, scope.namespace(), name)).isPresent()) {
      return name;
    }
    try {
      return fetch(source, caller, target, kind, name).key().name();
    } catch (Failure failure) {
      if (failure.kind() != Failure.Kind.NOT_FOUND) {
        throw failure;
      }
      return name;
    }
  }

  /**
   * Starts watching if need be, and lets what is in flight arrive: a write is visible to the next
   * read.
   */
  public Observation watched(
      Source source, Caller caller, Target target, Scope scope, String kind) {
    return watched(source, caller, target, scope, kind, patience(scope, kind, false));
  }

  private Observation watched(
      Source source, Caller caller, Target target, Scope scope, String kind, Duration patience) {
    Observation observation = source.ensureWatched(caller, target, kind, patience);
    writer.await(writer.lastEnqueued());
    return dated(observation);
  }

  /**
   * Whether the user's credential is refused. Rows of before are then shown only to who says how
   * old they may be: a script would go on with them for ever.
   */
  private static boolean signedOut(Source source, Scope scope, String kind, Freshness freshness) {
    return freshness.maxAge().isZero() && source.signedOut(scope, kind);
  }

  private Duration patience(Scope scope, String kind, boolean remembered) {
    return remembered || lastSeen(scope, kind).isPresent() ? WITH_OLD_ROWS : WITHOUT_ROWS;
  }

  /** A row that a write of this user brought in was seen, even if its kind never was. */
  private static Observation atLeast(Observation observation, Instant seen) {
    return observation.at() != null
        ? observation
        : new Observation(
            observation.scope(),
            observation.kind(),
            seen,
            observation.live(),
            observation.reason());
  }

  /** The same without starting or waiting for anything. */
  public Observation dated(Observation observation) {
    if (observation.live() && observation.at() == null) {
      return new Observation(observation.scope(), observation.kind(), clock.instant(), true, "");
    }
    if (observation.live()) {
      return observation;
    }
    Instant at =
        observation.at() != null
            ? observation.at()
            : lastSeen(observation.scope(), observation.kind()).orElse(null);
    return new Observation(
        observation.scope(), observation.kind(), at, false, observation.reason());
  }

  /** A name means something in one namespace only, where there are namespaces. */
  public static void requireOneNamespace(Scope scope, Kind kind) {
    if (kind.namespaced() && scope.allNamespaces()) {
      throw new Failure(
          Failure.Kind.USAGE,
          "a name needs one namespace: say --namespace NS instead of --all-namespaces");
    }
  }

  public static Failure notFound(Scope scope, String kind, String name) {
    return new Failure(
        Failure.Kind.NOT_FOUND,
        "%s \"%s\" not found in %scontext %s"
            .formatted(
                kind,
                name,
                scope.allNamespaces() ? "" : "namespace " + scope.namespace() + " of ",
                scope.context()));
  }

  private Optional<Instant> lastSeen(Scope scope, String kind) {
    return cache
        .seen(scope.identity(), kind, scope.namespace())
        .or(() -> cache.seen(scope.identity(), kind, ""));
  }

  private Listing live(Scope scope, String kind, List<Row> rows) {
    Observation observation = new Observation(scope, kind, clock.instant(), true, "");
    return new Listing(scope, observation, rows::forEach);
  }

  private void refuseOlder(Observation observation, Freshness freshness) {
    if (observation.live() || freshness.maxAge().isZero()) {
      return;
    }
    Duration age = Duration.between(observation.at(), clock.instant());
    if (age.compareTo(freshness.maxAge()) > 0) {
      throw new Failure(
          Failure.Kind.NO_ANSWER,
          "the last answer is %d s old, older than --max-age allows (%d s): %s"
              .formatted(age.toSeconds(), freshness.maxAge().toSeconds(), observation.reason()));
    }
  }

  /**
   * @param rows calls back for each row, once
   */
  public record Listing(Scope scope, Observation observation, Rows rows) {}

  /** Rows that are handed over one by one, so that ten thousand need no list. */
  @FunctionalInterface
  public interface Rows {
    void forEach(Consumer<Row> each);
  }

  public record Found(Scope scope, Observation observation, Row row) {}
}
