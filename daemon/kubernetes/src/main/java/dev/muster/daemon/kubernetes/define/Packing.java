package dev.muster.daemon.kubernetes.define;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.core.Caller;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.ray.LocalFiles;
import dev.muster.daemon.ray.WorkingDirectory;
import dev.muster.daemon.ray.workdir.SmallPackage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Whether the files of this machine that a RayJob needs go into a Secret beside it. */
final class Packing {
  private final Settings settings;
  private final Caller caller;
  private final ObjectNode job;
  private final List<String> warnings;

  /**
   * @param job whose entrypoint and mode stand in it already
   */
  Packing(Settings settings, Caller caller, ObjectNode job, List<String> warnings) {
    this.settings = settings;
    this.caller = caller;
    this.job = job;
    this.warnings = warnings;
  }

  /**
   * The package for the Secret; empty: there are no files, or they are sent to the cluster's own
   * package store.
   *
   * @param own whether the cluster is the job's own
   * @param manifest whether the job is somebody's own manifest
   */
  Optional<byte[]> packed(JobEnv env, boolean own, boolean manifest) {
    boolean others =
        job.path("spec").has("submitterPodTemplate") && JobFiles.mounted(job).isEmpty();
    if (others) {
      return Optional.empty();
    }
    if (env.directory() != null) {
      return directory(env.directory(), own);
    }
    return manifest || env.tree().has("working_dir") ? Optional.empty() : script();
  }

  private Optional<byte[]> directory(LocalFiles directory, boolean own) {
    Optional<byte[]> zip =
        switch (directory) {
          case WorkingDirectory d -> SmallPackage.of(d.path(), d.excludes(), JobFiles.MOST);
          default -> SmallPackage.made(directory.path(), JobFiles.MOST);
        };
    if (zip.isPresent()) {
      return zip;
    }
    String are =
        "The files of " + directory.path() + " are more than the 1 MiB that a Secret holds";
    if (own && settings.has("submission-mode")) {
      throw Failure.usage(
          are
              + ": drop --submission-mode, so that they are sent to the cluster's own package store.");
    }
    warnings.add(
        are
            + ", so they are sent to the cluster's own package store, for this one run:"
            + " muster resubmit cannot send them again.");
    return zip;
  }

  /** A script of this machine that the command names, alone. */
  private Optional<byte[]> script() {
    Path here = caller.directory();
    Optional<Path> script =
        Entrypoint.script(job.at("/spec/entrypoint").asText(""))
            .map(name -> Path.of(name).normalize())
            .filter(name -> !name.startsWith("..") && Files.isRegularFile(here.resolve(name)));
    Optional<byte[]> zip =
        script.flatMap(name -> SmallPackage.ofFile(here, name.toString(), JobFiles.MOST));
    if (zip.isPresent()) {
      warnings.add(
          script.get()
              + " is sent along with the job, and no other file of this directory; -w . sends all.");
    }
    return zip;
  }
}
