package dev.muster.cli.reach;

import dev.muster.cli.CliFailure;
import dev.muster.cli.ExitCode;
import dev.muster.cli.Noun;
import dev.muster.cli.NounCommand;
import dev.muster.cli.Session;
import dev.muster.cli.options.TargetOptions;
import dev.muster.cli.output.Cells;
import dev.muster.v1.CollectLogsRequest;
import dev.muster.v1.CollectLogsUpdate;
import dev.muster.v1.ReachGrpc;
import java.util.Iterator;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code log NOUN NAME}: copies what Ray keeps in /tmp/ray/session_latest/logs on each node. */
@Command(
    footer = {
      "# Into the directory demo, a folder for each pod",
      "muster log NOUN demo",
      "# Only of the head, elsewhere",
      "muster log NOUN demo --node-type head --out-dir /tmp/logs"
    })
public final class LogCommand extends NounCommand {
  private static final List<String> NODES = List.of("all", "head", "worker");

  @Mixin TargetOptions target;

  @Parameters(arity = "1", paramLabel = "NAME", description = "Which one.")
  String name;

  @Option(
      names = "--out-dir",
      paramLabel = "DIR",
      description = "Where the files go; the directory NAME if left out. It is made if need be.")
  String directory = "";

  @Option(
      names = "--node-type",
      paramLabel = "TYPE",
      description = "Of which nodes: all, head or worker; all if left out.")
  String nodes = "all";

  public LogCommand(Noun noun) {
    super(noun);
  }

  /** What is asked, but for who asks. */
  public CollectLogsRequest request() {
    if (!NODES.contains(nodes)) {
      throw CliFailure.usage(
          "--node-type takes %s, not '%s'".formatted(String.join(", ", NODES), nodes));
    }
    return CollectLogsRequest.newBuilder()
        .setTarget(target.target())
        .setKind(noun.name())
        .setName(name)
        .setNodes(nodes)
        .setDirectory(directory())
        .build();
  }

  private String directory() {
    return directory.isEmpty() ? name : directory;
  }

  @Override
  public ExitCode run(Session session) {
    Iterator<CollectLogsUpdate> updates =
        ReachGrpc.newBlockingStub(session.channel())
            .collectLogs(request().toBuilder().setCaller(session.caller()).build());
    int files = 0;
    while (updates.hasNext()) {
      CollectLogsUpdate update = updates.next();
      files = update.getFiles();
      if (!update.getLine().isEmpty()) {
        session.io().warn(Cells.clean(update.getLine()));
      }
    }
    session.io().out().println("%d files in %s".formatted(files, directory()));
    return ExitCode.DONE;
  }
}
