package dev.muster.daemon.kubernetes;

import dev.muster.daemon.core.Caller;
import dev.muster.daemon.core.Row;
import dev.muster.daemon.core.Source;
import dev.muster.daemon.core.Target;
import dev.muster.daemon.kubernetes.kinds.Resource;
import dev.muster.daemon.kubernetes.operations.Operations;
import dev.muster.daemon.kubernetes.operations.Reading;
import dev.muster.daemon.kubernetes.operations.Sizing.Size;

/** What changes the objects of API servers, for every kind that has such objects. */
abstract class ObjectChanges implements Source {
  abstract Aim aim(Caller caller, Target target);

  /** What can be done there. */
  abstract Operations on(Aim aim);

  @Override
  public Row create(
      Caller caller, Target target, String kind, String yaml, String origin, boolean dryRun) {
    Aim aim = aim(caller, target);
    return on(aim).writing().create(aim.wish(kind, "create", yaml, origin), dryRun);
  }

  @Override
  public Written createAll(
      Caller caller, Target target, String kind, String yaml, String origin, boolean dryRun) {
    Aim aim = aim(caller, target);
    return on(aim).documents().create(aim.wish(kind, "create", yaml, origin), dryRun);
  }

  @Override
  public Row apply(
      Caller caller,
      Target target,
      String kind,
      String yaml,
      String origin,
      boolean force,
      boolean dryRun) {
    Aim aim = aim(caller, target);
    return on(aim).writing().apply(aim.wish(kind, "apply", yaml, origin), force, dryRun);
  }

  @Override
  public Written applyAll(
      Caller caller,
      Target target,
      String kind,
      String yaml,
      String origin,
      boolean force,
      boolean dryRun) {
    Aim aim = aim(caller, target);
    return on(aim).documents().apply(aim.wish(kind, "apply", yaml, origin), force, dryRun);
  }

  @Override
  public Row update(
      Caller caller, Target target, String kind, String yaml, String origin, boolean dryRun) {
    Aim aim = aim(caller, target);
    return on(aim).writing().update(aim.wish(kind, "update", yaml, origin), dryRun);
  }

  @Override
  public Row edit(
      Caller caller, Target target, String kind, String before, String after, boolean dryRun) {
    Aim aim = aim(caller, target);
    return on(aim).writing().edit(aim.wish(kind, "edit", after, "what was edited"), before, dryRun);
  }

  @Override
  public Row patch(
      Caller caller,
      Target target,
      String kind,
      String name,
      String patch,
      String type,
      boolean dryRun) {
    Aim aim = aim(caller, target);
    Resource resource = Reading.resource(kind, "patch");
    return on(aim).writing().patch(resource, aim.one(kind), name, patch, type, dryRun);
  }

  @Override
  public Added scale(
      Caller caller,
      Target target,
      String kind,
      String name,
      String workerGroup,
      Integer replicas,
      Integer min,
      Integer max,
      boolean dryRun) {
    Aim aim = aim(caller, target);
    Resource resource = Reading.resource(kind, "scale");
    return on(aim)
        .sizing()
        .scale(resource, aim.one(kind), name, workerGroup, new Size(replicas, min, max), dryRun);
  }

  @Override
  public Added addWorkerGroup(
      Caller caller, Target target, String kind, String cluster, NewGroup group, boolean dryRun) {
    Aim aim = aim(caller, target);
    Resource resource = Reading.resource(kind, "add a worker group to");
    return on(aim).grouping().add(caller, resource, aim.one(kind), cluster, group, dryRun);
  }

  @Override
  public Row suspend(
      Caller caller, Target target, String kind, String name, boolean suspended, boolean dryRun) {
    Aim aim = aim(caller, target);
    Resource resource = Reading.resource(kind, suspended ? "suspend" : "resume");
    return on(aim).suspending().suspend(resource, aim.one(kind), name, suspended, dryRun);
  }

  @Override
  public String diff(Caller caller, Target target, String kind, String yaml, String origin) {
    Aim aim = aim(caller, target);
    return on(aim).comparing().diff(aim.wish(kind, "compare", yaml, origin));
  }
}
