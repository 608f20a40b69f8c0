package dev.muster.daemon.ray;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The last lines of what passes by, in bounded memory: of longer lines than fit, the last bytes.
 */
public final class LastLines {
  /** Bytes kept at the most; four times what 100,000 short lines need. */
  public static final int MOST = 8 << 20;

  /** For people, where there were more. */
  static final String CUT = "The lines are longer than can be kept; this is the end of them.";

  /** Handed over at once, in bytes. */
  private static final int PIECE = 1 << 18;

  private final int lines;
  private final Deque<byte[]> kept = new ArrayDeque<>();
  private final Deque<Integer> ends = new ArrayDeque<>();
  private long bytes;
  private long newlines;
  private long seen;
  private boolean cut;

  /**
   * @param lines how many
   */
  public LastLines(int lines) {
    this.lines = lines;
  }

  public void add(ByteBuffer buffer) {
    byte[] chunk = new byte[buffer.remaining()];
    buffer.get(chunk);
    seen += chunk.length;
    kept.add(chunk);
    ends.add(newlines(chunk));
    bytes += chunk.length;
    newlines += ends.getLast();
    // What comes after the first chunk has enough lines by itself, even if its last one is open.
    while (kept.size() > 1 && newlines - ends.getFirst() > lines) {
      drop();
    }
    while (kept.size() > 1 && bytes > MOST) {
      drop();
      cut = true;
    }
  }

  private void drop() {
    bytes -= kept.removeFirst().length;
    newlines -= ends.removeFirst();
  }

  private static int newlines(byte[] chunk) {
    int count = 0;
    for (byte b : chunk) {
      count += b == '\n' ? 1 : 0;
    }
    return count;
  }

  /** Whether there were more bytes in those lines than could be kept. */
  boolean isCut() {
    return cut && newlines < lines;
  }

  /**
   * Hands the last lines over, and says so if that is not all of them.
   *
   * @param sink begins where the first byte passed by; at the end it is where the last one did
   */
  public void show(Marking sink) throws IOException {
    if (isCut()) {
      sink.note(CUT);
    }
    ByteBuffer rest = last();
    LogPlace at = sink.at().plus(seen - rest.remaining());
    do { // where there is nothing to show, it is still said from where it goes on
      int count = Math.min(rest.remaining(), PIECE);
      at = at.plus(count);
      sink.write(rest.slice(rest.position(), count), at);
      rest.position(rest.position() + count);
    } while (rest.hasRemaining());
  }

  /** The last lines. */
  ByteBuffer last() {
    ByteBuffer all = ByteBuffer.allocate((int) bytes);
    kept.forEach(all::put);
    byte[] joined = all.array();
    int from = joined.length;
    int left = lines;
    // A last line that is not ended counts as one.
    for (int i = joined.length - 1; i >= 0 && left > 0; i--) {
      boolean begins = i == 0 || joined[i - 1] == '\n';
      if (begins) {
        from = i;
        left--;
      }
    }
    return ByteBuffer.wrap(joined, from, joined.length - from);
  }
}
