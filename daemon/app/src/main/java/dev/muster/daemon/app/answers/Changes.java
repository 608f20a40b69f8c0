package dev.muster.daemon.app.answers;

import dev.muster.daemon.core.Caller;
import dev.muster.daemon.core.Changing;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.core.Row;
import dev.muster.daemon.core.Source;
import dev.muster.daemon.core.Target;
import java.util.List;

/** What changes something that is there: one operation each at a remote system. */
public final class Changes {
  private final Sources sources;

  public Changes(Sources sources) {
    this.sources = sources;
  }

  /**
   * What is asked for, and of whom.
   *
   * @param dryRun let the server check it, change nothing
   */
  public record Order(Caller caller, Target target, String kind, boolean dryRun) {}

  /** Where the manifest is: in a file, in hand, or in NAME.yaml. */
  public record Manifest(String file, String text, String name) {}

  public Writes.Created apply(Order order, Manifest manifest, boolean force) {
    Manifests.Text text = text(order, manifest);
    Changing.Written written =
        source(order)
            .applyAll(
                order.caller(),
                order.target(),
                order.kind(),
                text.text(),
                text.origin(),
                force,
                order.dryRun());
    return new Writes.Created(
        found(order, written.row()).scope(), written.row(), List.of(), written.others());
  }

  public Reads.Found update(Order order, Manifest manifest) {
    Manifests.Text text = text(order, manifest);
    return found(
        order,
        source(order)
            .update(
                order.caller(),
                order.target(),
                order.kind(),
                text.text(),
                text.origin(),
                order.dryRun()));
  }

  /**
   * @param before the manifest as its editor was given it
   */
  public Reads.Found edit(Order order, String before, Manifest manifest) {
    return found(
        order,
        source(order)
            .edit(
                order.caller(),
                order.target(),
                order.kind(),
                before,
                text(order, manifest).text(),
                order.dryRun()));
  }

  /**
   * @param patch the text; empty: it is in the file
   * @param type "merge" or "json"; empty: merge
   */
  public Reads.Found patch(Order order, String name, String patch, String file, String type) {
    String kind = type.isEmpty() ? "merge" : type;
    if (!kind.equals("merge") && !kind.equals("json")) {
      throw new Failure(
          Failure.Kind.USAGE, "--type '%s' is no patch type: say merge or json".formatted(type));
    }
    if (patch.isEmpty() && file.isEmpty()) {
      throw new Failure(Failure.Kind.USAGE, "there is no patch: say -p PATCH or -f FILE");
    }
    String text =
        patch.isEmpty() ? Manifests.read(order.caller().directory().resolve(file), file) : patch;
    return found(
        order,
        source(order)
            .patch(order.caller(), order.target(), order.kind(), name, text, kind, order.dryRun()));
  }

  /** What is null stays as it is. */
  public Writes.Created scale(
      Order order, String name, String workerGroup, Integer replicas, Integer min, Integer max) {
    if (replicas == null && min == null && max == null) {
      throw new Failure(
          Failure.Kind.USAGE,
          "nothing says how many: give --replicas, --min-replicas or --max-replicas");
    }
    return created(
        order,
        source(order)
            .scale(
                order.caller(),
                order.target(),
                order.kind(),
                name,
                workerGroup,
                replicas,
                min,
                max,
                order.dryRun()));
  }

  /** Of the cluster whose kind the order names. */
  public Writes.Created addWorkerGroup(Order order, String cluster, Changing.NewGroup group) {
    return created(
        order,
        source(order)
            .addWorkerGroup(
                order.caller(), order.target(), order.kind(), cluster, group, order.dryRun()));
  }

  private Writes.Created created(Order order, Changing.Added added) {
    return new Writes.Created(
        found(order, added.row()).scope(), added.row(), added.warnings(), List.of());
  }

  public Reads.Found suspend(Order order, String name, boolean suspended) {
    return found(
        order,
        source(order)
            .suspend(
                order.caller(), order.target(), order.kind(), name, suspended, order.dryRun()));
  }

  /** Unified; empty: nothing would change. */
  public String diff(Order order, Manifest manifest) {
    Manifests.Text text = text(order, manifest);
    return source(order)
        .diff(order.caller(), order.target(), order.kind(), text.text(), text.origin());
  }

  private Source source(Order order) {
    sources.resolve(order.caller(), order.target(), order.kind());
    return sources.of(order.kind());
  }

  private static Manifests.Text text(Order order, Manifest manifest) {
    return Manifests.of(order.caller(), manifest.file(), manifest.text(), manifest.name());
  }

  private Reads.Found found(Order order, Row row) {
    return new Reads.Found(
        sources.resolve(order.caller(), order.target(), order.kind()), null, row);
  }
}
