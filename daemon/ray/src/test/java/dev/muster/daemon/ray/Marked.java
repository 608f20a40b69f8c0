package dev.muster.daemon.ray;

import dev.muster.daemon.core.Jobs;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A reader who remembers where he was after each piece. */
final class Marked implements Jobs.LogSink {
  final List<Jobs.Bookmark> bookmarks = new ArrayList<>();
  private final ByteArrayOutputStream text = new ByteArrayOutputStream();

  String text() {
    return text.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void write(ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(copy);
    text.writeBytes(copy);
  }

  @Override
  public void write(ByteBuffer bytes, Jobs.Bookmark after) {
    bookmarks.add(after);
    write(bytes);
  }

  @Override
  public void note(String sentence) {
    bookmarks.add(new Jobs.Bookmark("note", sentence));
  }
}
