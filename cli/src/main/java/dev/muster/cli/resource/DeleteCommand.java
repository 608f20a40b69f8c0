package dev.muster.cli.resource;

import dev.muster.cli.CliFailure;
import dev.muster.cli.ExitCode;
import dev.muster.cli.Noun;
import dev.muster.cli.NounCommand;
import dev.muster.cli.Nouns;
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

/**
 * {@code delete NOUN NAME...}: each by itself; the first failure is the exit code. A NAME may be
 * {@code TYPE/NAME}, of another noun.
 */
@Command(
    footer = {
      "# One, after a question on a terminal",
      "muster delete NOUN demo",
      "# Two, without a question, and return when they are gone",
      "muster delete NOUN demo other -y --wait",
      "# One of another kind with it",
      "muster delete NOUN demo rayjob/nightly"
    })
public final class DeleteCommand extends NounCommand {

  @Mixin TargetOptions target;
  @Mixin WaitOptions wait;

  @Parameters(
      arity = "1..*",
      paramLabel = "NAME",
      description = "Which ones, as NAME or TYPE/NAME.")
  List<String> names;

  @Option(
      names = {"-y", "--yes"},
      description = "Ask no question.")
  boolean yes;

  @Option(names = "--dry-run", description = "Let the server check it, delete nothing.")
  boolean dryRun;

  public DeleteCommand(Noun noun) {
    super(noun);
  }

  /** What is asked, but for who asks. */
  public List<DeleteRequest> requests() {
    return names.stream()
        .map(
            name ->
                DeleteRequest.newBuilder()
                    .setTarget(target.target())
                    .setKind(type(name).name())
                    .setName(type(name) == noun && !isTyped(name) ? whole(name) : untyped(name))
                    .setDryRun(dryRun)
                    .build())
        .toList();
  }

  private static boolean isTyped(String name) {
    int slash = name.indexOf('/');
    return slash > 0 && Nouns.deletable(name.substring(0, slash)).isPresent();
  }

  private static String untyped(String name) {
    return name.substring(name.indexOf('/') + 1);
  }

  /** CLUSTER/NAME says as much as the option does. */
  private String whole(String name) {
    return name.contains("/") ? name : full(name);
  }

  /** No name has a slash in it, but that of what is on a cluster. */
  private Noun type(String name) {
    int slash = name.indexOf('/');
    if (slash < 0 || (noun.isInCluster() && !isTyped(name))) {
      return noun;
    }
    String type = name.substring(0, slash);
    return Nouns.deletable(type)
        .orElseThrow(
            () -> CliFailure.usage("'%s': there is no '%s' to delete".formatted(name, type)));
  }

  @Override
  public ExitCode run(Session session) {
    boolean waits = wait.isWanted() && !dryRun;
    List<DeleteRequest> requests = requests();
    boolean asks = !yes && !dryRun && session.io().inTerminal() && session.io().errTerminal();
    if (asks && !Question.yes(session.io(), question(session, requests))) {
      session.io().warn("nothing was deleted");
      return ExitCode.FAILED;
    }
    List<Resource> deleted = new ArrayList<>();
    ExitCode code = ExitCode.DONE;
    for (DeleteRequest request : requests) {
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
              new Waiting(session, resource.getKind(), target.retyped())
                  .until(wait.request(target.target(), resource, Goal.DELETED), gone -> {}));
    }
    return code;
  }

  private Resource delete(Session session, DeleteRequest request) {
    Resource answer =
        WorkGrpc.newBlockingStub(session.channel())
            .withDeadlineAfter(Noun.DEADLINE_SECONDS, TimeUnit.SECONDS)
            .delete(request.toBuilder().setCaller(session.caller()).build())
            .getResource();
    // The server's answer to a delete may leave these out; a wait needs them.
    Noun type = type(request.getKind() + "/");
    Resource resource = answer.toBuilder().setKind(type.name()).setName(request.getName()).build();
    session.io().out().println(type.done(resource, "deleted", dryRun)).flush();
    return resource;
  }

  /** Names what goes and where it is, as far as that is known. */
  private String question(Session session, List<DeleteRequest> requests) {
    Resource found =
        StateGrpc.newBlockingStub(session.channel())
            .withDeadlineAfter(Noun.DEADLINE_SECONDS, TimeUnit.SECONDS)
            .get(
                GetRequest.newBuilder()
                    .setCaller(session.caller())
                    .setTarget(target.target())
                    .setKind(requests.get(0).getKind())
                    .setName(requests.get(0).getName())
                    .build())
            .getResource();
    return Cells.clean(
        "Delete %s %s in namespace %s of context %s?"
            .formatted(
                noun.name(), String.join(", ", names), found.getNamespace(), found.getContext()));
  }

  private static ExitCode first(ExitCode before, ExitCode now) {
    return before == ExitCode.DONE ? now : before;
  }
}
