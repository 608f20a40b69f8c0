package dev.muster.cli.define;

import dev.muster.cli.CliFailure;
import dev.muster.cli.ExitCode;
import dev.muster.cli.Io;
import dev.muster.cli.Noun;
import dev.muster.cli.NounCommand;
import dev.muster.cli.Session;
import dev.muster.cli.options.TargetOptions;
import dev.muster.cli.output.Cells;
import dev.muster.v1.DefineReply;
import dev.muster.v1.DefineRequest;
import dev.muster.v1.WorkGrpc;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What every {@code define NOUN [NAME]} has in common: a file, whole or not at all. */
public abstract class DefiningCommand extends NounCommand {
  @Mixin protected TargetOptions target;

  @Parameters(
      arity = "0..1",
      paramLabel = "NAME",
      description = "The name; one is chosen if left out.")
  protected String name = "";

  @Option(names = "--name", paramLabel = "NAME", description = "The same as NAME.")
  protected String nameOption = "";

  @Option(
      names = "--template",
      paramLabel = "TEMPLATE",
      description = "A template file, or the name of one in the configuration directory.")
  protected String template = "";

  @Option(names = "--force", description = "Replace a different file of that name.")
  boolean force;

  @Option(names = "--stdout", description = "Print the definition and write no file.")
  boolean stdout;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description = "yaml: the same as --stdout.")
  String format = "";

  private final String then;

  /**
   * @param then the verb that makes something of the file
   */
  protected DefiningCommand(Noun noun, String then) {
    super(noun);
    this.then = then;
  }

  /** What is asked, but for who asks. */
  public abstract DefineRequest request();

  /** Another directory than the user's for the file. */
  protected Optional<Path> directory(Io io) {
    return Optional.empty();
  }

  @Override
  public final ExitCode run(Session session) {
    if (!format.isEmpty() && !format.equals("yaml")) {
      throw CliFailure.usage("'define' has one output format, yaml; not '%s'".formatted(format));
    }
    Io io = session.io();
    DefineReply reply = defined(session, request());
    if (stdout || format.equals("yaml")) {
      io.out().print(reply.getYaml());
      return ExitCode.DONE;
    }
    Optional<Path> elsewhere = directory(io);
    Path file = elsewhere.orElse(io.directory()).resolve(reply.getFileName());
    write(reply, file, force);
    io.out().println(elsewhere.isPresent() ? file.toString() : reply.getFileName()).flush();
    io.warn(
        "next: muster %s %s %s%s"
            .formatted(
                then,
                noun.name(),
                elsewhere.isPresent() ? "-f " + file : reply.getName(),
                target.retyped()));
    return ExitCode.DONE;
  }

  /** Asks for a definition, and says what the daemon warns of. */
  public static DefineReply defined(Session session, DefineRequest request) {
    DefineReply reply =
        WorkGrpc.newBlockingStub(session.channel())
            .withDeadlineAfter(Noun.DEADLINE_SECONDS, TimeUnit.SECONDS)
            .define(request.toBuilder().setCaller(session.caller()).build());
    reply
        .getWarningsList()
        .forEach(warning -> session.io().warn("warning: " + Cells.clean(warning)));
    return reply;
  }

  /**
   * @param force whether a different file may be replaced
   */
  public static void write(DefineReply reply, Path file, boolean force) {
    new ManifestFile(file).write(reply.getYaml().getBytes(StandardCharsets.UTF_8), force);
  }
}
