package dev.muster.proto;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Which build this is. Both processes carry it, and every call does.
 *
 * @param version of the product, as {@code muster version} prints it
 * @param commit short id of the commit that was built; "unknown" outside a checkout
 * @param timeSeconds when that commit was made, seconds since the epoch; 0 when unknown. A client
 *     with a larger one replaces the daemon
 * @param protocol of the contract; two processes with different ones do not talk
 */
public record BuildInfo(String version, String commit, long timeSeconds, int protocol) {
  /** Raised when an older client could misread an answer or an older daemon a request. */
  public static final int PROTOCOL = 1;

  private static final String RESOURCE = "muster-build.properties";

  /** This process' own. */
  public static BuildInfo current() {
    return Holder.CURRENT;
  }

  /** Of the program in a jar; empty if there is none to be read. */
  static Optional<BuildInfo> of(Path jar) {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      ZipEntry entry = zip.getEntry(RESOURCE);
      if (entry == null) {
        return Optional.empty();
      }
      try (InputStream in = zip.getInputStream(entry)) {
        return Optional.of(read(in));
      }
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  static BuildInfo read(InputStream properties) throws IOException {
    Properties p = new Properties();
    p.load(properties);
    String time = p.getProperty("time", "0");
    long seconds = time.chars().allMatch(Character::isDigit) ? Long.parseLong(time) : 0;
    return new BuildInfo(
        p.getProperty("version"), p.getProperty("commit", "unknown"), seconds, PROTOCOL);
  }

  private static final class Holder {
    private static final BuildInfo CURRENT = load();

    private static BuildInfo load() {
      try (InputStream in = BuildInfo.class.getResourceAsStream("/" + RESOURCE)) {
        return read(in);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
