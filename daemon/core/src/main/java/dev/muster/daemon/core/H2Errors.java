package dev.muster.daemon.core;

import java.sql.SQLException;
import java.util.Set;
import org.h2.api.ErrorCode;

/**
 * What an error of the database means for a cache that can be thrown away. The codes are those of
 * {@code org.h2.api.ErrorCode}.
 */
final class H2Errors {
  /**
   * What can happen to statements that are right in a database that is whole. All else (not only
   * the store's own codes: what is damaged can come out as a number that is none) means that it is
   * not.
   */
  private static final Set<Integer> NOT_ITS_FAULT =
      Set.of(
          ErrorCode.DATABASE_ALREADY_OPEN_1,
          ErrorCode.VALUE_TOO_LONG_2,
          ErrorCode.NULL_NOT_ALLOWED,
          ErrorCode.OUT_OF_MEMORY,
          ErrorCode.LOCK_TIMEOUT_1,
          ErrorCode.DEADLOCK_1,
          ErrorCode.CONCURRENT_UPDATE_1,
          ErrorCode.STATEMENT_WAS_CANCELED);

  private H2Errors() {}

  /** Another process has the file open. */
  static boolean inUse(SQLException error) {
    return error.getErrorCode() == ErrorCode.DATABASE_ALREADY_OPEN_1;
  }

  /**
   * The file, or the store that was opened from it, cannot be used any more: nothing that was asked
   * of it is at fault.
   */
  static boolean broken(SQLException error) {
    return !NOT_ITS_FAULT.contains(error.getErrorCode());
  }

  /** For what is read back and cannot have been written. */
  static SQLException damaged(RuntimeException cause) {
    return new SQLException(
        "a row is damaged: " + cause.getMessage(), null, ErrorCode.FILE_CORRUPTED_1, cause);
  }

  /** The error in one line: what H2 appends (the statement) is of no use to people. */
  static String sentence(Exception error) {
    String text = error instanceof SQLException ? error.getMessage() : error.toString();
    return text == null
        ? error.getClass().getSimpleName()
        : text.lines().findFirst().orElse("").replaceFirst("; SQL statement:.*", "");
  }
}
