package dev.muster.cli.version;

import dev.muster.cli.ExitCode;
import dev.muster.cli.MusterCommand;
import dev.muster.cli.Session;
import dev.muster.cli.options.JsonOption;
import dev.muster.cli.output.Json;
import dev.muster.cli.output.Records;
import dev.muster.proto.BuildInfo;
import dev.muster.proto.DaemonClient.Start;
import dev.muster.proto.DaemonException;
import dev.muster.v1.Build;
import dev.muster.v1.ControlGrpc;
import dev.muster.v1.HelloReply;
import dev.muster.v1.HelloRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code version}: never starts a daemon, and with {@code --client} does not look for one. */
@Command(
    footer = {
      "# Of the command, and of the daemon if one runs",
      "muster version",
      "# Of the command alone",
      "muster version --client"
    })
public final class VersionCommand extends MusterCommand {
  private static final long DEADLINE_SECONDS = 5;

  @Mixin JsonOption output;

  @Option(names = "--client", description = "Of the command alone.")
  boolean client;

  @Override
  public ExitCode run(Session session) {
    boolean json = output.isJson();
    BuildInfo mine = BuildInfo.current();
    Optional<HelloReply> daemon = client ? Optional.empty() : daemon(session);
    if (json) {
      Map<String, Object> record = new LinkedHashMap<>();
      record.put(
          "client", record(mine.version(), mine.commit(), mine.timeSeconds(), mine.protocol()));
      if (!client) {
        record.put(
            "daemon", daemon.map(HelloReply::getBuild).map(VersionCommand::record).orElse(null));
      }
      Json.print(session.io().out(), record);
      return ExitCode.DONE;
    }
    session.io().out().println("muster " + mine.version() + " (" + mine.commit() + ")");
    if (!client) {
      session
          .io()
          .out()
          .println("daemon " + daemon.map(VersionCommand::text).orElse("not running"));
    }
    return ExitCode.DONE;
  }

  private static Optional<HelloReply> daemon(Session session) {
    try {
      return Optional.of(
          ControlGrpc.newBlockingStub(session.backend(Start.NEVER).channel())
              .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS)
              .hello(HelloRequest.getDefaultInstance()));
    } catch (DaemonException e) {
      if (e.kind() == DaemonException.Kind.NOT_RUNNING) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static String text(HelloReply daemon) {
    Build build = daemon.getBuild();
    return build.getVersion() + " (" + build.getCommit() + ")";
  }

  private static Map<String, Object> record(Build build) {
    return record(build.getVersion(), build.getCommit(), build.getTimeS(), build.getProtocol());
  }

  private static Map<String, Object> record(
      String version, String commit, long seconds, int protocol) {
    Map<String, Object> record = new LinkedHashMap<>();
    record.put("version", version);
    record.put("commit", commit);
    record.put("time", Records.time(seconds * 1000));
    record.put("protocol", protocol);
    return record;
  }
}
