package dev.muster.daemon.app.answers;

import dev.muster.daemon.core.Caller;
import dev.muster.daemon.core.Failure;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Manifests and patches where a caller has them: in a file of his directory, or in his hands. */
final class Manifests {
  /** No manifest of a person is larger; etcd refuses 1.5 MiB. */
  private static final long MAX_BYTES = 2 << 20;

  private Manifests() {}

  /**
   * @param text the whole of it
   * @param origin where it came from, for error messages
   */
  record Text(String text, String origin) {}

  /**
   * One of the three; the text before the file before the name.
   *
   * @param file in the caller's directory
   * @param name of which there is a NAME.yaml in the caller's directory
   */
  static Text of(Caller caller, String file, String text, String name) {
    if (!text.isEmpty()) {
      return new Text(text, "standard input");
    }
    if (file.isEmpty() && name.isEmpty()) {
      throw new Failure(
          Failure.Kind.USAGE, "there is no manifest: name a file, or pipe one in with -f -");
    }
    String path = file.isEmpty() ? name + ".yaml" : file;
    return new Text(read(caller.directory().resolve(path), path), path);
  }

  /**
   * @param typed the file as it was named
   */
  static String read(Path file, String typed) {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new Failure(Failure.Kind.USAGE, file + " is larger than 2 MiB: that is no manifest");
      }
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new Failure(Failure.Kind.USAGE, typed + " is not there", e);
    } catch (IOException e) {
      throw new Failure(
          Failure.Kind.USAGE,
          "%s cannot be read: %s"
              .formatted(
                  file,
                  e instanceof CharacterCodingException
                      ? "it is not text in UTF-8"
                      : e.getMessage()),
          e);
    }
  }
}
