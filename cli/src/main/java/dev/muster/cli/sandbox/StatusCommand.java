package dev.muster.cli.sandbox;

import dev.muster.cli.ExitCode;
import dev.muster.cli.MusterCommand;
import dev.muster.cli.Session;
import dev.muster.cli.options.JsonOption;
import dev.muster.cli.output.Json;
import dev.muster.cli.sandbox.Sandbox.Running;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code sandbox status}: exit 0 if it runs, 3 if not. */
@Command(footer = {"# Where it is, if it runs", "muster sandbox status"})
public final class StatusCommand extends MusterCommand {
  @Mixin JsonOption output;

  @Override
  public ExitCode run(Session session) {
    boolean json = output.isJson();
    Optional<Running> running = new Sandbox(session).running();
    if (json) {
      Json.print(session.io().out(), record(running));
    } else {
      session
          .io()
          .out()
          .println(
              running
                  .map(it -> "the sandbox runs at %s, process %d".formatted(it.url(), it.pid()))
                  .orElse("no sandbox is running; start one with 'muster sandbox up'"));
    }
    return running.isPresent() ? ExitCode.DONE : ExitCode.NOT_FOUND;
  }

  private static Map<String, Object> record(Optional<Running> running) {
    Map<String, Object> record = new LinkedHashMap<>();
    record.put("running", running.isPresent());
    record.put("pid", running.map(Running::pid).orElse(null));
    record.put("url", running.map(Running::url).orElse(null));
    record.put("context", UpCommand.CONTEXT);
    return record;
  }
}
