package dev.muster.cli.job;

import dev.muster.cli.CliFailure;
import dev.muster.cli.Durations;
import dev.muster.cli.ExitCode;
import dev.muster.cli.Noun;
import dev.muster.cli.NounCommand;
import dev.muster.cli.Session;
import dev.muster.cli.options.TargetOptions;
import dev.muster.v1.LogsRequest;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code logs NOUN NAME [-f]}. */
@Command(
    footer = {
      "# What it has printed so far",
      "muster logs NOUN train",
      "# As it comes, until it is over; the exit code is 0 if it succeeded, else 1",
      "muster logs NOUN train -f",
      "# The last hundred lines",
      "muster logs NOUN train --tail 100",
      "# Of one node of a distributed job",
      "muster logs NOUN train --rank 0"
    })
public final class LogsCommand extends NounCommand {
  @Mixin TargetOptions target;

  @Parameters(arity = "1", paramLabel = "NAME", description = "Which one.")
  String name;

  @Option(
      names = {"-f", "--follow"},
      description = "Go on until the job is over; the exit code follows it.")
  boolean follow;

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      description = "With -f: how long at most, such as 10m; otherwise for ever.")
  String timeout = "";

  @Option(
      names = "--since",
      paramLabel = "DURATION",
      description = "Only what was printed since then, such as 10m.")
  String since = "";

  @Option(names = "--tail", paramLabel = "COUNT", description = "Only so many last lines.")
  Integer tail;

  @Option(
      names = "--rank",
      paramLabel = "RANK",
      description = "Only that node of a distributed job; otherwise all.")
  Integer rank;

  @Option(names = "--pod", paramLabel = "POD", description = "Only that pod of it.")
  String pod = "";

  public LogsCommand(Noun noun) {
    super(noun);
  }

  @Override
  protected boolean asksRay() {
    return true;
  }

  /** What is asked, but for who asks. */
  public LogsRequest request() {
    LogsRequest.Builder request =
        LogsRequest.newBuilder()
            .setTarget(aimed(target.target(), full(name)))
            .setKind(noun.name())
            .setName(full(name))
            .setFollow(follow)
            .setSinceMs(since.isEmpty() ? 0 : Durations.parse("--since", since).toMillis())
            .setPod(pod);
    if (tail != null) {
      request.setTail(count("--tail", tail));
    }
    if (rank != null) {
      request.setRank(count("--rank", rank));
    }
    return request.build();
  }

  @Override
  public ExitCode run(Session session) {
    if (!timeout.isEmpty() && !follow) {
      throw CliFailure.usage("--timeout is for -f; add it");
    }
    LogStream log = new LogStream(session, noun, target.retyped());
    if (follow) {
      Duration most = timeout.isEmpty() ? Duration.ZERO : Durations.parse("--timeout", timeout);
      return log.follow(request(), most);
    }
    log.print(request());
    return ExitCode.DONE;
  }

  private static int count(String option, int count) {
    if (count < 0) {
      throw CliFailure.usage("%s %d is less than none".formatted(option, count));
    }
    return count;
  }
}
