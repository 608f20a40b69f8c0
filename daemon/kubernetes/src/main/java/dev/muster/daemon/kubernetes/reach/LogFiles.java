package dev.muster.daemon.kubernetes.reach;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.core.Cancellation;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.core.Registration;
import dev.muster.daemon.kubernetes.kinds.Meta;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.function.Consumer;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** Copies the log files of a cluster's nodes, which Ray keeps in its session's directory. */
final class LogFiles {
  private static final String LOGS = "/tmp/ray/session_latest/logs";

  /** What tar ends with when a file grew while it was read, as logs do. */
  private static final int CHANGED = 1;

  private final Reach.Place place;
  private final Path directory;
  private final Consumer<String> listener;
  private final Cancellation cancellation;

  /**
   * @param directory gets a folder for each pod
   * @param listener told of each pod
   */
  LogFiles(
      Reach.Place place, Path directory, Consumer<String> listener, Cancellation cancellation) {
    this.place = place;
    this.directory = directory;
    this.listener = listener;
    this.cancellation = cancellation;
  }

  /**
   * @param nodes "all", "head" or "worker"
   * @return how many files were written
   * @throws Failure if there is no pod, or none gave any
   */
  int collect(String cluster, String nodes) {
    List<ObjectNode> pods =
        place.clusters().pods(cluster, nodes).stream().filter(Clusters::runs).toList();
    if (pods.isEmpty()) {
      throw new Failure(
          Failure.Kind.NO_ANSWER,
          "There are no logs of the RayCluster "
              + cluster
              + " in the namespace "
              + place.namespace()
              + ": no "
              + (nodes.equals("all") ? "" : nodes + " ")
              + "pod of it runs.");
    }
    int files = 0;
    String last = "";
    for (ObjectNode pod : pods) {
      if (cancellation.isCancelled()) {
        return files;
      }
      try {
        int copied = copy(pod);
        files += copied;
        listener.accept(
            Meta.name(pod) + ": " + copied + (copied == 1 ? " file" : " files") + " copied");
      } catch (Failure | IOException e) {
        last = Meta.name(pod) + ": not copied: " + e.getMessage();
        listener.accept(last);
      }
    }
    if (files == 0 && !last.isEmpty()) {
      throw new Failure(
          Failure.Kind.FAILED, "No log was copied. " + last.replaceFirst("\\.$", "") + ".");
    }
    return files;
  }

  private int copy(ObjectNode pod) throws IOException {
    Path root = directory.resolve(Meta.name(pod)).toAbsolutePath().normalize();
    PodCommand command =
        PodCommand.run(
            place.client().get(),
            place.namespace(),
            Meta.name(pod),
            pod.at("/spec/containers/0/name").asText(),
            List.of("tar", "-cf", "-", "-C", LOGS, "."));
    Registration registration = cancellation.onCancel(command::close);
    try (command) {
      int files = unpack(command, root);
      int code = command.finish();
      if (code > CHANGED) {
        throw new IOException(
            command.complaint().isEmpty() ? "tar ended with " + code : command.complaint());
      }
      return files;
    } finally {
      registration.close();
    }
  }

  /** Only directories and files, and only below the root: what a pod sends is not trusted. */
  private static int unpack(PodCommand command, Path root) throws IOException {
    int files = 0;
    TarArchiveInputStream tar = new TarArchiveInputStream(command);
    for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
      Path path = root.resolve(entry.getName()).normalize();
      if (!path.startsWith(root)) {
        throw new IOException("its archive names a file outside of it");
      }
      if (entry.isDirectory()) {
        Files.createDirectories(path);
      } else if (entry.isFile() && !entry.isSymbolicLink() && !entry.isLink()) {
        Files.createDirectories(path.getParent());
        Files.copy(tar, path, StandardCopyOption.REPLACE_EXISTING);
        files++;
      }
    }
    return files;
  }
}
