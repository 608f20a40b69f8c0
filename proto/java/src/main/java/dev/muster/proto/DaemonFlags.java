package dev.muster.proto;

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
          "-XX:TieredStopAtLevel=1",
          "-XX:+UseCompactObjectHeaders",
          "-Xms24m",
          "-Xmx112m",
          "-Xss512k",
          "-XX:MinHeapFreeRatio=10",
          "-XX:MaxHeapFreeRatio=25",
          "-XX:MaxDirectMemorySize=48m",
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

  private DaemonFlags() {}

  /** Prints one flag a line, for the scripts that train the AOT cache. */
  public static void main(String[] args) {
    SHIPPED.forEach(System.out::println);
  }
}
