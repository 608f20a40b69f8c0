package dev.muster.daemon.sandbox.net;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What a pod's container has printed, in a file with one line each: the time in RFC 3339, a space,
 * the text. One thread writes; many may read.
 */
public final class PodLog implements AutoCloseable {

  /**
   * One line.
   *
   * @param text without the line's end
   */
  public record Line(Instant time, String text) {

    /** As a kubelet gives it out when it is asked for timestamps. */
    public String stamped() {
      return time + " " + text;
    }

    static Line parse(String stamped) {
      int space = stamped.indexOf(' ');
      return new Line(Instant.parse(stamped.substring(0, space)), stamped.substring(space + 1));
    }
  }

  /** Gives the lines from the first on. For one thread. */
  public interface Lines extends AutoCloseable {

    /**
     * The next line, null after the last one. While the container runs, one that follows waits for
     * more.
     *
     * @throws InterruptedException when the waiting thread is told to end
     */
    Line next() throws IOException, InterruptedException;

    @Override
    void close() throws IOException;
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition more = lock.newCondition();
  private final Path file;
  private long written;
  private boolean over;

  /** Begins a log in that file, which is made. */
  public PodLog(Path file) throws IOException {
    this.file = file;
    Files.write(file, new byte[0]);
  }

  /** Adds a line. */
  public void add(Line line) throws IOException {
    lock.lock();
    try {
      Files.writeString(
          file, line.stamped() + "\n", StandardCharsets.UTF_8, StandardOpenOption.APPEND);
      written++;
      more.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The container has ended: no line comes any more. */
  @Override
  public void close() {
    lock.lock();
    try {
      over = true;
      more.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Whether more may come. */
  public boolean running() {
    lock.lock();
    try {
      return !over;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Reads the log from its first line.
   *
   * @param follow whether to wait for what is still to come
   */
  public Lines lines(boolean follow) throws IOException {
    return new Reading(Files.newBufferedReader(file, StandardCharsets.UTF_8), follow);
  }

  /** Whether a line after that many is there, waiting for it while it may still come. */
  private boolean reaches(long line, boolean follow) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (follow && !over && written <= line) {
        more.await();
      }
      return written > line;
    } finally {
      lock.unlock();
    }
  }

  private final class Reading implements Lines {
    private final BufferedReader reader;
    private final boolean follow;
    private long read;

    private Reading(BufferedReader reader, boolean follow) {
      this.reader = reader;
      this.follow = follow;
    }

    @Override
    public Line next() throws IOException, InterruptedException {
      if (!reaches(read, follow)) {
        return null;
      }
      read++;
      return Line.parse(reader.readLine());
    }

    @Override
    public void close() throws IOException {
      reader.close();
    }
  }
}
