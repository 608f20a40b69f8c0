package dev.muster.cli.resource;

import dev.muster.cli.CliFailure;
import dev.muster.cli.ExitCode;
import dev.muster.cli.Io;
import dev.muster.cli.Noun;
import dev.muster.cli.NounCommand;
import dev.muster.cli.Session;
import dev.muster.cli.input.StandardInput;
import dev.muster.cli.options.OutputOptions;
import dev.muster.cli.options.TargetOptions;
import dev.muster.cli.options.WaitOptions;
import dev.muster.cli.output.Cells;
import dev.muster.cli.output.Output;
import dev.muster.cli.wait.Waiting;
import dev.muster.v1.CreateReply;
import dev.muster.v1.CreateRequest;
import dev.muster.v1.GetReply;
import dev.muster.v1.Resource;
import dev.muster.v1.WorkGrpc;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code create NOUN NAME | -f FILE}: from NAME.yaml, or from another file. */
@Command(
    footer = {
      "# From demo.yaml",
      "muster create NOUN demo",
      "# The same, and return when it is ready",
      "muster create NOUN demo --wait --timeout 10m",
      "# From standard input",
      "muster create NOUN -f -"
    })
public class CreateCommand extends NounCommand {
  @Mixin protected TargetOptions target;
  @Mixin OutputOptions output;
  @Mixin WaitOptions wait;

  @Parameters(arity = "0..1", paramLabel = "NAME", description = "The name; NAME.yaml is read.")
  protected String name = "";

  @Option(
      names = {"-f", "--file"},
      paramLabel = "FILE",
      description = "The manifest to create from; - for standard input.")
  protected String file = "";

  @Option(names = "--dry-run", description = "Let the server check it, create nothing.")
  boolean dryRun;

  public CreateCommand(Noun noun) {
    super(noun);
  }

  /** What is asked, but for who asks and what standard input holds. */
  public CreateRequest request() {
    if (name.isEmpty() == file.isEmpty()) {
      throw CliFailure.usage(
          "'muster create %1$s' needs a name or a file (-f)%2$s; see 'muster create %1$s --help'"
              .formatted(noun.name(), name.isEmpty() ? "" : ", not both"));
    }
    return withFile().setName(name).build();
  }

  /** What every request has. */
  protected final CreateRequest.Builder withFile() {
    return CreateRequest.newBuilder()
        .setTarget(target.target())
        .setKind(noun.name())
        .setFile(file.equals("-") ? "" : file)
        .setDryRun(dryRun);
  }

  @Override
  public final ExitCode run(Session session) {
    Io io = session.io();
    Output printer = output.output(io);
    boolean waits = wait.isWanted() && !dryRun;
    CreateRequest.Builder request = request().toBuilder();
    if (file.equals("-")) {
      request.setManifestYaml(StandardInput.text(io));
    }
    CreateReply reply =
        WorkGrpc.newBlockingStub(session.channel())
            .withDeadlineAfter(Noun.DEADLINE_SECONDS, TimeUnit.SECONDS)
            .create(request.setCaller(session.caller()).build());
    reply.getWarningsList().forEach(warning -> io.warn("warning: " + Cells.clean(warning)));
    Resource created = reply.getResource();
    if (output.isText()) {
      io.out().println(noun.done(created, "created", dryRun));
      reply.getOthersList().forEach(other -> io.out().println(Noun.done(other, "created", dryRun)));
      io.out().flush();
    }
    if (!waits) {
      printUnlessText(printer, created);
      if (!dryRun) {
        io.warn(
            "next: muster wait %s %s%s"
                .formatted(noun.name(), created.getName(), target.retyped()));
      }
      return ExitCode.DONE;
    }
    return new Waiting(session, noun.name(), target.retyped())
        .until(
            wait.request(target.target(), created, "ready"), end -> printUnlessText(printer, end));
  }

  private void printUnlessText(Output printer, Resource resource) {
    if (!output.isText()) {
      printer.show(GetReply.newBuilder().setResource(resource).build());
    }
  }
}
