package dev.muster.daemon.core;

import java.time.Duration;
import java.util.List;
import java.util.Map;
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
   * Makes sure that the kind is being watched, and waits up to the given time for the first full
   * list.
   *
   * @return whether answers from the cache are live, and if not, why
   */
  Observation ensureWatched(Caller caller, Target target, String kind, Duration patience);

  /** The present liveness of what {@link #ensureWatched} started, without waiting. */
  Observation observe(Scope scope, String kind);

  /** Told whenever a kind of a scope becomes live or stops being so. Closing the handle ends it. */
  AutoCloseable onLiveness(Consumer<Observation> listener);

  /** Everything that is watched now. */
  List<Observation> watches();

  /** The rows as the server has them now, past the cache. */
  List<Row> listLive(Caller caller, Target target, String kind);

  /** One row as the server has it now; {@link Failure.Kind#NOT_FOUND} if there is none. */
  Row getLive(Caller caller, Target target, String kind, String name);

  /** The system's own object, whole, as YAML, as the server has it now. */
  String manifest(Caller caller, Target target, String kind, String name);

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
   * Deletes it and all below it; {@link Failure.Kind#NOT_FOUND} if there is none. Answers with the
   * row as it was.
   */
  Row delete(Caller caller, Target target, String kind, String name, boolean dryRun);

  /** The contexts that the caller could name. */
  List<ContextEntry> contexts(Caller caller, Target target);

  /**
   * Stops every watch, runs what is given, and starts them all anew from a full list; nothing is
   * live until then. It is how the cache is cleared under a running daemon.
   */
  void relist(Runnable whileStopped);

  @Override
  void close();

  /**
   * @param name of the resource
   * @param yaml complete, ready to be applied
   * @param warnings for people, on standard error
   */
  record Definition(String name, String yaml, List<String> warnings) {}

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
