package dev.muster.cli.resource;

import dev.muster.cli.CliFailure;
import dev.muster.cli.Noun;
import dev.muster.cli.Session;
import dev.muster.v1.ScaleRequest;
import dev.muster.v1.WorkGrpc.WorkBlockingStub;
import dev.muster.v1.WriteReply;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code scale NOUN NAME --replicas N}. */
@Command(
    footer = {
      "# Four workers, where there is one worker group",
      "muster scale NOUN demo --replicas 4",
      "# Of one group, and how far an autoscaler may go",
      "muster scale NOUN demo -w gpu -r 2 --min-replicas 0 --max-replicas 8"
    })
public final class ScaleCommand extends WriteCommand {
  @Parameters(arity = "1", paramLabel = "NAME", description = "Which one.")
  String name;

  @Option(
      names = {"-w", "--worker-group"},
      paramLabel = "GROUP",
      description = "The worker group; the only one if left out.")
  String group = "";

  @Option(
      names = {"-r", "--replicas", "--num-workers"},
      paramLabel = "COUNT",
      description = "How many workers.")
  Integer replicas;

  @Option(
      names = {"--min-replicas", "--min-workers", "--min"},
      paramLabel = "COUNT",
      description = "Workers at least, where they are scaled.")
  Integer min;

  @Option(
      names = {"--max-replicas", "--max-workers", "--max"},
      paramLabel = "COUNT",
      description = "Workers at most, where they are scaled.")
  Integer max;

  public ScaleCommand(Noun noun) {
    super(noun, "scaled");
  }

  /** What is asked, but for who asks. */
  public ScaleRequest request() {
    if (replicas == null && min == null && max == null) {
      throw CliFailure.usage(
          "'muster scale %s' needs --replicas, --min-replicas or --max-replicas"
              .formatted(noun.name()));
    }
    ScaleRequest.Builder request =
        ScaleRequest.newBuilder()
            .setTarget(target.target())
            .setKind(noun.name())
            .setName(name)
            .setWorkerGroup(group)
            .setDryRun(dryRun);
    if (replicas != null) {
      request.setReplicas(count("--replicas", replicas));
    }
    if (min != null) {
      request.setMin(count("--min-replicas", min));
    }
    if (max != null) {
      request.setMax(count("--max-replicas", max));
    }
    return request.build();
  }

  @Override
  WriteReply write(WorkBlockingStub work, Session session) {
    return work.scale(request().toBuilder().setCaller(session.caller()).build());
  }

  private static int count(String option, int count) {
    if (count < 0) {
      throw CliFailure.usage("%s %d is less than none".formatted(option, count));
    }
    return count;
  }
}
