package dev.muster.daemon.ray.workdir;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import org.apache.commons.compress.archivers.zip.UnixStat;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;

/**
 * A zip file with modes, and without anything that depends on when and where it was made. Into a
 * file, what it holds is compressed quickly, and that whose beginning does not get smaller (data,
 * archives, models) not at all: Ray's own client compresses nothing. Into a stream, which is for
 * little room, everything is compressed well.
 */
final class ZipSink implements PackageSink, AutoCloseable {
  /**
   * The same for all. The format has local times without a zone, from 1980 on; for times near that
   * the library adds a field, in some zones.
   */
  private static final LocalDateTime TIME = LocalDateTime.of(2000, 1, 1, 0, 0);

  /** What is saved must be at least this part of a beginning. */
  private static final int WORTH_ONE_IN = 10;

  private final ZipArchiveOutputStream zip;

  /** Whether entries may be stored: their sizes are written in front of them afterwards. */
  private final boolean stores;

  private final Deflater trial = new Deflater(Deflater.BEST_SPEED, true);
  private final byte[] room = new byte[1 << 14];

  /** An entry of which nothing is written; null: there is none. */
  private ZipArchiveEntry begun;

  private final long time = TIME.atZone(ZoneId.systemDefault()).toInstant().toEpochMilli();

  ZipSink(Path file) throws IOException {
    this.zip = new ZipArchiveOutputStream(file);
    this.stores = true;
    zip.setLevel(Deflater.BEST_SPEED);
  }

  ZipSink(OutputStream out) {
    this.zip = new ZipArchiveOutputStream(out);
    this.stores = false;
    zip.setLevel(Deflater.BEST_COMPRESSION);
  }

  @Override
  public void begin(PackageEntry entry) throws IOException {
    ZipArchiveEntry header = new ZipArchiveEntry(entry.name());
    header.setTime(time);
    header.setUnixMode(entry.mode() | (entry.directory() ? UnixStat.DIR_FLAG : UnixStat.FILE_FLAG));
    begun = header;
  }

  @Override
  public void bytes(byte[] buffer, int length) throws IOException {
    if (begun != null) {
      put(stores && !shrinks(buffer, length) ? ZipEntry.STORED : ZipEntry.DEFLATED);
    }
    zip.write(buffer, 0, length);
  }

  private void put(int method) throws IOException {
    begun.setMethod(method);
    zip.putArchiveEntry(begun);
    begun = null;
  }

  private boolean shrinks(byte[] buffer, int length) {
    trial.reset();
    trial.setInput(buffer, 0, length);
    trial.finish();
    long packed = 0;
    while (!trial.finished()) {
      packed += trial.deflate(room);
    }
    return length - packed >= length / WORTH_ONE_IN;
  }

  @Override
  public void end() throws IOException {
    if (begun != null) {
      put(stores ? ZipEntry.STORED : ZipEntry.DEFLATED);
    }
    zip.closeArchiveEntry();
  }

  @Override
  public void close() throws IOException {
    trial.end();
    zip.close();
  }
}
