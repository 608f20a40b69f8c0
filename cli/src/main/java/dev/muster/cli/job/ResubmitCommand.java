package dev.muster.cli.job;

import dev.muster.cli.Noun;
import dev.muster.cli.options.WaitOptions;
import dev.muster.v1.JobsGrpc.JobsBlockingStub;
import dev.muster.v1.Resource;
import dev.muster.v1.ResubmitRequest;
import dev.muster.v1.StopJobRequest;
import dev.muster.v1.WriteReply;
import picocli.CommandLine.Command;

/** {@code resubmit NOUN NAME}: runs it again as it was submitted. */
@Command(
    footer = {
      "# Again what is over or suspended",
      "muster VERB NOUN train",
      "# And nothing but its name, for a script",
      "muster VERB NOUN train -o name"
    })
public final class ResubmitCommand extends ActingCommand {
  public ResubmitCommand(Noun noun, String verb) {
    super(noun, verb);
  }

  @Override
  WriteReply act(JobsBlockingStub jobs, StopJobRequest what) {
    return jobs.resubmit(
        ResubmitRequest.newBuilder()
            .setCaller(what.getCaller())
            .setTarget(what.getTarget())
            .setKind(what.getKind())
            .setName(what.getName())
            .build());
  }

  @Override
  String said(Resource job) {
    return noun.qualified(WaitOptions.name(job)) + " resubmitted";
  }
}
