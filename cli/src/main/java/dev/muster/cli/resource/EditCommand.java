package dev.muster.cli.resource;

import dev.muster.cli.CliFailure;
import dev.muster.cli.ExitCode;
import dev.muster.cli.Io;
import dev.muster.cli.Noun;
import dev.muster.cli.NounCommand;
import dev.muster.cli.Session;
import dev.muster.cli.options.TargetOptions;
import dev.muster.cli.output.Cells;
import dev.muster.v1.GetRequest;
import dev.muster.v1.Manifest;
import dev.muster.v1.StateGrpc;
import dev.muster.v1.UpdateRequest;
import dev.muster.v1.WriteReply;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code edit NOUN NAME}: the live manifest in the user's editor; what he changes is changed. */
@Command(
    footer = {
      "# In VISUAL or EDITOR",
      "muster edit NOUN demo",
      "# In another editor, and let the server only check it",
      "EDITOR='code --wait' muster edit NOUN demo --dry-run"
    })
public final class EditCommand extends NounCommand {
  @Mixin TargetOptions target;

  @Parameters(arity = "1", paramLabel = "NAME", description = "Which one.")
  String name;

  @Option(names = "--dry-run", description = "Let the server check it, change nothing.")
  boolean dryRun;

  public EditCommand(Noun noun) {
    super(noun);
  }

  @Override
  public ExitCode run(Session session) {
    Io io = session.io();
    Editor editor = new Editor(io);
    String live = manifest(session);
    Path file = Editor.file(name, header() + live);
    String saved = editor.edit(file);
    if (body(saved).isBlank() || body(saved).equals(body(live))) {
      delete(file);
      io.warn("Edit cancelled, no changes made.");
      return ExitCode.DONE;
    }
    WriteReply reply;
    try {
      reply =
          WriteCommand.work(session)
              .update(
                  UpdateRequest.newBuilder()
                      .setCaller(session.caller())
                      .setTarget(target.target())
                      .setKind(noun.name())
                      .setManifest(Manifest.newBuilder().setYaml(saved))
                      .setEditedFrom(live)
                      .setDryRun(dryRun)
                      .build());
    } catch (StatusRuntimeException e) {
      throw new CliFailure(
          ExitCode.of(e.getStatus().getCode()),
          "%s; what you wrote is kept in %s".formatted(sentence(e), file));
    }
    delete(file);
    io.out().println(noun.done(reply.getResource(), "edited", dryRun));
    return ExitCode.DONE;
  }

  private String manifest(Session session) {
    return StateGrpc.newBlockingStub(session.channel())
        .withDeadlineAfter(Noun.DEADLINE_SECONDS, TimeUnit.SECONDS)
        .get(
            GetRequest.newBuilder()
                .setCaller(session.caller())
                .setTarget(target.target())
                .setKind(noun.name())
                .setName(name)
                .setManifest(true)
                .build())
        .getManifestYaml();
  }

  /** Without the full stop, since more is said behind it. */
  private static String sentence(StatusRuntimeException refused) {
    String said = Cells.clean(String.valueOf(refused.getStatus().getDescription()));
    return said.endsWith(".") ? said.substring(0, said.length() - 1) : said;
  }

  private String header() {
    return """
    # %s %s as it is on the server. What you change is changed;
    # to change nothing, save nothing, or an empty file.
    #
    """
        .formatted(noun.title(), name);
  }

  /** But for comments, which are not sent in any case. */
  private static String body(String text) {
    return text.lines()
        .filter(line -> !line.startsWith("#"))
        .collect(Collectors.joining("\n"))
        .strip();
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // Nothing is lost by a file that stays in the directory for temporary ones.
    }
  }
}
