package dev.muster.cli.reach;

import dev.muster.cli.CliFailure;
import dev.muster.cli.ExitCode;
import dev.muster.cli.Io;
import dev.muster.cli.Noun;
import dev.muster.cli.NounCommand;
import dev.muster.cli.Session;
import dev.muster.cli.options.TargetOptions;
import dev.muster.cli.output.Cells;
import dev.muster.v1.DashboardReply;
import dev.muster.v1.DashboardRequest;
import dev.muster.v1.ForwardRequest;
import dev.muster.v1.Port;
import dev.muster.v1.ReachGrpc;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dashboard NOUN NAME}: where it is, or a port of this machine that leads to it. */
@Command(
    footer = {
      "# Print where it is, and open it on a terminal; Ctrl-C ends it if a port is held open",
      "muster dashboard NOUN demo",
      "# By that port of this machine",
      "muster dashboard NOUN demo --port 8265",
      "# Only print it",
      "muster dashboard NOUN demo --no-browser"
    })
public final class DashboardCommand extends NounCommand {
  /** Where Ray's dashboard listens. */
  private static final int DASHBOARD = 8265;

  @Mixin TargetOptions target;

  @Parameters(arity = "1", paramLabel = "NAME", description = "Which one.")
  String name;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description =
          "By that port of this machine, even if there is another way; otherwise 8265 or any that"
              + " is free, if there is none.")
  int port;

  @Option(names = "--no-browser", description = "Open no browser.")
  boolean noBrowser;

  public DashboardCommand(Noun noun) {
    super(noun);
  }

  /** What is asked, but for who asks. */
  public ForwardRequest request() {
    if (port < 0 || port > 65_535) {
      throw CliFailure.usage("--port takes a number from 1 to 65535, not " + port);
    }
    return ForwardRequest.newBuilder()
        .setTarget(target.target())
        .setKind(noun.name())
        .setName(name)
        .addPorts(
            Port.newBuilder().setName("dashboard").setRemote(DASHBOARD).setLocal(port).build())
        .build();
  }

  @Override
  public ExitCode run(Session session) {
    ForwardRequest forward = request();
    Io io = session.io();
    if (port == 0) {
      DashboardReply reply =
          ReachGrpc.newBlockingStub(session.channel())
              .withDeadlineAfter(Noun.DEADLINE_SECONDS, TimeUnit.SECONDS)
              .dashboard(
                  DashboardRequest.newBuilder()
                      .setCaller(session.caller())
                      .setTarget(target.target())
                      .setKind(noun.name())
                      .setName(name)
                      .build());
      if (!reply.getUrl().isEmpty()) {
        show(io, Cells.clean(reply.getUrl()));
        return ExitCode.DONE;
      }
      if (isVerbose() && !reply.getReason().isEmpty()) {
        io.warn(Cells.clean(reply.getReason()));
      }
    }
    return new Forwarding(session).hold(forward, ports -> show(io, Forwarding.url(ports.get(0))));
  }

  private void show(Io io, String url) {
    io.out().println(url).flush();
    if (io.outTerminal() && !noBrowser) {
      Browser.open(io, url);
    }
  }
}
