package dev.muster.cli.raycluster;

import dev.muster.cli.CliFailure;
import dev.muster.cli.ExitCode;
import dev.muster.cli.Io;
import dev.muster.cli.MusterCommand;
import dev.muster.cli.Session;
import dev.muster.cli.options.RayClusterOptions;
import dev.muster.cli.options.TargetOptions;
import dev.muster.cli.output.Cells;
import dev.muster.v1.DefineReply;
import dev.muster.v1.DefineRequest;
import dev.muster.v1.WorkGrpc;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code define raycluster [NAME]}: writes NAME.yaml, whole or not at all. */
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
public final class DefineCommand extends MusterCommand {
  @Mixin TargetOptions target;
  @Spec CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "NAME",
      description = "The name; 'raycluster' if left out.")
  String name = "";

  @Option(names = "--name", paramLabel = "NAME", description = "The same as NAME.")
  String nameOption = "";

  @Option(
      names = "--template",
      paramLabel = "TEMPLATE",
      description = "A template file, or the name of one in the configuration directory.")
  String template = "";

  @Option(names = "--force", description = "Replace a different file of that name.")
  boolean force;

  @Option(names = "--stdout", description = "Print the manifest and write no file.")
  boolean stdout;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description = "yaml: the same as --stdout.")
  String format = "";

  @Option(
      names = "--write-to-file",
      arity = "0..1",
      fallbackValue = "true",
      description = "Write it to ~/.codeflare/resources/NAME.yaml instead.")
  boolean resources;

  @Override
  protected void configure(CommandSpec command) {
    command.addMixin(RayClusterOptions.MIXIN, RayClusterOptions.ALL.mixin());
  }

  /** What is asked, but for who asks. */
  DefineRequest request() {
    return DefineRequest.newBuilder()
        .setTarget(target.target())
        .setKind(RayCluster.KIND)
        .setName(Names.one(name, nameOption))
        .addAllSettings(RayClusterOptions.ALL.settings(spec.commandLine().getParseResult()))
        .setTemplate(template)
        .build();
  }

  @Override
  public ExitCode run(Session session) {
    if (!format.isEmpty() && !format.equals("yaml")) {
      throw CliFailure.usage("'define' has one output format, yaml; not '%s'".formatted(format));
    }
    Io io = session.io();
    DefineRequest request = request().toBuilder().setCaller(session.caller()).build();
    DefineReply reply =
        WorkGrpc.newBlockingStub(session.channel())
            .withDeadlineAfter(RayCluster.DEADLINE_SECONDS, TimeUnit.SECONDS)
            .define(request);
    reply.getWarningsList().forEach(warning -> io.warn("warning: " + Cells.clean(warning)));
    if (stdout || format.equals("yaml")) {
      io.out().print(reply.getYaml());
      return ExitCode.DONE;
    }
    byte[] manifest = reply.getYaml().getBytes(StandardCharsets.UTF_8);
    if (resources) {
      Path file = resourcesOf(io).resolve(reply.getFileName());
      new ManifestFile(file).write(manifest, force);
      io.out().println(file.toString()).flush();
      io.warn("next: muster create raycluster -f " + file + target.retyped());
      return ExitCode.DONE;
    }
    new ManifestFile(io.directory().resolve(reply.getFileName())).write(manifest, force);
    io.out().println(reply.getFileName()).flush();
    io.warn("next: muster create raycluster " + reply.getName() + target.retyped());
    return ExitCode.DONE;
  }

  /** Where codeflare-sdk keeps such files. */
  private static Path resourcesOf(Io io) {
    String home = io.environment().getOrDefault("HOME", "");
    if (home.isEmpty()) {
      throw CliFailure.usage("--write-to-file needs HOME, which is not set");
    }
    Path directory = Path.of(home, ".codeflare", "resources");
    try {
      return Files.createDirectories(directory);
    } catch (IOException e) {
      throw new CliFailure(
          ExitCode.FAILED, "%s cannot be made: %s".formatted(directory, e.getMessage()));
    }
  }
}
