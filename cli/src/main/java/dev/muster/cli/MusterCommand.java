package dev.muster.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/**
 * One command: its options as fields, which picocli fills, and what it does.
 *
 * <p>A failure is thrown: {@link CliFailure} by the command, a gRPC status by the daemon, and both
 * are said and turned into an exit code by {@link Muster}.
 */
public abstract class MusterCommand {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  @Option(
      names = {"-v", "--verbose"},
      description = "Say more about what goes wrong.")
  boolean verbose;

  @Option(
      names = "--no-daemon",
      description =
          "Use a daemon of its own that ends with this call; MUSTER_NO_DAEMON=1 does so too.")
  boolean noDaemon;

  public abstract ExitCode run(Session session);

  /** Adds what annotations cannot say. */
  protected void configure(CommandSpec spec) {}
}
