package dev.muster.daemon.ray.workdir;

import dev.muster.daemon.core.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/**
 * A zip file or wheel of somebody's own. A zip file is named after its content, as every package
 * is; a wheel keeps its name, by which pip knows what it is: as Ray's own client does.
 */
public final class MadePackage implements LocalPackage {
  private final Path made;
  private final BooleanSupplier cancelled;
  private final String digest;

  private MadePackage(Path made, BooleanSupplier cancelled) throws IOException {
    this.made = made;
    this.cancelled = cancelled;
    this.digest = read(OutputStream.nullOutputStream());
  }

  /**
   * Reads it, as a stream.
   *
   * @param cancelled asked now and then, also while it is written
   * @throws Failure USAGE if it is none, or cannot be read
   * @throws CancellationException if it was cancelled
   */
  public static MadePackage of(Path made, BooleanSupplier cancelled) {
    check(made);
    try {
      return new MadePackage(made, cancelled);
    } catch (IOException e) {
      throw unreadable(made, e);
    }
  }

  /**
   * That it can be one, by its first bytes and its name.
   *
   * @throws Failure USAGE that says what it is not
   */
  public static void check(Path made) {
    if (!Files.isRegularFile(made)) {
      throw Failure.usage("there is no file " + made + ": name one that is there.");
    }
    if (isWheel(made) && !made.getFileName().toString().matches("[A-Za-z0-9_.+!-]+")) {
      throw Failure.usage(made + " has no name that a wheel can have.");
    }
    try (InputStream in = Files.newInputStream(made)) {
      byte[] first = in.readNBytes(2);
      if (first.length < 2 || first[0] != 'P' || first[1] != 'K') {
        throw Failure.usage(made + " is no zip file.");
      }
    } catch (IOException e) {
      throw unreadable(made, e);
    }
  }

  private static boolean isWheel(Path made) {
    return made.toString().endsWith(".whl");
  }

  private static Failure unreadable(Path made, IOException e) {
    return new Failure(Failure.Kind.USAGE, made + " cannot be read: make it readable for you.", e);
  }

  @Override
  public String name() {
    return isWheel(made) ? made.getFileName().toString() : WorkingPackage.name(digest);
  }

  @Override
  public void write(Path file) {
    String written;
    try (OutputStream out = Files.newOutputStream(file)) {
      written = read(out);
    } catch (IOException e) {
      throw new Failure(
          Failure.Kind.FAILED,
          made + " cannot be copied to " + file + ": " + e.getMessage() + ".",
          e);
    }
    if (!written.equals(digest)) {
      throw new Failure(Failure.Kind.FAILED, made + " changes while it is being sent: try again.");
    }
  }

  private String read(OutputStream copy) throws IOException {
    Digest digesting = new Digest();
    byte[] buffer = new byte[WorkingPackage.BUFFER];
    try (InputStream in = Files.newInputStream(made)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        if (cancelled.getAsBoolean()) {
          throw new CancellationException("sending " + made + " was cancelled");
        }
        digesting.add(buffer, n);
        copy.write(buffer, 0, n);
      }
    }
    return digesting.hex();
  }
}
