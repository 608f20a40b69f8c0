package dev.muster.cli.resource;

import dev.muster.cli.CliFailure;
import dev.muster.cli.ExitCode;
import dev.muster.cli.Noun;
import dev.muster.cli.NounCommand;
import dev.muster.cli.Session;
import dev.muster.cli.options.TargetOptions;
import dev.muster.cli.watch.EventLines;
import dev.muster.cli.watch.Watching;
import dev.muster.v1.WatchRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code watch NOUN [NAME]}: what is there, then each change, until it is interrupted. */
@Command(
    footer = {
      "# All of a namespace",
      "muster watch NOUN -n team-a",
      "# One, as a JSON object for each change",
      "muster watch NOUN demo -o json",
      "# Where an earlier one ended, without a gap",
      "muster watch NOUN -o json --from 4711"
    })
public final class WatchCommand extends NounCommand {

  @Mixin TargetOptions target;

  @Parameters(
      arity = "0..1",
      paramLabel = "NAME",
      description = "Which one; all of the namespace if left out.")
  String name = "";

  @Option(
      names = {"-A", "--all", "--all-namespaces"},
      description = "In all namespaces.")
  boolean allNamespaces;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description = "text, or json for one object a line.")
  String format = "text";

  @Option(
      names = "--from",
      paramLabel = "CURSOR",
      description =
          "Go on from that cursor of an earlier watch or history: every change of state since.")
  long from;

  public WatchCommand(Noun noun) {
    super(noun);
  }

  /** What is asked, but for who asks. */
  public WatchRequest request() {
    return WatchRequest.newBuilder()
        .setTarget(target.target(allNamespaces))
        .setKind(noun.name())
        .setName(full(name))
        .setFromCursor(from)
        .build();
  }

  @Override
  public ExitCode run(Session session) {
    if (!format.equals("text") && !format.equals("json")) {
      throw CliFailure.usage("'watch' prints text or json, not '%s'".formatted(format));
    }
    if (from < 0) {
      throw CliFailure.usage("--from takes the cursor of an earlier event, not " + from);
    }
    new Watching(session, new EventLines(session.io(), format.equals("json"))).run(request());
    return ExitCode.DONE;
  }
}
