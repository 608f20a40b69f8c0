package dev.muster.cli;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Text to one stream as UTF-8, gathered into large writes.
 *
 * <p>Unlike a {@link java.io.PrintStream} it notices that the reader went away, as {@code head}
 * does, or that the disk is full: every method may then throw {@link Closed}.
 */
public final class Out {
  /** Nothing more can be written. */
  public static final class Closed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Closed(IOException cause) {
      super(cause);
    }

    /**
     * Nobody reads any more, which is no error: the reader has what he wanted. The JDK has no type
     * for it, only the C library's words for EPIPE.
     */
    public boolean byReader() {
      return String.valueOf(getCause().getMessage()).contains("Broken pipe");
    }

    /** The C library's words, but for those that only a programmer understands (EBADF). */
    String why() {
      String words = String.valueOf(getCause().getMessage());
      return words.contains("Bad file descriptor") ? "it is closed" : words;
    }
  }

  private static final int CAPACITY = 1 << 16;
  private static final int LONGEST_CHARACTER = 4;

  private final OutputStream stream;
  private final byte[] buffer = new byte[CAPACITY];
  private int length;

  public Out(OutputStream stream) {
    this.stream = stream;
  }

  public Out print(String text) {
    return print(text, 0, text.length());
  }

  /** A part of a text, without making a string of it. */
  public Out print(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (length > CAPACITY - LONGEST_CHARACTER) {
        drain();
      }
      if (c < 0x80) {
        buffer[length++] = (byte) c;
      } else {
        int point = text.codePointAt(i);
        encode(point);
        i += Character.charCount(point) - 1;
      }
    }
    return this;
  }

  public Out println(String text) {
    return print(text).print("\n");
  }

  public Out spaces(int count) {
    for (int i = 0; i < count; i++) {
      if (length == CAPACITY) {
        drain();
      }
      buffer[length++] = ' ';
    }
    return this;
  }

  /** Bytes as they are, behind what was printed before, and at once. */
  public void write(byte[] bytes) {
    drain();
    send(bytes, 0, bytes.length);
    flush();
  }

  /** For libraries that write bytes. Closing it flushes this and closes nothing. */
  public OutputStream asStream() {
    return new OutputStream() {
      @Override
      public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int offset, int count) {
        drain();
        send(bytes, offset, count);
      }

      @Override
      public void flush() {
        Out.this.flush();
      }

      @Override
      public void close() {
        Out.this.flush();
      }
    };
  }

  public void flush() {
    drain();
    try {
      stream.flush();
    } catch (IOException e) {
      throw new Closed(e);
    }
  }

  private void encode(int point) {
    int shown = point >= 0xD800 && point <= 0xDFFF ? 0xFFFD : point;
    if (shown < 0x800) {
      buffer[length++] = (byte) (0xC0 | shown >> 6);
    } else {
      if (shown < 0x10000) {
        buffer[length++] = (byte) (0xE0 | shown >> 12);
      } else {
        buffer[length++] = (byte) (0xF0 | shown >> 18);
        buffer[length++] = (byte) (0x80 | (shown >> 12 & 0x3F));
      }
      buffer[length++] = (byte) (0x80 | (shown >> 6 & 0x3F));
    }
    buffer[length++] = (byte) (0x80 | (shown & 0x3F));
  }

  private void drain() {
    int count = length;
    length = 0;
    if (count > 0) {
      send(buffer, 0, count);
    }
  }

  private void send(byte[] bytes, int offset, int count) {
    try {
      stream.write(bytes, offset, count);
    } catch (IOException e) {
      throw new Closed(e);
    }
  }
}
