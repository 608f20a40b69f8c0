package dev.muster.daemon.ray.workdir;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.apache.commons.compress.archivers.zip.UnixStat;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;

/** A zip file with modes, and without anything that depends on when and where it was made. */
final class ZipSink implements PackageSink, AutoCloseable {
  /**
   * The same for all. The format has local times without a zone, from 1980 on; for times near that
   * the library adds a field, in some zones.
   */
  private static final LocalDateTime TIME = LocalDateTime.of(2000, 1, 1, 0, 0);

  private final ZipArchiveOutputStream zip;
  private final long time = TIME.atZone(ZoneId.systemDefault()).toInstant().toEpochMilli();

  ZipSink(Path file) throws IOException {
    this.zip = new ZipArchiveOutputStream(file);
  }

  @Override
  public void begin(PackageEntry entry) throws IOException {
    ZipArchiveEntry header = new ZipArchiveEntry(entry.name());
    header.setTime(time);
    header.setUnixMode(entry.mode() | (entry.directory() ? UnixStat.DIR_FLAG : UnixStat.FILE_FLAG));
    zip.putArchiveEntry(header);
  }

  @Override
  public void bytes(byte[] buffer, int length) throws IOException {
    zip.write(buffer, 0, length);
  }

  @Override
  public void end() throws IOException {
    zip.closeArchiveEntry();
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
