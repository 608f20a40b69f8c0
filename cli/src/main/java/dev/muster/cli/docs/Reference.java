package dev.muster.cli.docs;

import dev.muster.cli.Commands;
import dev.muster.cli.Entry;
import dev.muster.cli.help.HelpText;
import dev.muster.cli.help.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes the manual's command reference of the same text that {@code --help} prints. */
public final class Reference {
  private Reference() {}

  /**
   * @param args the file to write
   */
  public static void main(String... args) throws IOException {
    Files.writeString(Path.of(args[0]), text());
  }

  static String text() {
    StringBuilder text =
        new StringBuilder(
            """
            # Command reference

            Generated from the command line's own help; do not edit.
            """);
    for (Entry entry : Commands.ALL) {
      section(text, entry.path(), HelpText.of(entry));
    }
    for (String topic : Topics.NAMES) {
      section(text, "muster help " + topic, Topics.text(topic).orElseThrow());
    }
    return text.toString();
  }

  private static void section(StringBuilder text, String title, String body) {
    text.append("\n## `").append(title).append("`\n\n```text\n").append(body).append("```\n");
  }
}
