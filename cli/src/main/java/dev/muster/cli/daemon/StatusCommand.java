package dev.muster.cli.daemon;

import dev.muster.cli.ExitCode;
import dev.muster.cli.MusterCommand;
import dev.muster.cli.Session;
import dev.muster.cli.options.JsonOption;
import dev.muster.cli.output.Json;
import dev.muster.proto.DaemonClient.Start;
import dev.muster.proto.DaemonException;
import dev.muster.v1.ControlGrpc;
import dev.muster.v1.StatusReply;
import dev.muster.v1.StatusRequest;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code daemon status}: never starts one. Exit 0 if it runs, 3 if none does. */
@Command(
    footer = {
      "# Process, memory, cache and watches",
      "muster daemon status",
      "# The same for a script",
      "muster daemon status -o json"
    })
public final class StatusCommand extends MusterCommand {
  static final long DEADLINE_SECONDS = 5;

  @Mixin JsonOption output;

  @Override
  public ExitCode run(Session session) {
    boolean json = output.isJson();
    StatusReply status;
    try {
      status =
          ControlGrpc.newBlockingStub(session.backend(Start.NEVER).channel())
              .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS)
              .status(StatusRequest.getDefaultInstance());
    } catch (DaemonException e) {
      if (e.kind() != DaemonException.Kind.NOT_RUNNING) {
        throw e;
      }
      return notRunning(session, json);
    }
    if (json) {
      DaemonStatus.printJson(session.io(), status);
    } else {
      DaemonStatus.printText(session.io(), status);
    }
    return ExitCode.DONE;
  }

  private static ExitCode notRunning(Session session, boolean json) {
    if (json) {
      Json.print(session.io().out(), Map.of("running", false));
    } else {
      session.io().out().println("no daemon is running; the next command that needs one starts it");
    }
    return ExitCode.NOT_FOUND;
  }
}
