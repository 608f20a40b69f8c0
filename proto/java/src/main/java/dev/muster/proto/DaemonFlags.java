package dev.muster.proto;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The JVM flags that the daemon is shipped with. The AOT cache is trained with exactly these; with
 * others it is ignored (JEP 514), so there is one list.
 */
public final class DaemonFlags {
  /** A small fixed heap: rows live in H2's file, not on the heap. */
  public static final List<String> SHIPPED =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:+UseCompactObjectHeaders",
          "-Xms24m",
          "-Xmx112m",
          "-Xss512k",
          "-XX:MinHeapFreeRatio=10",
          "-XX:MaxHeapFreeRatio=25",
          "-XX:MaxDirectMemorySize=48m",
          "-XX:TrimNativeHeapInterval=30000",
          "-XX:ReservedCodeCacheSize=48m",
          "-XX:+ExitOnOutOfMemoryError",
          "-XX:-UsePerfData",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow",
          "-Djava.awt.headless=true",
          "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
          "-Dio.netty.allocator.numDirectArenas=1",
          "-Dio.netty.allocator.numHeapArenas=1",
          "-Dio.netty.allocator.maxOrder=5");

  /** Beside musterd.jar: what the optimizing compiler is for, in the JVM's own format (JEP 165). */
  private static final String DIRECTIVES = "musterd-compiler.json";

  private DaemonFlags() {}

  /**
   * How the JVM compiles: quickly and small, but for ciphers and digests, which cost forty times as
   * much without the optimizing compiler. An installation without its directives does without it.
   *
   * @param library where musterd.jar lies
   */
  static List<String> compilers(Path library) {
    Path directives = library.resolve(DIRECTIVES);
    return Files.isReadable(directives)
        ? List.of("-XX:+UnlockDiagnosticVMOptions", "-XX:CompilerDirectivesFile=" + directives)
        : List.of("-XX:TieredStopAtLevel=1");
  }

  /** Whether the JVM says this line because of our flags; there is none to keep it silent. */
  static boolean saysWith(String line) {
    return line.endsWith(" compiler directives added");
  }
}
