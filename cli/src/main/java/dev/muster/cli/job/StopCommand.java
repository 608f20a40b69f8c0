package dev.muster.cli.job;

import dev.muster.cli.Noun;
import dev.muster.cli.options.WaitOptions;
import dev.muster.cli.output.Cells;
import dev.muster.v1.JobsGrpc.JobsBlockingStub;
import dev.muster.v1.Resource;
import dev.muster.v1.StopJobRequest;
import dev.muster.v1.WriteReply;
import picocli.CommandLine.Command;

/** {@code stop NOUN NAME}, also called {@code cancel}: ends it without deleting it. */
@Command(
    footer = {
      "# End it; its log and its record stay",
      "muster VERB NOUN train",
      "# As a record",
      "muster VERB NOUN train -o json"
    })
public final class StopCommand extends ActingCommand {
  /**
   * @param verb as it is typed: stop, or cancel, which is the same
   */
  public StopCommand(Noun noun, String verb) {
    super(noun, verb);
  }

  @Override
  protected boolean asksRay() {
    return true;
  }

  @Override
  WriteReply act(JobsBlockingStub jobs, StopJobRequest what) {
    return jobs.stopJob(what);
  }

  @Override
  String said(Resource job) {
    String what = noun.qualified(WaitOptions.name(job));
    return switch (job.getState()) {
      case "STOPPED", "SUSPENDED" -> what + " stopped";
      case "SUCCEEDED", "FAILED" -> what + " is over already: " + job.getState();
      default -> what + " is being stopped: " + Cells.clean(job.getState());
    };
  }
}
