package dev.muster.proto;

import java.util.Objects;

/** The daemon cannot be used, said in one sentence for the person who typed the command. */
public final class DaemonException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public enum Kind {
    /** None is running, and the command may not start one. */
    NOT_RUNNING,
    /**
     * It was started and ended, or did not answer in time; the sentence ends with the log's path
     * and last lines.
     */
    START_FAILED,
    /** It runs and answers nobody. */
    SILENT,
    /** It speaks another protocol and could not be replaced. */
    MISMATCH,
    /** Its directory could be written to by somebody else. */
    UNSAFE
  }

  private final Kind kind;

  public DaemonException(Kind kind, String sentence) {
    super(sentence);
    this.kind = Objects.requireNonNull(kind, "kind is null");
  }

  public Kind kind() {
    return kind;
  }
}
