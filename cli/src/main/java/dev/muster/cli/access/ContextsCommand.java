package dev.muster.cli.access;

import dev.muster.cli.ExitCode;
import dev.muster.cli.Io;
import dev.muster.cli.MusterCommand;
import dev.muster.cli.Session;
import dev.muster.cli.options.JsonOption;
import dev.muster.cli.options.TargetOptions;
import dev.muster.cli.output.Json;
import dev.muster.cli.output.ShortTable;
import dev.muster.v1.AccessGrpc;
import dev.muster.v1.ContextEntry;
import dev.muster.v1.ListContextsReply;
import dev.muster.v1.ListContextsRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code list context}: what --context can name. Asks no server. */
@Command(
    footer = {
      "# All of your kubeconfig files, and the sandbox's while it is up",
      "muster list context",
      "# For a script",
      "muster list context -o json"
    })
public final class ContextsCommand extends MusterCommand {
  private static final long DEADLINE_SECONDS = 30;
  private static final List<String> TITLES =
      List.of("CURRENT", "NAME", "SERVER", "USER", "NAMESPACE", "FILE");

  @Mixin TargetOptions target;
  @Mixin JsonOption output;

  @Override
  public ExitCode run(Session session) {
    Io io = session.io();
    boolean json = output.isJson();
    ListContextsReply reply =
        AccessGrpc.newBlockingStub(session.channel())
            .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS)
            .listContexts(
                ListContextsRequest.newBuilder()
                    .setCaller(session.caller())
                    .setTarget(target.target())
                    .build());
    if (json) {
      Map<String, Object> record = new LinkedHashMap<>();
      record.put("items", reply.getContextsList().stream().map(ContextsCommand::record).toList());
      Json.print(io.out(), record);
      return ExitCode.DONE;
    }
    ShortTable.print(
        io, TITLES, reply.getContextsList().stream().map(ContextsCommand::row).toList());
    if (reply.getContextsCount() == 0) {
      io.warn("No contexts found; `muster login` makes one");
    }
    return ExitCode.DONE;
  }

  private static String row(ContextEntry context) {
    return String.join(
        "\t",
        context.getCurrent() ? "*" : "",
        context.getName(),
        context.getServer(),
        context.getUser(),
        context.getNamespace(),
        context.getFile());
  }

  private static Map<String, Object> record(ContextEntry context) {
    Map<String, Object> record = new LinkedHashMap<>();
    record.put("name", context.getName());
    record.put("current", context.getCurrent());
    record.put("server", context.getServer());
    record.put("user", context.getUser());
    record.put("namespace", context.getNamespace());
    record.put("kubeconfig", context.getFile());
    return record;
  }
}
