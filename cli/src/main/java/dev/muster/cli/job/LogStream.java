package dev.muster.cli.job;

import dev.muster.cli.CliFailure;
import dev.muster.cli.ExitCode;
import dev.muster.cli.Io;
import dev.muster.cli.Noun;
import dev.muster.cli.Session;
import dev.muster.cli.output.Cells;
import dev.muster.cli.wait.Interruption;
import dev.muster.v1.JobsGrpc;
import dev.muster.v1.JobsGrpc.JobsBlockingStub;
import dev.muster.v1.LogChunk;
import dev.muster.v1.LogsRequest;
import dev.muster.v1.Resource;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;

/**
 * Copies what a job prints to standard output, byte by byte as it came, and each piece at once;
 * what is to be said about it goes to standard error. The daemon sends no faster than standard
 * output takes it. An interrupt ends the copying, never the job.
 */
final class LogStream {
  private final Session session;
  private final Noun noun;
  private final String retyped;

  /**
   * @param retyped the target's options as they were typed, to be suggested again
   */
  LogStream(Session session, Noun noun, String retyped) {
    this.session = session;
    this.noun = noun;
    this.retyped = retyped;
  }

  /** What there is now. */
  void print(LogsRequest request) {
    copy(request, Duration.ZERO);
  }

  /**
   * Until the job is over.
   *
   * @param timeout at most; zero: for ever
   */
  ExitCode follow(LogsRequest request, Duration timeout) {
    try (Interruption interruption = new Interruption(() -> interrupted(request.getName()))) {
      Resource end = copy(request, timeout);
      if (end.getState().isEmpty()) {
        throw new CliFailure(
            ExitCode.FAILED,
            "the daemon ended the log of %s %s without saying how the job came out"
                .formatted(noun.name(), request.getName()));
      }
      return JobEnd.told(session, noun, end);
    } catch (StatusRuntimeException e) {
      if (timeout.isZero() || e.getStatus().getCode() != Status.Code.DEADLINE_EXCEEDED) {
        throw e;
      }
      session
          .io()
          .warn("muster: %s %s is not over in time".formatted(noun.name(), request.getName()));
      return ExitCode.TIMED_OUT;
    }
  }

  /** The job as it was at the end. */
  private Resource copy(LogsRequest request, Duration timeout) {
    Io io = session.io();
    JobsBlockingStub jobs = JobsGrpc.newBlockingStub(session.channel());
    if (!timeout.isZero()) {
      jobs = jobs.withDeadlineAfter(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }
    Resource end = Resource.getDefaultInstance();
    Iterator<LogChunk> chunks = jobs.logs(request.toBuilder().setCaller(session.caller()).build());
    while (chunks.hasNext()) {
      LogChunk chunk = chunks.next();
      io.out().write(chunk.getData().toByteArray());
      if (!chunk.getNote().isEmpty()) {
        io.warn("note: " + Cells.clean(chunk.getNote()));
      }
      end = chunk.hasResource() ? chunk.getResource() : end;
    }
    return end;
  }

  void interrupted(String name) {
    session
        .io()
        .warn(
            "stopped following, and nothing else: the job goes on; follow it again with: muster logs %s %s -f%s"
                .formatted(noun.name(), name, retyped));
  }
}
