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
import dev.muster.v1.GetRequest;
import dev.muster.v1.ReachGrpc;
import dev.muster.v1.StateGrpc;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
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
      "muster log NOUN demo --node-type head --out-dir /tmp/logs",
      "# Where Google Cloud keeps them, for a browser",
      "muster log NOUN demo --link gke"
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

  @Option(
      names = "--link",
      paramLabel = "CLOUD",
      description =
          "Copy nothing, and print where a cloud keeps them: gke, for the console of Google Cloud.")
  String link = "";

  public LogCommand(Noun noun) {
    super(noun);
  }

  /** What is asked, but for who asks. */
  public CollectLogsRequest request() {
    if (!NODES.contains(nodes)) {
      throw CliFailure.usage(
          "--node-type takes %s, not '%s'".formatted(String.join(", ", NODES), nodes));
    }
    if (!link.isEmpty() && !link.equals("gke")) {
      throw CliFailure.usage("--link takes gke, not '%s'".formatted(link));
    }
    if (!link.isEmpty() && !directory.isEmpty()) {
      throw CliFailure.usage("--link and --out-dir do not go together");
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
    CollectLogsRequest request = request();
    if (!link.isEmpty()) {
      return link(session);
    }
    Iterator<CollectLogsUpdate> updates =
        ReachGrpc.newBlockingStub(session.channel())
            .collectLogs(request.toBuilder().setCaller(session.caller()).build());
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

  private ExitCode link(Session session) {
    GetRequest request =
        GetRequest.newBuilder()
            .setCaller(session.caller())
            .setTarget(target.target())
            .setKind(noun.name())
            .setName(name)
            .build();
    GoogleLogs logs =
        GoogleLogs.of(
            StateGrpc.newBlockingStub(session.channel())
                .withDeadlineAfter(Noun.DEADLINE_SECONDS, TimeUnit.SECONDS)
                .get(request)
                .getResource(),
            nodes);
    if (logs.project().isEmpty()) {
      session
          .io()
          .warn(
              "warning: the context does not look like one of GKE (gke_PROJECT_LOCATION_NAME), so the project is not in the link");
    }
    session.io().out().println(logs.url());
    return ExitCode.DONE;
  }
}
