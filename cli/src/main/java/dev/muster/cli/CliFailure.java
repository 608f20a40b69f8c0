package dev.muster.cli;

import java.util.Objects;

/** The command cannot be done, said in one sentence for the person who typed it. */
public final class CliFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ExitCode code;

  public CliFailure(ExitCode code, String sentence) {
    super(sentence);
    this.code = Objects.requireNonNull(code, "code is null");
  }

  /** The command line makes no sense. */
  public static CliFailure usage(String sentence) {
    return new CliFailure(ExitCode.USAGE, sentence);
  }

  public ExitCode code() {
    return code;
  }
}
