package dev.muster.cli.resource;

import dev.muster.cli.CliFailure;
import dev.muster.cli.Noun;
import dev.muster.cli.Session;
import dev.muster.cli.options.RayClusterOptions;
import dev.muster.v1.AddWorkerGroupRequest;
import dev.muster.v1.WorkGrpc.WorkBlockingStub;
import dev.muster.v1.WriteReply;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code create workergroup GROUP --cluster NAME}: adds a group to a cluster that is there. */
@Command(
    footer = {
      "# Two workers with a GPU each, beside those that demo has",
      "muster create NOUN gpu --cluster demo --worker-replicas 2 --worker-gpu 1",
      "# Between none and eight, with more memory",
      "muster create NOUN big -c demo --min-replicas 0 --max-replicas 8 --worker-memory 32Gi",
      "# Let the server check it, add nothing",
      "muster create NOUN gpu -c demo --worker-gpu 1 --dry-run"
    })
public final class CreateGroupCommand extends WriteCommand {
  @Spec CommandSpec spec;

  @Parameters(arity = "1", paramLabel = "GROUP", description = "The name of the new group.")
  String name;

  @Option(
      names = {"-c", "--cluster", "--ray-cluster"},
      paramLabel = "NAME",
      description = "The Ray cluster that gets it.")
  String cluster = "";

  @Option(
      names = {"--worker-replicas", "--replicas", "--num-workers"},
      paramLabel = "COUNT",
      description = "How many workers; otherwise 1.")
  Integer replicas;

  @Option(
      names = {"--worker-min-replicas", "--min-replicas", "--min-workers"},
      paramLabel = "COUNT",
      description = "Workers at least, where they are scaled; otherwise 1.")
  Integer min;

  @Option(
      names = {"--worker-max-replicas", "--max-replicas", "--max-workers"},
      paramLabel = "COUNT",
      description = "Workers at most, where they are scaled; otherwise 10.")
  Integer max;

  public CreateGroupCommand(Noun noun) {
    super(noun, "created");
  }

  @Override
  protected void configure(CommandSpec command) {
    command.addMixin("group", RayClusterOptions.OF_ONE_GROUP.mixin());
    super.configure(command);
  }

  /** What is asked, but for who asks. */
  public AddWorkerGroupRequest request() {
    if (cluster.isEmpty()) {
      throw CliFailure.usage(
          "'muster create %1$s' needs the cluster that gets it: --cluster NAME; see 'muster create %1$s --help'"
              .formatted(noun.name()));
    }
    AddWorkerGroupRequest.Builder request =
        AddWorkerGroupRequest.newBuilder()
            .setTarget(target.target())
            .setKind("raycluster")
            .setCluster(cluster)
            .setWorkerGroup(name)
            .addAllSettings(
                RayClusterOptions.OF_ONE_GROUP.settings(spec.commandLine().getParseResult()))
            .setDryRun(dryRun);
    if (replicas != null) {
      request.setReplicas(replicas);
    }
    if (min != null) {
      request.setMin(min);
    }
    if (max != null) {
      request.setMax(max);
    }
    return request.build();
  }

  @Override
  WriteReply write(WorkBlockingStub work, Session session) {
    return work.addWorkerGroup(request().toBuilder().setCaller(session.caller()).build());
  }
}
