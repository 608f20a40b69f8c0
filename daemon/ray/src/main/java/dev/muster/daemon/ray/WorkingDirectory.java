package dev.muster.daemon.ray;

import java.nio.file.Path;

/**
 * A directory that is to be a job's working directory.
 *
 * @param path of the directory
 */
public record WorkingDirectory(Path path) {}
