package dev.muster.truth.check;

/**
 * Something that muster told and that was not so.
 *
 * @param what the question that was answered so
 * @param sentence what was told, and what is true
 */
public record Lie(Kind kind, String what, String sentence) {
  /** What is wrong with it. */
  public enum Kind {
    /** No version of the object was ever so. */
    INVENTED,
    /** A newer version had been told longer ago than is admitted. */
    STALE,
    /** It says that it was true at a time at which nobody looked. */
    MISDATED,
    /** An earlier answer, or the reader's own write, was newer. */
    WENT_BACK,
    /** A change that could be seen was not told. */
    LOST,
    /** The same was told twice. */
    DOUBLED,
    /** A wait ended in a way that the server's story does not bear out. */
    UNFULFILLED
  }

  @Override
  public String toString() {
    return kind + " in " + what + ": " + sentence;
  }
}
