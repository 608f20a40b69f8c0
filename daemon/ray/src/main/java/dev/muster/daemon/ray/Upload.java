package dev.muster.daemon.ray;

import dev.muster.daemon.core.Cancellation;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.ray.workdir.LocalPackage;
import dev.muster.daemon.ray.workdir.MadePackage;
import dev.muster.daemon.ray.workdir.WorkingPackage;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * Brings files of this machine to where Ray's nodes find them. The package is asked for by name
 * first; only what the server does not have is packed, into a temporary file, and sent from there.
 */
final class Upload {
  private static final String PACKAGES = "/api/packages/gcs/";

  /** What Ray says of a package that is too large, at its web server's limit and at its store's. */
  private static final Pattern TOO_LARGE =
      Pattern.compile("(?is).*(maximum request body size|exceeds the maximum size|too ?large).*");

  private final Calls calls;
  private final Cancellation cancellation;

  Upload(Calls calls, Cancellation cancellation) {
    this.calls = calls;
    this.cancellation = cancellation;
  }

  /** The URI that a runtime environment names it by. */
  String send(LocalFiles files, RayJobs.Progress progress) {
    LocalPackage packed =
        switch (files) {
          case WorkingDirectory d ->
              WorkingPackage.of(d.path(), d.excludes(), cancellation::isCancelled);
          case LocalModule m ->
              WorkingPackage.ofModule(m.path(), m.excludes(), cancellation::isCancelled);
          case LocalArchive a -> MadePackage.of(a.path(), cancellation::isCancelled);
        };
    if (!isThere(packed.name())) {
      try {
        Path file = Files.createTempFile("muster-package-", ".zip");
        try {
          packed.write(file);
          put(files, packed.name(), file, progress);
        } finally {
          Files.deleteIfExists(file);
        }
      } catch (IOException e) {
        throw new Failure(
            Failure.Kind.FAILED,
            "the package of " + files.path() + " cannot be kept: " + e.getMessage() + ".",
            e);
      }
    }
    return "gcs://" + packed.name();
  }

  private boolean isThere(String name) {
    Calls.Answer answer = calls.get(PACKAGES + name, cancellation);
    if (answer.status() == 404 && answer.text().contains("does not exist")) {
      return false;
    }
    answer.orFail();
    return true;
  }

  private void put(LocalFiles files, String name, Path file, RayJobs.Progress progress)
      throws IOException {
    long size = Files.size(file);
    CountedBody body = new CountedBody(BodyPublishers.ofFile(file), progress);
    Calls.Answer answer =
        calls.send(
            "PUT",
            PACKAGES + name,
            new Calls.Load("application/octet-stream", body, body::sent),
            cancellation);
    if (answer.status() == 413 || TOO_LARGE.matcher(answer.text()).matches()) {
      throw new Failure(
          Failure.Kind.FAILED,
          "Ray does not take the package of "
              + files.path()
              + " ("
              + Words.size(size)
              + "): "
              + Traceback.lastLine(answer.text())
              + "."
              + (Files.isDirectory(files.path())
                  ? " Name what the job does not need in "
                      + files.path().resolve(".rayignore")
                      + "."
                  : ""),
          new RayError(answer.status(), answer.text()));
    }
    answer.orFail();
  }
}
