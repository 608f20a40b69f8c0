package dev.muster.daemon.core;

import java.util.List;
import java.util.Map;

/**
 * What can be changed in a remote system. Each call is made with the rights of who asks, is
 * validated before anything is sent, and is visible to the next read. With {@code dryRun} the
 * server says what would come of it, and nothing does.
 */
public interface Changing {
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
}
