package dev.muster.daemon.core;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One kind of remote system. Adding the next system adds one implementation and one line where
 * sources are listed.
 *
 * <p>A source feeds the {@link CacheWriter} it was made with; it never reads the cache to answer.
 * All methods may block for as long as a remote call may take, and throw {@link Failure} with a
 * sentence for the user.
 */
public interface Source extends Changing, AutoCloseable {
  /** Such as "kubernetes". */
  String name();

  /**
   * The kinds people can name. Kinds that are only watched for others' sake (pods, events) are not
   * among them.
   */
  List<Kind> kinds();

  /** What the request is aimed at, resolved anew for each request. Does not talk to the server. */
  Scope resolve(Caller caller, Target target);

  /**
   * The same for one kind: a kind that is in no namespace is looked for in none, so its scope's
   * namespace is empty.
   */
  default Scope resolve(Caller caller, Target target, String kind) {
    Scope scope = resolve(caller, target);
    boolean namespaced =
        kinds().stream().filter(k -> k.name().equals(kind)).allMatch(Kind::namespaced);
    return namespaced ? scope : new Scope(scope.source(), scope.identity(), scope.context(), "");
  }

  /**
   * Makes sure that the kind is being watched, and waits up to the given time for the first full
   * list.
   *
   * @return whether answers from the cache are live, and if not, why
   */
  Observation ensureWatched(Caller caller, Target target, String kind, Duration patience);

  /** The present liveness of what {@link #ensureWatched} started, without waiting. */
  Observation observe(Scope scope, String kind);

  /** Whether the system does not have the kind at all, as far as it was watched. */
  default boolean absent(Scope scope, String kind) {
    return false;
  }

  /** Whether the kind is not live because the user's credential is no longer taken. */
  default boolean signedOut(Scope scope, String kind) {
    return false;
  }

  /** Told whenever a kind of a scope becomes live or stops being so. Closing the handle ends it. */
  AutoCloseable onLiveness(Consumer<Observation> listener);

  /** Everything that is watched now. */
  List<Observation> watches();

  /** The rows as the server has them now, past the cache. */
  List<Row> listLive(Caller caller, Target target, String kind);

  /** One row as the server has it now; {@link Failure.Kind#NOT_FOUND} if there is none. */
  Row getLive(Caller caller, Target target, String kind, String name);

  /**
   * The details of a row with what is read from the server only where somebody asks for the details
   * of one.
   *
   * @param row whole
   * @return one JSON object
   */
  default String details(Caller caller, Target target, Row row) {
    return row.details();
  }

  /** The system's own object, whole, as YAML, as the server has it now. */
  default String manifest(Caller caller, Target target, String kind, String name) {
    return manifest(caller, target, kind, name, false);
  }

  /**
   * @param clean without what the server added and what it says of the object's state, so that the
   *     same can be created anew
   */
  String manifest(Caller caller, Target target, String kind, String name, boolean clean);

  /** Why it is in the state that it is in, from what the server says now. */
  Explanation explain(Caller caller, Target target, String kind, String name);

  /** The contexts that the caller could name. */
  List<ContextEntry> contexts(Caller caller, Target target);

  /** What can be done with its jobs; empty where it has none. */
  default Optional<Jobs> jobs() {
    return Optional.empty();
  }

  /** The ways from this machine to what runs there; empty where there are none. */
  default Optional<Reaching> reaching() {
    return Optional.empty();
  }

  /**
   * The name of the key that somebody means: the same, but for kinds whose resources can be called
   * by a part of it ("train" for "demo/train"). USAGE with the candidates if that is ambiguous;
   * what is not known stays as it is.
   */
  default String address(Caller caller, Target target, String kind, String name) {
    return name;
  }

  /**
   * Whether a kind is asked for again and again and not watched: what is not in the cache may be
   * there all the same, and the server is asked.
   */
  default boolean polled(String kind) {
    return false;
  }

  /**
   * Somebody waits for news of that kind: until it is closed, it is asked for more often.
   *
   * @param name of the one resource that it is about, as a key has it; empty for all
   */
  default Registration attend(Scope scope, String kind, String name) {
    return () -> {};
  }

  /** How one signs in to it; empty where muster has no part in that. */
  default Optional<SignIn> signIn() {
    return Optional.empty();
  }

  /**
   * Stops every watch, runs what is given, and starts them all anew from a full list; nothing is
   * live until then. It is how the cache is cleared under a running daemon.
   */
  void relist(Runnable whileStopped);

  @Override
  void close();

  /**
   * @param name of the context
   * @param server its URL
   * @param user the name of its user entry
   * @param namespace its default namespace
   * @param current whether it is the one used when none is named
   * @param file the file that names it
   */
  record ContextEntry(
      String name, String server, String user, String namespace, boolean current, String file) {}
}
