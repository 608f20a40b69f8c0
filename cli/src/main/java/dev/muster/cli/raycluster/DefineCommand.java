package dev.muster.cli.raycluster;

import dev.muster.cli.CliFailure;
import dev.muster.cli.ExitCode;
import dev.muster.cli.Io;
import dev.muster.cli.Noun;
import dev.muster.cli.define.DefiningCommand;
import dev.muster.cli.define.Names;
import dev.muster.cli.options.RayClusterOptions;
import dev.muster.v1.DefineRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code define raycluster [NAME]}: writes NAME.yaml. */
@Command(
    footer = {
      "# Write raycluster.yaml with the defaults",
      "muster define raycluster",
      "# Two workers with a GPU each",
      "muster define raycluster demo --num-workers 2 --worker-gpus 1 --worker-memory 8G",
      "# Queued by Kueue, with the dashboard behind a Route",
      "muster define raycluster demo --local-queue team-a --expose route",
      "# The RayCluster itself, without an AppWrapper around it",
      "muster define raycluster demo --no-appwrapper",
      "# Print it instead of writing it",
      "muster define raycluster demo -o yaml"
    })
public final class DefineCommand extends DefiningCommand {
  @Spec CommandSpec spec;

  @Option(
      names = "--write-to-file",
      arity = "0..1",
      fallbackValue = "true",
      description = "Write it to ~/.codeflare/resources/NAME.yaml instead.")
  boolean resources;

  public DefineCommand(Noun noun) {
    super(noun, "create");
  }

  @Override
  protected void configure(CommandSpec command) {
    command.addMixin(RayClusterOptions.MIXIN, RayClusterOptions.ALL.mixin());
    super.configure(command);
  }

  @Override
  public DefineRequest request() {
    return DefineRequest.newBuilder()
        .setTarget(target.target())
        .setKind(noun.name())
        .setName(Names.one(name, nameOption))
        .addAllSettings(RayClusterOptions.ALL.settings(spec.commandLine().getParseResult()))
        .setTemplate(template)
        .build();
  }

  /** Where codeflare-sdk keeps such files, if that is asked for. */
  @Override
  protected Optional<Path> directory(Io io) {
    if (!resources) {
      return Optional.empty();
    }
    String home = io.environment().getOrDefault("HOME", "");
    if (home.isEmpty()) {
      throw CliFailure.usage("--write-to-file needs HOME, which is not set");
    }
    Path directory = Path.of(home, ".codeflare", "resources");
    try {
      return Optional.of(Files.createDirectories(directory));
    } catch (IOException e) {
      throw new CliFailure(
          ExitCode.FAILED, "%s cannot be made: %s".formatted(directory, e.getMessage()));
    }
  }
}
