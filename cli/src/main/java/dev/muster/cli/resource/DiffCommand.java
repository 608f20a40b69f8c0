package dev.muster.cli.resource;

import dev.muster.cli.ExitCode;
import dev.muster.cli.Noun;
import dev.muster.cli.NounCommand;
import dev.muster.cli.Session;
import dev.muster.cli.options.TargetOptions;
import dev.muster.cli.output.Cells;
import dev.muster.v1.DiffRequest;
import dev.muster.v1.Manifest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code diff NOUN NAME | -f FILE}: what apply would change; nothing is printed if that is nothing.
 */
@Command(
    footer = {
      "# What 'muster apply NOUN demo' would change",
      "muster diff NOUN demo",
      "# For a script: 1 if something would change",
      "muster diff NOUN -f demo.yaml --exit-code"
    })
public final class DiffCommand extends NounCommand {
  @Mixin TargetOptions target;
  @Mixin ManifestOptions manifest;

  @Option(names = "--exit-code", description = "End with 1 if something would change.")
  boolean exitCode;

  public DiffCommand(Noun noun) {
    super(noun);
  }

  @Override
  public ExitCode run(Session session) {
    Manifest text = manifest.manifest(session.io(), "muster diff " + noun.name());
    String diff =
        WriteCommand.work(session)
            .diff(
                DiffRequest.newBuilder()
                    .setCaller(session.caller())
                    .setTarget(target.target())
                    .setKind(noun.name())
                    .setManifest(text)
                    .build())
            .getDiff();
    diff.lines().forEach(line -> session.io().out().println(Cells.clean(line)));
    return exitCode && !diff.isEmpty() ? ExitCode.FAILED : ExitCode.DONE;
  }
}
