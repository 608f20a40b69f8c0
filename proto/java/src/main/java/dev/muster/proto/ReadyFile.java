package dev.muster.proto;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/**
 * What a running daemon says of itself beside its socket, so that a newer client can replace it
 * without a call first.
 *
 * @param pid its process
 * @param buildSeconds {@link BuildInfo#timeSeconds()}
 * @param protocol {@link BuildInfo#protocol()}
 */
public record ReadyFile(long pid, long buildSeconds, int protocol) {

  /** Empty when there is none or it cannot be understood. */
  public static Optional<ReadyFile> read(Path file) {
    try {
      List<String> lines = Files.readAllLines(file);
      return Optional.of(
          new ReadyFile(
              Long.parseLong(lines.get(0)),
              Long.parseLong(lines.get(1)),
              Integer.parseInt(lines.get(2))));
    } catch (IOException | NumberFormatException | IndexOutOfBoundsException e) {
      return Optional.empty();
    }
  }

  /** Appears whole or not at all. */
  public void write(Path file) throws IOException {
    Path temporary = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(temporary, pid + "\n" + buildSeconds + "\n" + protocol + "\n");
    Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
