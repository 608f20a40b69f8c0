package dev.muster.daemon.core;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What can be done with jobs beyond what can be done with every resource. All methods may block for
 * as long as a remote call may take, and throw {@link Failure} with a sentence for the user.
 */
public interface Jobs {
  /**
   * Submits a job, and answers when the system has taken it.
   *
   * @param progress told of what takes time; may be told nothing
   */
  Submitted submit(
      Caller caller, Target target, Submission what, Progress progress, Cancellation cancellation);

  /**
   * Stops it without deleting it; of what is over, nothing happens.
   *
   * @return the row as it is now
   */
  Row stop(Caller caller, Target target, String kind, String name);

  /** Runs again what is over or suspended, as it was submitted. */
  Row resubmit(Caller caller, Target target, String kind, String name);

  /**
   * Hands over what a job prints. With {@link LogQuery#follow} it returns when the job is over and
   * its last line was handed over; "over" is what the job's status says, never the end of a stream.
   *
   * @return the row as it was then
   */
  Row logs(Caller caller, Target target, LogQuery query, LogSink sink, Cancellation cancellation)
      throws IOException;

  /**
   * What is to run.
   *
   * @param kind "job" or "rayjob"
   * @param name of the definition or of the job to be; may be empty with a command
   * @param settings options by long kebab-case name, each with its values as typed
   * @param command what was typed behind {@code --}; empty: a definition or a manifest says it
   * @param file a definition or manifest in the caller's directory; empty: NAME.job.yaml (job) or
   *     NAME.yaml (rayjob) if there is no command and no text
   * @param text the same, which the caller has read
   */
  record Submission(
      String kind,
      String name,
      Map<String, List<String>> settings,
      List<String> command,
      String file,
      String text,
      boolean dryRun) {}

  /**
   * @param row of the job; null with a dry run
   * @param manifest what would have been sent, as YAML, with a dry run; else empty
   * @param dashboard where it can be looked at; empty if there is no way that people can open
   * @param warnings for people, on standard error
   */
  record Submitted(Row row, String manifest, String dashboard, List<String> warnings) {}

  /**
   * Which part of what is printed.
   *
   * @param since only what was printed so recently; null: all. Where the system keeps no times of
   *     lines, a failure says so
   * @param tail only so many last lines; -1: all
   * @param rank of a distributed job's pod; -1: all ranks, each line with its rank in front
   * @param pod by name; empty for all
   * @param bookmarks of a reader who was cut off, the last one of each part: what he has is not
   *     handed over again
   */
  record LogQuery(
      String kind,
      String name,
      boolean follow,
      Duration since,
      int tail,
      int rank,
      String pod,
      Map<String, String> bookmarks) {

    /** For a reader who has nothing yet. */
    public LogQuery(
        String kind, String name, boolean follow, Duration since, int tail, int rank, String pod) {
      this(kind, name, follow, since, tail, rank, pod, Map.of());
    }
  }

  /**
   * How far a reader is in a log, so that he can be cut off and go on.
   *
   * @param part of a log that has several (attempts, pods); may be empty
   * @param at where it goes on, in words that only its source understands
   */
  record Bookmark(String part, String at) {}

  /** Where a log goes. */
  interface LogSink {
    /** Blocks while the reader is slow. The bytes may be overwritten when this returns. */
    void write(ByteBuffer bytes) throws IOException;

    /**
     * The same, for readers who may want to go on after it; a few MiB at most.
     *
     * @param after how far the reader is with these bytes
     */
    default void write(ByteBuffer bytes, Bookmark after) throws IOException {
      write(bytes);
    }

    /** Something about the log that is not of it: a gap, a reconnection. For standard error. */
    void note(String sentence);
  }

  /** How far it is. */
  @FunctionalInterface
  interface Progress {
    /**
     * @param phase such as "zipping DIR" or "sending"
     * @param total 0: not known
     */
    void at(String phase, long doneBytes, long totalBytes);
  }
}
