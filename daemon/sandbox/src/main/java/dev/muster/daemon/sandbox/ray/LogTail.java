package dev.muster.daemon.sandbox.ray;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/**
 * Gives out a job's log as Ray's own tail does (ray/dashboard/modules/job/utils.py): in pieces of
 * up to ten lines or 20,000 characters, and at the end of what is there about a second of waiting.
 */
final class LogTail {

  private static final int LINES = 10;
  private static final int LENGTH = 20_000;

  private final Job job;
  private final Duration beat;

  /**
   * @param beat how long it waits for more
   */
  LogTail(Job job, Duration beat) {
    this.job = job;
    this.beat = beat;
  }

  /**
   * Sends everything from the first byte on, until the job is over and all is sent.
   *
   * @param sink says whether it wants more
   */
  void copy(Predicate<String> sink) throws IOException, InterruptedException {
    try (InputStream log = new BufferedInputStream(open(), 64 * 1024)) {
      ByteArrayOutputStream piece = new ByteArrayOutputStream();
      boolean over = false;
      boolean wanted = true;
      while (wanted && !over) {
        over = job.over();
        wanted = drain(log, piece, over, sink);
        if (wanted && !over) {
          Thread.sleep(beat);
        }
      }
    }
  }

  private InputStream open() throws IOException, InterruptedException {
    while (true) {
      try {
        return Files.newInputStream(job.log());
      } catch (NoSuchFileException e) {
        // Not started yet.
        if (job.over()) {
          return InputStream.nullInputStream();
        }
        Thread.sleep(beat);
      }
    }
  }

  /**
   * @param piece what was read and not sent yet
   */
  private static boolean drain(
      InputStream log, ByteArrayOutputStream piece, boolean over, Predicate<String> sink)
      throws IOException {
    int lines = 0;
    for (int next = log.read(); next >= 0; next = log.read()) {
      piece.write(next);
      lines += next == '\n' ? 1 : 0;
      if (next == '\n' && (lines == LINES || piece.size() > LENGTH)) {
        if (!sink.test(take(piece))) {
          return false;
        }
        lines = 0;
      }
    }
    // A character of which only the beginning was written yet waits for its rest.
    boolean torn = !over && piece.toString(StandardCharsets.UTF_8).endsWith("\uFFFD");
    return piece.size() == 0 || torn || sink.test(take(piece));
  }

  private static String take(ByteArrayOutputStream piece) {
    String text = piece.toString(StandardCharsets.UTF_8);
    piece.reset();
    return text;
  }

  /** The last ten lines, at most 20,000 characters, for the message of a job that failed. */
  static String last(Path log) throws IOException {
    byte[] end;
    try (FileChannel channel = FileChannel.open(log)) {
      channel.position(Math.max(0, channel.size() - LENGTH * 4L));
      end = Channels.newInputStream(channel).readAllBytes();
    }
    List<String> lines = new String(end, StandardCharsets.UTF_8).lines().toList();
    String text =
        String.join("\n", lines.subList(Math.max(0, lines.size() - LINES), lines.size())) + "\n";
    return text.substring(Math.max(0, text.length() - LENGTH));
  }
}
