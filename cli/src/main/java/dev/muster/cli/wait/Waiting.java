package dev.muster.cli.wait;

import dev.muster.cli.ExitCode;
import dev.muster.cli.Io;
import dev.muster.cli.Session;
import dev.muster.cli.client.Resumption;
import dev.muster.cli.output.Cells;
import dev.muster.v1.Resource;
import dev.muster.v1.StateGrpc;
import dev.muster.v1.WaitRequest;
import dev.muster.v1.WaitUpdate;
import dev.muster.v1.WaitUpdate.Outcome;
import java.time.Duration;
import java.util.Iterator;
import java.util.function.Consumer;

/**
 * Runs one wait: shows what is happening while it lasts, and turns how it ended into an exit code.
 * An interrupt ends the waiting, never what is waited for, and says so.
 */
public final class Waiting {
  private final Session session;
  private final String noun;
  private final String retyped;

  /**
   * @param noun as it is typed
   * @param retyped the target's options as they were typed, to be suggested again
   */
  public Waiting(Session session, String noun, String retyped) {
    this.session = session;
    this.noun = noun;
    this.retyped = retyped;
  }

  /**
   * @param request but for who asks
   * @param reached is given the resource as it was at the end, if the goal was reached
   */
  public ExitCode until(WaitRequest request, Consumer<Resource> reached) {
    Io io = session.io();
    WaitUpdate last;
    try (Progress progress = Progress.on(io);
        Interruption interruption =
            new Interruption(
                () ->
                    interrupted(
                        io, progress, noun, retyped, request.getName(), request.getGoal()))) {
      WaitRequest.Builder rest = request.toBuilder();
      last =
          new Resumption(
                  session,
                  () -> {
                    progress.close();
                    return true;
                  })
              .of(elapsed -> await(rest, elapsed, progress));
    }
    if (last.getOutcome() == Outcome.REACHED) {
      reached.accept(last.getResource());
    } else {
      io.warn("muster: " + sentence(request, last));
    }
    return ExitCode.of(last.getOutcome());
  }

  /**
   * One call, to its end.
   *
   * @param rest what is asked; a later call asks for the one that this one was told of
   * @param elapsed since the wait began
   */
  private WaitUpdate await(WaitRequest.Builder rest, Duration elapsed, Progress progress) {
    Iterator<WaitUpdate> updates =
        StateGrpc.newBlockingStub(session.channel())
            .wait(rest.setCaller(session.caller()).setElapsedMs(elapsed.toMillis()).build());
    WaitUpdate last = WaitUpdate.getDefaultInstance();
    while (last.getOutcome() == Outcome.PENDING && updates.hasNext()) {
      last = updates.next();
      if (last.getOutcome() == Outcome.PENDING) {
        progress.show(Progress.text(rest.getName(), last));
      }
      // What is only remembered of may be another one.
      if (last.getObservation().getLive() && !last.getResource().getUid().isEmpty()) {
        rest.setUid(last.getResource().getUid());
      }
    }
    return last;
  }

  static void interrupted(
      Io io, Progress progress, String noun, String retyped, String name, String goal) {
    progress.close();
    String aim = goal.equals(Goal.READY) ? "" : " --for " + goal;
    io.warn(
        "stopped waiting, and nothing else; wait again with: muster wait %s %s%s%s"
            .formatted(noun, name, retyped, aim));
  }

  /** The daemon's own line is used wherever it is a whole sentence. */
  private String sentence(WaitRequest request, WaitUpdate end) {
    String what = noun + " " + request.getName();
    String line = Cells.clean(end.getLine());
    boolean said = !line.isBlank();
    return switch (end.getOutcome()) {
      case GONE -> said ? line : "there is no " + what;
      case REPLACED -> said ? line : what + " was deleted and made anew by somebody else";
      case TIMED_OUT -> what + " is " + (said ? line : "not " + request.getGoal() + " in time");
      case PENDING -> "the daemon ended the wait for " + what + " without a result";
      default -> {
        boolean success = request.getGoal().equals(Goal.SUCCEEDED);
        yield what
            + (success ? " did not succeed" : " cannot become " + request.getGoal())
            + (said ? ": " + line : "");
      }
    };
  }
}
