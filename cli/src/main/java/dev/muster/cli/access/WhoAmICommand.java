package dev.muster.cli.access;

import dev.muster.cli.ExitCode;
import dev.muster.cli.Io;
import dev.muster.cli.MusterCommand;
import dev.muster.cli.Session;
import dev.muster.cli.options.JsonOption;
import dev.muster.cli.options.TargetOptions;
import dev.muster.cli.output.Cells;
import dev.muster.cli.output.Json;
import dev.muster.cli.output.Records;
import dev.muster.v1.AccessGrpc;
import dev.muster.v1.WhoAmIReply;
import dev.muster.v1.WhoAmIRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code whoami}: what the server says, not what the kubeconfig calls it. */
@Command(
    footer = {
      "# Who the server takes you for",
      "muster whoami",
      "# May you act as somebody else?",
      "muster whoami --as alice"
    })
public final class WhoAmICommand extends MusterCommand {
  private static final long DEADLINE_SECONDS = 60;

  @Mixin TargetOptions target;
  @Mixin JsonOption output;

  @Override
  public ExitCode run(Session session) {
    boolean json = output.isJson();
    Io io = session.io();
    WhoAmIReply reply =
        AccessGrpc.newBlockingStub(session.channel())
            .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS)
            .whoAmI(
                WhoAmIRequest.newBuilder()
                    .setCaller(session.caller())
                    .setTarget(target.target())
                    .build());
    if (json) {
      Json.print(io.out(), record(reply));
      return ExitCode.DONE;
    }
    line(io, "User", reply.getUser().isEmpty() ? "-" : reply.getUser());
    line(io, "Groups", String.join(", ", reply.getGroupsList()));
    line(io, "Server", reply.getServer());
    line(io, "Context", reply.getContext());
    line(io, "Namespace", reply.getNamespace());
    line(io, "Kubeconfig", reply.getFile());
    String expires = Records.time(reply.getExpiresAtMs());
    line(io, "Expires", expires == null ? "" : expires);
    return ExitCode.DONE;
  }

  private static void line(Io io, String title, String text) {
    if (!text.isEmpty()) {
      io.out().println("%-12s%s".formatted(title + ":", Cells.clean(text)));
    }
  }

  private static Map<String, Object> record(WhoAmIReply reply) {
    Map<String, Object> record = new LinkedHashMap<>();
    record.put("user", reply.getUser());
    record.put("uid", reply.getUid());
    record.put("groups", reply.getGroupsList());
    record.put("server", reply.getServer());
    record.put("context", reply.getContext());
    record.put("namespace", reply.getNamespace());
    record.put("kubeconfig", reply.getFile());
    record.put("expires", Records.time(reply.getExpiresAtMs()));
    return record;
  }
}
