package dev.muster.daemon.core;

import java.time.Duration;
import java.util.List;
import java.util.Map;
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
public interface Source extends AutoCloseable {
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

  /**
   * The manifest that options describe. Deterministic; does not talk to a server.
   *
   * @param settings options by long kebab-case name, each with its values as typed
   * @param template a template file or the name of one; empty for the default
   */
  Definition define(
      Caller caller,
      Target target,
      String kind,
      String name,
      Map<String, List<String>> settings,
      String template);

  /**
   * Creates what a manifest describes, after validating it; {@link Failure.Kind#EXISTS} if it is
   * there already.
   *
   * @param origin what the text came from, for error messages ("demo.yaml", "standard input")
   */
  Row create(
      Caller caller,
      Target target,
      String kind,
      String manifestYaml,
      String origin,
      boolean dryRun);

  /**
   * What came of a manifest, which can hold several things.
   *
   * @param row of what was asked about: the first of that kind
   * @param others what else it held, in the order in which it was sent, such as
   *     "rayjob.ray.io/nightly"
   */
  record Written(Row row, List<String> others) {
    public Written {
      others = List.copyOf(others);
    }

    /** Nothing else. */
    public static Written one(Row row) {
      return new Written(row, List.of());
    }
  }

  /**
   * Deletes it and all below it; {@link Failure.Kind#NOT_FOUND} if there is none. Answers with the
   * row as it was.
   */
  Row delete(Caller caller, Target target, String kind, String name, boolean dryRun);

  /**
   * Makes the server's object be as the manifest says, creating it if need be; fields that others
   * own are left alone ("server-side apply").
   *
   * @param force take over the fields that others own; else those are named in the {@link Failure}
   */
  Row apply(
      Caller caller,
      Target target,
      String kind,
      String manifestYaml,
      String origin,
      boolean force,
      boolean dryRun);

  /**
   * {@link #create} of all that a manifest holds, in its order. Everything in it is looked at, and
   * the server asked about it, before the first thing is made.
   */
  default Written createAll(
      Caller caller,
      Target target,
      String kind,
      String manifestYaml,
      String origin,
      boolean dryRun) {
    return Written.one(create(caller, target, kind, manifestYaml, origin, dryRun));
  }

  /** {@link #apply} of all that a manifest holds, as {@link #createAll}. */
  default Written applyAll(
      Caller caller,
      Target target,
      String kind,
      String manifestYaml,
      String origin,
      boolean force,
      boolean dryRun) {
    return Written.one(apply(caller, target, kind, manifestYaml, origin, force, dryRun));
  }

  /**
   * Replaces the whole object. The manifest's version must be the server's, or it names none: then
   * the server's of now is taken.
   */
  Row update(
      Caller caller,
      Target target,
      String kind,
      String manifestYaml,
      String origin,
      boolean dryRun);

  /**
   * Changes what differs between two states of an object's manifest, so that what others changed
   * since it was read stays as they left it.
   *
   * @param before the manifest as it was read
   * @param after the manifest as it is to be; of the same kind, name and namespace
   */
  Row edit(Caller caller, Target target, String kind, String before, String after, boolean dryRun);

  /**
   * Changes a part of the object.
   *
   * @param patch YAML or JSON
   * @param type "merge" (RFC 7396) or "json" (RFC 6902)
   */
  Row patch(
      Caller caller,
      Target target,
      String kind,
      String name,
      String patch,
      String type,
      boolean dryRun);

  /**
   * Sets how many workers there are to be; answers with the cluster, and what else comes of it.
   *
   * @param workerGroup empty for the only one
   * @param replicas null leaves it as it is, like the other two
   * @param min the least that an autoscaler may go down to
   * @param max the most that an autoscaler may go up to
   */
  Added scale(
      Caller caller,
      Target target,
      String kind,
      String name,
      String workerGroup,
      Integer replicas,
      Integer min,
      Integer max,
      boolean dryRun);

  /**
   * Adds a group of workers to a cluster that is there; {@link Failure.Kind#EXISTS} if it has one
   * of that name.
   *
   * @param kind of the cluster
   */
  default Added addWorkerGroup(
      Caller caller, Target target, String kind, String cluster, NewGroup group, boolean dryRun) {
    throw new Failure(Failure.Kind.USAGE, "A " + kind + " has no worker groups.");
  }

  /** Stops it without deleting it, or lets it go on. */
  Row suspend(
      Caller caller, Target target, String kind, String name, boolean suspended, boolean dryRun);

  /**
   * What {@link #apply} would change, as a unified diff from the server's object to what it would
   * become; empty when that is nothing.
   */
  String diff(Caller caller, Target target, String kind, String manifestYaml, String origin);

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
   * A group of workers that is to be.
   *
   * @param settings what describes its pods: options of {@link #define} that are about workers
   * @param replicas how many there are to be; null: as the bounds allow, like the other two
   */
  record NewGroup(
      String name,
      Map<String, List<String>> settings,
      Integer replicas,
      Integer min,
      Integer max) {}

  /**
   * @param row of what was added or changed
   * @param warnings for people, on standard error
   */
  record Added(Row row, List<String> warnings) {}

  /**
   * @param name of the resource
   * @param fileName what the file is called that it is written to, such as "demo.yaml"
   * @param yaml complete, ready to be applied
   * @param warnings for people, on standard error
   */
  record Definition(String name, String fileName, String yaml, List<String> warnings) {
    /** In NAME.yaml. */
    public Definition(String name, String yaml, List<String> warnings) {
      this(name, name + ".yaml", yaml, warnings);
    }
  }

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
