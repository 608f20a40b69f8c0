package dev.muster.daemon.sandbox;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/**
 * A sandbox in a process of its own: {@code --directory DIR [--speed X]}. Writes {@code
 * DIR/kubeconfig} (user admin, context muster-sandbox) and then {@code DIR/sandbox.pid}; removes
 * both when it is told to end by SIGTERM or SIGINT. Exit code 2 for a wrong command line, 1 when it
 * cannot start, 0 otherwise, also when one is already up.
 */
public final class Main {

  private static final List<String> NAMESPACES = List.of("default", "demo");

  private Main() {}

  public static void main(String[] arguments) {
    // The schema library logs through SLF4J, which would complain that nobody listens.
    System.setProperty("slf4j.internal.verbosity", "ERROR");
    // Netty's use of it makes the JVM complain.
    System.setProperty("io.netty.noUnsafe", "true");
    SandboxOptions options;
    try {
      options = options(List.of(arguments));
    } catch (IllegalArgumentException e) {
      System.err.printf("muster-sandbox: %s; usage: --directory DIR [--speed X]%n", e.getMessage());
      System.exit(2);
      return;
    }
    try {
      run(options);
    } catch (IOException | RuntimeException e) {
      System.err.printf("muster-sandbox: it could not be started: %s%n", e.getMessage());
      System.exit(1);
    }
  }

  static SandboxOptions options(List<String> arguments) {
    Path directory = null;
    double speed = 1;
    for (Iterator<String> all = arguments.iterator(); all.hasNext(); ) {
      String option = all.next();
      if (!option.equals("--directory") && !option.equals("--speed")) {
        throw new IllegalArgumentException("unknown option \"%s\"".formatted(option));
      }
      if (!all.hasNext()) {
        throw new IllegalArgumentException("%s needs a value".formatted(option));
      }
      String value = all.next();
      try {
        if (option.equals("--directory")) {
          directory = Path.of(value);
        } else {
          speed = Double.parseDouble(value);
        }
      } catch (InvalidPathException | NumberFormatException e) {
        throw new IllegalArgumentException("%s cannot be \"%s\"".formatted(option, value), e);
      }
    }
    if (directory == null) {
      throw new IllegalArgumentException("--directory is missing");
    }
    return SandboxOptions.in(directory).withSpeed(speed);
  }

  private static void run(SandboxOptions options) throws IOException {
    Optional<RunDirectory> taken = RunDirectory.take(options.directory());
    if (taken.isEmpty()) {
      System.out.printf("The sandbox in %s is already up.%n", options.directory());
      return;
    }
    RunDirectory files = taken.get();
    CountDownLatch told = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(1);
    // Files go at the very end, so that whoever waits for sandbox.pid to vanish can start anew.
    try (files;
        Sandbox sandbox = Sandbox.start(options)) {
      NAMESPACES.forEach(sandbox::createNamespace);
      sandbox.writeKubeconfig("admin", files.kubeconfig());
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    told.countDown();
                    awaitQuietly(done);
                  },
                  "sandbox-stop"));
      files.ready(sandbox.url());
      System.out.printf(
          "A SIMULATION of a Kubernetes cluster with KubeRay is up at %s; its kubeconfig is %s.%n",
          sandbox.url(), files.kubeconfig());
      awaitQuietly(told);
    } finally {
      done.countDown();
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
