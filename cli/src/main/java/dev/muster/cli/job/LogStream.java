package dev.muster.cli.job;

import dev.muster.cli.CliFailure;
import dev.muster.cli.ExitCode;
import dev.muster.cli.Io;
import dev.muster.cli.Noun;
import dev.muster.cli.Session;
import dev.muster.cli.client.Resumption;
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
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
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

  /** How far the log was copied: the last bookmark of each part. */
  private final Map<String, String> bookmarks = new HashMap<>();

  /** Whether it is known how to go on behind what was copied last. */
  private boolean marked = true;

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
    return new Resumption(session, () -> marked).of(elapsed -> copy(request, timeout, elapsed));
  }

  /**
   * What is not copied yet.
   *
   * @param elapsed since the first call
   */
  private Resource copy(LogsRequest request, Duration timeout, Duration elapsed) {
    Io io = session.io();
    JobsBlockingStub jobs = JobsGrpc.newBlockingStub(session.channel());
    if (!timeout.isZero()) {
      jobs = jobs.withDeadlineAfter(timeout.minus(elapsed).toMillis(), TimeUnit.MILLISECONDS);
    }
    LogsRequest.Builder rest =
        request.toBuilder().setCaller(session.caller()).putAllBookmarks(bookmarks);
    if (rest.getSinceMs() > 0) {
      rest.setSinceMs(rest.getSinceMs() + elapsed.toMillis());
    }
    Resource end = Resource.getDefaultInstance();
    Iterator<LogChunk> chunks = jobs.logs(rest.build());
    while (chunks.hasNext()) {
      LogChunk chunk = chunks.next();
      io.out().write(chunk.getData().toByteArray());
      keep(chunk);
      if (!chunk.getNote().isEmpty()) {
        io.warn("note: " + Cells.clean(chunk.getNote()));
      }
      end = chunk.hasResource() ? chunk.getResource() : end;
    }
    return end;
  }

  private void keep(LogChunk chunk) {
    if (!chunk.getBookmark().isEmpty()) {
      bookmarks.put(chunk.getPart(), chunk.getBookmark());
    }
    marked &= chunk.getData().isEmpty() || !chunk.getBookmark().isEmpty();
  }

  void interrupted(String name) {
    session
        .io()
        .warn(
            "stopped following, and nothing else: the job goes on; follow it again with: muster logs %s %s -f%s"
                .formatted(noun.name(), name, retyped));
  }
}
