package dev.muster.cli.input;

import dev.muster.cli.CliFailure;
import dev.muster.cli.Io;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** A manifest that comes through a pipe. */
public final class StandardInput {
  /** No manifest is near it; the daemon takes no message of more than 8 MiB. */
  private static final int MAX_BYTES = 4 << 20;

  private StandardInput() {}

  public static String text(Io io) {
    try {
      byte[] bytes = io.in().readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw CliFailure.usage("standard input holds more than 4 MiB, which is no manifest");
      }
      if (bytes.length == 0) {
        throw CliFailure.usage("standard input is empty; put a manifest into it");
      }
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw CliFailure.usage("standard input cannot be read: " + e.getMessage());
    }
  }
}
