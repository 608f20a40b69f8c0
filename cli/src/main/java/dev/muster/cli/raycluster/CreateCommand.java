package dev.muster.cli.raycluster;

import dev.muster.cli.CliFailure;
import dev.muster.cli.ExitCode;
import dev.muster.cli.Io;
import dev.muster.cli.MusterCommand;
import dev.muster.cli.Session;
import dev.muster.cli.options.OutputOptions;
import dev.muster.cli.options.RayClusterOptions;
import dev.muster.cli.options.TargetOptions;
import dev.muster.cli.options.WaitOptions;
import dev.muster.cli.output.Cells;
import dev.muster.cli.output.Output;
import dev.muster.cli.wait.Waiting;
import dev.muster.v1.CreateReply;
import dev.muster.v1.CreateRequest;
import dev.muster.v1.GetReply;
import dev.muster.v1.Resource;
import dev.muster.v1.Setting;
import dev.muster.v1.WorkGrpc;
import java.util.List;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code create raycluster [NAME]}: from NAME.yaml, from another file, or from options. */
@Command(
    footer = {
      "# From demo.yaml, which 'muster define raycluster demo' wrote",
      "muster create raycluster demo",
      "# The same, and return when it is ready",
      "muster create raycluster demo --wait --timeout 10m",
      "# From options, without a file",
      "muster create raycluster --name demo --num-workers 2",
      "# From standard input",
      "muster create raycluster -f -"
    })
public final class CreateCommand extends MusterCommand {
  @Mixin TargetOptions target;
  @Mixin OutputOptions output;
  @Mixin WaitOptions wait;
  @Spec CommandSpec spec;

  @Parameters(arity = "0..1", paramLabel = "NAME", description = "The name; NAME.yaml is read.")
  String name = "";

  @Option(names = "--name", paramLabel = "NAME", description = "The name; no file is read.")
  String nameOption = "";

  @Option(
      names = {"-f", "--file"},
      paramLabel = "FILE",
      description = "The manifest to create from; - for standard input.")
  String file = "";

  @Option(
      names = "--template",
      paramLabel = "TEMPLATE",
      description = "A template file, or the name of one in the configuration directory.")
  String template = "";

  @Option(names = "--dry-run", description = "Let the server check it, create nothing.")
  boolean dryRun;

  @Override
  protected void configure(CommandSpec command) {
    command.addMixin(RayClusterOptions.MIXIN, RayClusterOptions.mixin());
  }

  /** What is asked, but for who asks and what standard input holds. */
  CreateRequest request() {
    List<Setting> settings = RayClusterOptions.settings(spec.commandLine().getParseResult());
    boolean options = !settings.isEmpty() || !nameOption.isEmpty() || !template.isEmpty();
    if (!file.isEmpty() && options) {
      throw CliFailure.usage("-f and options that describe a cluster do not go together");
    }
    if (name.isEmpty() && file.isEmpty() && !options) {
      throw CliFailure.usage(
          "'muster create raycluster' needs a name, a file (-f) or options; see 'muster create raycluster --help'");
    }
    CreateRequest.Builder request =
        CreateRequest.newBuilder()
            .setTarget(target.target())
            .setKind(RayCluster.KIND)
            .setName(Names.one(name, nameOption))
            .setFile(file.equals("-") ? "" : file)
            .setTemplate(template)
            .setDryRun(dryRun);
    if (!nameOption.isEmpty()) {
      request.addSettings(Setting.newBuilder().setName("name").addValues(nameOption));
    }
    return request.addAllSettings(settings).build();
  }

  @Override
  public ExitCode run(Session session) {
    Io io = session.io();
    Output printer = output.output(io);
    boolean waits = wait.isWanted() && !dryRun;
    CreateRequest.Builder request = request().toBuilder();
    if (file.equals("-")) {
      request.setManifestYaml(StandardInput.text(io));
    }
    CreateReply reply =
        WorkGrpc.newBlockingStub(session.channel())
            .withDeadlineAfter(RayCluster.DEADLINE_SECONDS, TimeUnit.SECONDS)
            .create(request.setCaller(session.caller()).build());
    reply.getWarningsList().forEach(warning -> io.warn("warning: " + Cells.clean(warning)));
    Resource created = reply.getResource();
    if (output.isText()) {
      String how = dryRun ? " created (dry run)" : " created";
      io.out().println(RayCluster.qualified(created.getName()) + how).flush();
    }
    if (!waits) {
      printUnlessText(printer, created);
      if (!dryRun) {
        io.warn("next: muster wait raycluster " + created.getName() + target.retyped());
      }
      return ExitCode.DONE;
    }
    return new Waiting(session, "raycluster", target.retyped())
        .until(
            wait.request(target.target(), created, "ready"), end -> printUnlessText(printer, end));
  }

  private void printUnlessText(Output printer, Resource resource) {
    if (!output.isText()) {
      printer.show(GetReply.newBuilder().setResource(resource).build());
    }
  }
}
