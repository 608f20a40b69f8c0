package dev.muster.daemon.ray;

import dev.muster.daemon.core.Cancellation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * Ray's job API as one dashboard serves it. Every method blocks, and throws a {@link
 * dev.muster.daemon.core.Failure} with a sentence for the user: NO_ANSWER when the dashboard cannot
 * be reached, NOT_LOGGED_IN or FORBIDDEN when it wants another token, EXISTS, NOT_FOUND, USAGE or
 * FAILED with the last line of Ray's traceback. Safe for many threads.
 */
public interface RayJobs {
  /** Such as "2.60.0". */
  String version();

  /** Every job that it knows, drivers too. */
  List<RayJob> list();

  /** By submission id or job id. */
  Optional<RayJob> get(String id);

  /** The id that it has from now on. */
  String submit(RaySubmission submission);

  /** False: it was over already. */
  boolean stop(String id);

  /** Only of what is over. */
  boolean delete(String id);

  /**
   * What the job has printed so far.
   *
   * @param from what the reader has already, which is passed over
   */
  void logs(String id, LogPlace from, LogSink sink) throws IOException;

  /**
   * What the job prints, as it comes, until the job is over and its last byte was handed over: over
   * broken connections no byte is lost or repeated. Where a log was begun anew in between, the sink
   * gets a note and the new one from its beginning. Returns at once when it is cancelled.
   *
   * @param from what the reader has already, which is passed over
   */
  void follow(String id, LogPlace from, LogSink sink, Cancellation cancellation) throws IOException;

  /**
   * Sends files of this machine as a package unless the server has it, and answers with its URI.
   * Ray forgets a package that no job names within ten minutes.
   *
   * @param progress told bytes sent and bytes in all; nothing if the server has it
   * @throws java.util.concurrent.CancellationException when it is cancelled
   */
  String upload(LocalFiles files, Progress progress, Cancellation cancellation);

  /** Where a log goes. Blocks while the reader is slow. */
  @FunctionalInterface
  interface LogSink {
    void write(ByteBuffer bytes) throws IOException;

    /**
     * The same, for who wants to go on after it.
     *
     * @param after how far the reader is with these bytes
     */
    default void write(ByteBuffer bytes, LogPlace after) throws IOException {
      write(bytes);
    }

    /** Something about the log that is not of it, for people: a gap, a lost connection. */
    default void note(String sentence) {}
  }

  /** How far something is, in bytes. */
  @FunctionalInterface
  interface Progress {
    void at(long done, long total);
  }
}
