package dev.muster.cli;

import dev.muster.cli.options.TargetOptions;
import dev.muster.v1.Target;
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

  /** Whether more is to be said. */
  protected final boolean isVerbose() {
    return verbose;
  }

  private CommandSpec parsed;

  void spec(CommandSpec spec) {
    parsed = spec;
  }

  /** The kubeconfig and the context that were named; nothing where the command takes neither. */
  Target aim() {
    CommandSpec mixin = parsed == null ? null : parsed.mixins().get("target");
    Target target =
        mixin != null && mixin.userObject() instanceof TargetOptions options
            ? options.target()
            : Target.getDefaultInstance();
    return Target.newBuilder()
        .setKubeconfig(target.getKubeconfig())
        .setContext(target.getContext())
        .build();
  }

  /** Adds what annotations cannot say. */
  protected void configure(CommandSpec spec) {}
}
