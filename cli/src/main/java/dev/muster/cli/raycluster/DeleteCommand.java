package dev.muster.cli.raycluster;

import dev.muster.cli.ExitCode;
import dev.muster.cli.MusterCommand;
import dev.muster.cli.Question;
import dev.muster.cli.Session;
import dev.muster.cli.options.TargetOptions;
import dev.muster.cli.options.WaitOptions;
import dev.muster.cli.output.Cells;
import dev.muster.cli.wait.Goal;
import dev.muster.cli.wait.Waiting;
import dev.muster.v1.DeleteRequest;
import dev.muster.v1.GetRequest;
import dev.muster.v1.Resource;
import dev.muster.v1.StateGrpc;
import dev.muster.v1.WorkGrpc;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code delete raycluster NAME...}: each by itself; the first failure is the exit code. */
@Command(
    footer = {
      "# One, after a question on a terminal",
      "muster delete raycluster demo",
      "# Two, without a question, and return when they are gone",
      "muster delete raycluster demo other -y --wait"
    })
public final class DeleteCommand extends MusterCommand {
  @Mixin TargetOptions target;
  @Mixin WaitOptions wait;

  @Parameters(arity = "1..*", paramLabel = "NAME", description = "The Ray clusters.")
  List<String> names;

  @Option(
      names = {"-y", "--yes"},
      description = "Ask no question.")
  boolean yes;

  @Option(names = "--dry-run", description = "Let the server check it, delete nothing.")
  boolean dryRun;

  /** What is asked, but for who asks. */
  List<DeleteRequest> requests() {
    return names.stream()
        .map(
            name ->
                DeleteRequest.newBuilder()
                    .setTarget(target.target())
                    .setKind(RayCluster.KIND)
                    .setName(name)
                    .setDryRun(dryRun)
                    .build())
        .toList();
  }

  @Override
  public ExitCode run(Session session) {
    boolean waits = wait.isWanted() && !dryRun;
    boolean asks = !yes && !dryRun && session.io().inTerminal() && session.io().errTerminal();
    if (asks && !Question.yes(session.io(), question(session))) {
      session.io().warn("nothing was deleted");
      return ExitCode.FAILED;
    }
    List<Resource> deleted = new ArrayList<>();
    ExitCode code = ExitCode.DONE;
    for (DeleteRequest request : requests()) {
      try {
        deleted.add(delete(session, request));
      } catch (StatusRuntimeException e) {
        if (names.size() == 1) {
          throw e;
        }
        session.io().out().flush();
        session.io().warn("muster: " + Cells.clean(String.valueOf(e.getStatus().getDescription())));
        code = first(code, ExitCode.of(e.getStatus().getCode()));
      }
    }
    for (Resource resource : waits ? deleted : List.<Resource>of()) {
      code =
          first(
              code,
              new Waiting(session, "raycluster", target.retyped())
                  .until(wait.request(target.target(), resource, Goal.DELETED), gone -> {}));
    }
    return code;
  }

  private Resource delete(Session session, DeleteRequest request) {
    Resource resource =
        WorkGrpc.newBlockingStub(session.channel())
            .withDeadlineAfter(RayCluster.DEADLINE_SECONDS, TimeUnit.SECONDS)
            .delete(request.toBuilder().setCaller(session.caller()).build())
            .getResource();
    String how = dryRun ? " deleted (dry run)" : " deleted";
    session.io().out().println(RayCluster.qualified(request.getName()) + how).flush();
    // The server's answer to a delete may leave these out; a wait needs them.
    return resource.toBuilder().setKind(RayCluster.KIND).setName(request.getName()).build();
  }

  /** Names what goes and where it is, as far as that is known. */
  private String question(Session session) {
    Resource found =
        StateGrpc.newBlockingStub(session.channel())
            .withDeadlineAfter(RayCluster.DEADLINE_SECONDS, TimeUnit.SECONDS)
            .get(
                GetRequest.newBuilder()
                    .setCaller(session.caller())
                    .setTarget(target.target())
                    .setKind(RayCluster.KIND)
                    .setName(names.get(0))
                    .build())
            .getResource();
    return Cells.clean(
        "Delete raycluster %s in namespace %s of context %s?"
            .formatted(String.join(", ", names), found.getNamespace(), found.getContext()));
  }

  private static ExitCode first(ExitCode before, ExitCode now) {
    return before == ExitCode.DONE ? now : before;
  }
}
