package dev.muster.cli.daemon;

import dev.muster.cli.CliFailure;
import dev.muster.cli.ExitCode;
import dev.muster.cli.MusterCommand;
import dev.muster.cli.Session;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code daemon log}: reads the file, so that it works when no daemon does. */
@Command(
    footer = {
      "# The last fifty lines",
      "muster daemon log",
      "# Where the file is",
      "muster daemon log --path"
    })
public final class LogCommand extends MusterCommand {
  @Option(names = "--lines", paramLabel = "COUNT", description = "How many; 50 if left out.")
  int lines = 50;

  @Option(names = "--path", description = "Print where the log is instead.")
  boolean path;

  @Override
  public ExitCode run(Session session) {
    Path log = session.places().log();
    if (path) {
      session.io().out().println(log.toString());
      return ExitCode.DONE;
    }
    try {
      String text = Files.readString(log, StandardCharsets.ISO_8859_1);
      // Latin-1 keeps every byte as it is, whatever a half-written line holds.
      session.io().out().flush();
      session.io().out().asStream().write(last(text).getBytes(StandardCharsets.ISO_8859_1));
      return ExitCode.DONE;
    } catch (NoSuchFileException e) {
      throw new CliFailure(ExitCode.NOT_FOUND, "there is no log yet; it will be " + log);
    } catch (IOException e) {
      throw new CliFailure(ExitCode.FAILED, "the log %s cannot be read".formatted(log));
    }
  }

  private String last(String text) {
    int from = text.length();
    for (int left = lines; left >= 0 && from > 0; left--) {
      from = text.lastIndexOf('\n', from - 1);
    }
    return lines <= 0 ? "" : text.substring(from + 1);
  }
}
