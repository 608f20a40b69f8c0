package dev.muster.daemon.app.answers;

import dev.muster.daemon.core.Caller;
import dev.muster.daemon.core.Changing;
import dev.muster.daemon.core.Changing.Definition;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.core.Row;
import dev.muster.daemon.core.Scope;
import dev.muster.daemon.core.Source;
import dev.muster.daemon.core.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What changes something at a remote system: one operation each. */
public final class Writes {
  private final Sources sources;

  public Writes(Sources sources) {
    this.sources = sources;
  }

  /**
   * What to create.
   *
   * @param name looked up on the server first, before any file is read; may be empty with the
   *     others
   * @param file a manifest file; empty: NAME.yaml in the caller's directory, unless one of the
   *     following is given
   * @param manifest the text itself
   * @param settings define and create in one go
   */
  public record Creation(
      String kind,
      String name,
      String file,
      String manifest,
      Map<String, List<String>> settings,
      String template,
      boolean dryRun) {}

  public record Created(Scope scope, Row row, List<String> warnings, List<String> others) {}

  public Definition define(
      Caller caller,
      Target target,
      String kind,
      String name,
      Map<String, List<String>> settings,
      String template) {
    return sources.of(kind).define(caller, target, kind, name, settings, template);
  }

  public Created create(Caller caller, Target target, Creation what) {
    Source source = sources.of(what.kind());
    Scope scope = sources.resolve(caller, target, what.kind());
    if (!what.name().isEmpty()) {
      refuseExisting(source, caller, target, what);
    }
    List<String> warnings = List.of();
    String manifest = what.manifest();
    String origin = "standard input";
    if (!what.settings().isEmpty() || !what.template().isEmpty()) {
      Definition definition =
          define(caller, target, what.kind(), what.name(), what.settings(), what.template());
      manifest = definition.yaml();
      warnings = definition.warnings();
      origin = "the options";
    } else if (manifest.isEmpty()) {
      manifest = read(caller, what);
      origin = fileOf(what);
    }
    Changing.Written written =
        source.createAll(caller, target, what.kind(), manifest, origin, what.dryRun());
    return new Created(scope, written.row(), warnings, written.others());
  }

  public Reads.Found delete(
      Caller caller, Target target, String kind, String name, boolean dryRun) {
    Scope scope = sources.resolve(caller, target, kind);
    String meant = sources.address(caller, target, kind, name);
    Row row = sources.of(kind).delete(caller, target, kind, meant, dryRun);
    return new Reads.Found(scope, null, row);
  }

  private static void refuseExisting(Source source, Caller caller, Target target, Creation what) {
    try {
      Row there = source.getLive(caller, target, what.kind(), what.name());
      throw new Failure(
          Failure.Kind.EXISTS,
          "%s \"%s\" is there already in namespace %s (%s)"
              .formatted(what.kind(), what.name(), there.key().namespace(), there.state()));
    } catch (Failure failure) {
      if (failure.kind() != Failure.Kind.NOT_FOUND) {
        throw failure;
      }
    }
  }

  private static String fileOf(Creation what) {
    return what.file().isEmpty() ? what.name() + ".yaml" : what.file();
  }

  /** NAME.yaml need not be there; a file that was named must. */
  private static String read(Caller caller, Creation what) {
    Path file = caller.directory().resolve(fileOf(what));
    if (what.file().isEmpty() && Files.notExists(file)) {
      throw new Failure(
          Failure.Kind.NOT_FOUND,
          "there is no %s \"%s\" on the server and no %s here; define it first: muster define %s %s"
              .formatted(what.kind(), what.name(), fileOf(what), what.kind(), what.name()));
    }
    return Manifests.read(file, fileOf(what));
  }
}
