package dev.muster.daemon.ray;

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
  public static final String CUT =
      "The lines are longer than can be kept; this is the end of them.";

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

  /** How many bytes passed by. */
  public long seen() {
    return seen;
  }

  /** Whether there were more bytes in those lines than could be kept. */
  public boolean isCut() {
    return cut && newlines < lines;
  }

  /** The last lines. */
  public ByteBuffer last() {
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
