package dev.muster.daemon.ray;

import java.nio.file.Path;

/** A package that somebody made already: a {@code .zip}, or a wheel. It is sent as it is. */
public record LocalArchive(Path path) implements LocalFiles {}
