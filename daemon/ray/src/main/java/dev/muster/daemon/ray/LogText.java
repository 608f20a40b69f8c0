package dev.muster.daemon.ray;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Takes the answer <code>{"logs": "…"}</code> apart as it comes, and hands over the text as UTF-8.
 * A parser of JSON holds a text whole before it gives any of it away, three times over; a log can
 * have hundreds of megabytes, of which this holds a hundred thousand bytes: each piece costs all
 * who hand it on, so small ones are gathered as long as more of them are there.
 */
final class LogText implements Calls.ByteTaker {
  private static final int CHUNK = 1 << 17;

  private static final int PIECE = 1 << 14;

  /** The longest character in UTF-8. */
  private static final int LONGEST = 4;

  private static final byte[] BEFORE = "{\"logs\":".getBytes(StandardCharsets.US_ASCII);

  private static final char REPLACEMENT = '\uFFFD';

  private enum State {
    BEFORE,
    VALUE,
    TEXT,
    ESCAPE,
    UNICODE,
    AFTER
  }

  private final Calls.ByteTaker taker;
  private final ByteBuffer out = ByteBuffer.allocate(CHUNK);

  /** A copy of what has come: arrays cost fewer checks for each byte than buffers. */
  private final byte[] piece = new byte[PIECE];

  private State state = State.BEFORE;

  /** How many characters of what must come before the value have come, or of an escape. */
  private int seen;

  private int unit;

  /** The first half of a character that JSON writes as two; 0 for none. */
  private char half;

  LogText(Calls.ByteTaker taker) {
    this.taker = taker;
  }

  /**
   * @throws NotLogs if this is no such answer
   */
  @Override
  public void take(ByteBuffer in) throws IOException {
    while (in.hasRemaining()) {
      int count = Math.min(in.remaining(), piece.length);
      in.get(piece, 0, count);
      take(count);
    }
  }

  @Override
  public void pause() throws IOException {
    flush();
  }

  /**
   * The answer is over.
   *
   * @throws NotLogs if it was cut off
   */
  void end() throws IOException {
    flush();
    if (state != State.AFTER) {
      throw new NotLogs();
    }
  }

  /** The answer is not what it should be. */
  static final class NotLogs extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /** The first bytes of the piece. */
  private void take(int count) throws IOException {
    int at = 0;
    while (at < count) {
      if (state == State.TEXT && half == 0) {
        at = plain(at, count);
      }
      if (at < count) {
        step(piece[at++]);
      }
    }
  }

  /**
   * Nearly all of a log stands in JSON as it is: that is copied in one go.
   *
   * @return where something else begins
   */
  private int plain(int begin, int count) throws IOException {
    int end = begin;
    while (end < count && piece[end] != '"' && piece[end] != '\\') {
      end++;
    }
    int at = begin;
    while (at < end) {
      int part = Math.min(end - at, out.remaining());
      out.put(piece, at, part);
      at += part;
      room();
    }
    return end;
  }

  private void step(byte b) throws IOException {
    switch (state) {
      case BEFORE -> before(b);
      case VALUE -> value(b);
      case TEXT -> text(b);
      case ESCAPE -> escape(b);
      case UNICODE -> unicode(b);
      case AFTER -> {}
    }
  }

  private void before(byte b) throws IOException {
    if (blank(b)) {
      return;
    }
    if (b != BEFORE[seen++]) {
      throw new NotLogs();
    }
    state = seen == BEFORE.length ? State.VALUE : State.BEFORE;
  }

  /** Nothing at all is {@code null}. */
  private void value(byte b) throws IOException {
    if (blank(b)) {
      return;
    }
    state =
        switch (b) {
          case '"' -> State.TEXT;
          case 'n' -> State.AFTER;
          default -> throw new NotLogs();
        };
  }

  private void text(byte b) throws IOException {
    switch (b) {
      case '"' -> {
        endHalf();
        state = State.AFTER;
      }
      case '\\' -> state = State.ESCAPE;
      default -> {
        endHalf();
        room();
        out.put(b);
      }
    }
  }

  private void escape(byte b) throws IOException {
    if (b == 'u') {
      state = State.UNICODE;
      seen = 0;
      unit = 0;
      return;
    }
    state = State.TEXT;
    unit(
        switch (b) {
          case 'n' -> '\n';
          case 't' -> '\t';
          case 'r' -> '\r';
          case 'b' -> '\b';
          case 'f' -> '\f';
          case '"', '\\', '/' -> (char) b;
          default -> throw new NotLogs();
        });
  }

  private void unicode(byte b) throws IOException {
    int digit = Character.digit(b, 16);
    if (digit < 0) {
      throw new NotLogs();
    }
    unit = unit << 4 | digit;
    if (++seen == 4) {
      state = State.TEXT;
      unit((char) unit);
    }
  }

  private void unit(char c) throws IOException {
    if (half != 0 && Character.isLowSurrogate(c)) {
      int whole = Character.toCodePoint(half, c);
      half = 0;
      encode(whole);
      return;
    }
    endHalf();
    if (Character.isHighSurrogate(c)) {
      half = c;
    } else {
      encode(Character.isLowSurrogate(c) ? REPLACEMENT : c);
    }
  }

  /** A half that stays alone is no character. */
  private void endHalf() throws IOException {
    if (half != 0) {
      half = 0;
      encode(REPLACEMENT);
    }
  }

  private void encode(int c) throws IOException {
    room();
    if (c < 0x80) {
      out.put((byte) c);
    } else {
      out.put(Character.toString(c).getBytes(StandardCharsets.UTF_8));
    }
  }

  private void room() throws IOException {
    if (out.remaining() < LONGEST) {
      flush();
    }
  }

  private void flush() throws IOException {
    out.flip();
    if (out.hasRemaining()) {
      taker.take(out);
    }
    out.clear();
  }

  private static boolean blank(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }
}
