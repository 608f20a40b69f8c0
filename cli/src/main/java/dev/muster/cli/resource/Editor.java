package dev.muster.cli.resource;

import dev.muster.cli.CliFailure;
import dev.muster.cli.ExitCode;
import dev.muster.cli.Io;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** The user's own editor: VISUAL, else EDITOR, else vi on a terminal. */
final class Editor {
  private final Io io;

  Editor(Io io) {
    this.io = io;
  }

  /** A file of that text which nobody else can read. */
  static Path file(String name, String text) {
    try {
      Path file =
          Files.createTempFile(
              "muster-edit-" + name + "-",
              ".yaml",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw CliFailure.usage("no file to edit can be made: " + e.getMessage());
    }
  }

  /**
   * Lets the user edit the file; answers with what he saved.
   *
   * @throws CliFailure if there is no editor, or it failed
   */
  String edit(Path file) {
    String command = command();
    try {
      // A shell, since EDITOR may have options: "code --wait".
      int code =
          new ProcessBuilder("sh", "-c", command + " \"$1\"", "sh", file.toString())
              .directory(io.directory().toFile())
              .inheritIO()
              .start()
              .waitFor();
      if (code != 0) {
        throw new CliFailure(
            ExitCode.FAILED,
            "the editor '%s' ended with %d; nothing was changed, and the text is kept in %s"
                .formatted(command, code, file));
      }
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new CliFailure(
          ExitCode.FAILED, "the editor '%s' did not work: %s".formatted(command, e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CliFailure(ExitCode.INTERRUPTED, "interrupted; the text is kept in " + file);
    }
  }

  private String command() {
    for (String variable : new String[] {"VISUAL", "EDITOR"}) {
      String command = io.environment().getOrDefault(variable, "").strip();
      if (!command.isEmpty()) {
        return command;
      }
    }
    if (!io.inTerminal() || !io.outTerminal()) {
      throw CliFailure.usage(
          "'edit' needs a terminal, or an editor in EDITOR that needs none; 'patch' and 'apply' need neither");
    }
    return "vi";
  }
}
