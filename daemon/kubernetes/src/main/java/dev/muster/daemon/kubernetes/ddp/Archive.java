package dev.muster.daemon.kubernetes.ddp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDateTime;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** The files that go with a job's pods, as a zip; small enough to be held whole. */
public final class Archive {
  /** No files. */
  public static final Archive NONE = new Archive(new byte[0]);

  /** The first day that a zip can tell. */
  private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  private final byte[] bytes;

  private Archive(byte[] bytes) {
    this.bytes = bytes;
  }

  /** One that somebody else has made. */
  public static Archive zip(byte[] bytes) {
    return new Archive(bytes.clone());
  }

  /**
   * Packs a few files: the same files give the same bytes.
   *
   * @param files by their paths in it
   */
  public static Archive of(Map<String, byte[]> files) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> file : new TreeMap<>(files).entrySet()) {
        ZipEntry entry = new ZipEntry(file.getKey());
        entry.setTimeLocal(TIME);
        zip.putNextEntry(entry);
        zip.write(file.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Archive(bytes.toByteArray());
  }

  /** In bytes. */
  int size() {
    return bytes.length;
  }

  String base64() {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
