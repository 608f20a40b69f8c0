package dev.muster.proto;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the Java 25 that the daemon runs on. */
public final class JavaRuntime {
  private JavaRuntime() {}

  /**
   * The first {@code java} of version 25 or newer: MUSTER_JAVA_HOME, a runtime shipped beside the
   * daemon, JAVA_HOME, what lies in /usr/lib/jvm, then PATH.
   */
  public static Optional<Path> find(Map<String, String> environment, Path library) {
    List<Path> homes = new ArrayList<>();
    add(homes, environment.get("MUSTER_JAVA_HOME"));
    if (library != null) {
      homes.add(library.resolve("runtime"));
    }
    add(homes, environment.get("JAVA_HOME"));
    try (Stream<Path> installed = Files.list(Path.of("/usr/lib/jvm"))) {
      installed.sorted().forEach(homes::add);
    } catch (IOException e) {
      // none installed there
    }
    for (String entry : environment.getOrDefault("PATH", "").split(":", -1)) {
      if (entry.startsWith("/") && Files.isExecutable(Path.of(entry, "java"))) {
        try {
          homes.add(Path.of(entry, "java").toRealPath().getParent().getParent());
        } catch (IOException e) {
          // a dangling link
        }
      }
    }
    return homes.stream()
        .filter(JavaRuntime::isNewEnough)
        .map(home -> home.resolve("bin/java"))
        .findFirst();
  }

  private static void add(List<Path> homes, String home) {
    if (home != null && !home.isEmpty()) {
      homes.add(Path.of(home));
    }
  }

  /** By the {@code release} file that every JDK has, which names JAVA_VERSION="25.0.1". */
  static boolean isNewEnough(Path home) {
    Path release = home.resolve("release");
    if (!Files.isExecutable(home.resolve("bin/java")) || !Files.isReadable(release)) {
      return false;
    }
    try (Stream<String> lines = Files.lines(release)) {
      return lines
          .filter(line -> line.startsWith("JAVA_VERSION=\""))
          .map(line -> line.substring("JAVA_VERSION=\"".length()).split("[.\"-]", 2)[0])
          .anyMatch(major -> major.matches("\\d+") && Integer.parseInt(major) >= 25);
    } catch (IOException | java.io.UncheckedIOException e) {
      return false;
    }
  }
}
