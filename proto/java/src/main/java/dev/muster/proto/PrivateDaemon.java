package dev.muster.proto;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A daemon for one command, where none may stay (containers, CI): nothing of it is left afterwards.
 *
 * @param places below one temporary directory
 */
record PrivateDaemon(Places places) implements AutoCloseable {

  static PrivateDaemon start(Map<String, String> environment) {
    try {
      Path state = Files.createTempDirectory("muster-");
      Map<String, String> own = new HashMap<>(environment);
      own.remove("XDG_RUNTIME_DIR");
      PrivateDaemon daemon = new PrivateDaemon(Places.at(state, own));
      try {
        new DaemonStarter(daemon.places(), environment).start();
      } catch (DaemonException e) {
        daemon.remove();
        throw e;
      }
      return daemon;
    } catch (IOException e) {
      throw new DaemonException(
          DaemonException.Kind.START_FAILED,
          "no temporary directory for a private daemon: " + e.getMessage());
    }
  }

  @Override
  public void close() {
    Daemons.stop(places);
    remove();
  }

  private void remove() {
    List<Path> all;
    try (Stream<Path> tree = Files.walk(places.stateDirectory())) {
      all = tree.sorted(Comparator.reverseOrder()).toList();
      for (Path path : all) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      // The system's own clean-up of temporary files takes what is left.
    }
  }
}
