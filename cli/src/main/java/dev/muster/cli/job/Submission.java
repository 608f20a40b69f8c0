package dev.muster.cli.job;

import dev.muster.cli.CliFailure;
import dev.muster.cli.ExitCode;
import dev.muster.cli.Io;
import dev.muster.cli.Noun;
import dev.muster.cli.Session;
import dev.muster.cli.options.FollowOptions;
import dev.muster.cli.options.OutputOptions;
import dev.muster.cli.options.TargetOptions;
import dev.muster.cli.options.WaitOptions;
import dev.muster.cli.output.Cells;
import dev.muster.cli.output.Output;
import dev.muster.cli.wait.Waiting;
import dev.muster.v1.GetReply;
import dev.muster.v1.JobsGrpc;
import dev.muster.v1.LogsRequest;
import dev.muster.v1.Resource;
import dev.muster.v1.SubmitRequest;
import dev.muster.v1.SubmitUpdate;
import java.util.Iterator;

/** Submits a job, says what came of it, and waits for it or follows it if that is asked for. */
final class Submission {
  private final Session session;
  private final Noun noun;
  private final TargetOptions target;
  private final OutputOptions output;
  private final FollowOptions follow;

  Submission(
      Session session,
      Noun noun,
      TargetOptions target,
      OutputOptions output,
      FollowOptions follow) {
    this.session = session;
    this.noun = noun;
    this.target = target;
    this.output = output;
    this.follow = follow;
  }

  /** What can be known to be wrong before anything is done. */
  void check() {
    follow.check();
    output.output(session.io());
    if (follow.follows() && !output.isText()) {
      throw CliFailure.usage("--follow prints the log, so it takes no -o; use --wait");
    }
  }

  /**
   * @param request but for who asks
   */
  ExitCode run(SubmitRequest request) {
    Io io = session.io();
    SubmitUpdate end = submit(request.toBuilder().setCaller(session.caller()).build());
    end.getWarningsList().forEach(warning -> io.warn("warning: " + Cells.clean(warning)));
    if (request.getDryRun()) {
      io.out().print(end.getManifestYaml());
      return ExitCode.DONE;
    }
    if (!end.hasResource()) {
      throw new CliFailure(
          ExitCode.FAILED, "the daemon ended the submission without saying what came of it");
    }
    Resource job = end.getResource();
    tell(job, end.getDashboard());
    if (follow.follows()) {
      LogsRequest log =
          LogsRequest.newBuilder()
              .setTarget(target.target().toBuilder().setNamespace(job.getNamespace()))
              .setKind(noun.name())
              .setName(WaitOptions.name(job))
              .setFollow(true)
              .build();
      return new LogStream(session, noun, target.retyped()).follow(log, follow.timeout());
    }
    if (follow.waits()) {
      return new Waiting(session, noun.name(), target.retyped())
          .until(follow.request(target.target(), job), this::show);
    }
    show(job);
    io.out().flush();
    io.warn(
        Cells.clean(
            "next: muster logs %s %s -f%s"
                .formatted(noun.name(), WaitOptions.name(job), target.retyped())));
    return ExitCode.DONE;
  }

  private SubmitUpdate submit(SubmitRequest request) {
    Iterator<SubmitUpdate> updates = JobsGrpc.newBlockingStub(session.channel()).submit(request);
    SubmitUpdate last = SubmitUpdate.getDefaultInstance();
    try (SubmitProgress progress = new SubmitProgress(session.io())) {
      while (updates.hasNext()) {
        last = updates.next();
        progress.show(last);
      }
    }
    return last;
  }

  /** Standard output is the log's, where the job is followed. */
  private void tell(Resource job, String dashboard) {
    Io io = session.io();
    String line = noun.done(job, "submitted", false);
    if (follow.follows()) {
      io.warn(line);
    } else if (output.isText()) {
      io.out().println(line).flush();
    }
    if (!dashboard.isEmpty()) {
      io.warn("dashboard: " + Cells.clean(dashboard));
    }
  }

  private void show(Resource job) {
    Output printer = output.output(session.io());
    if (!output.isText()) {
      printer.show(GetReply.newBuilder().setResource(job).build());
    } else if (follow.waits()) {
      session.io().out().println(noun.qualified(WaitOptions.name(job)) + " " + job.getState());
    }
  }
}
