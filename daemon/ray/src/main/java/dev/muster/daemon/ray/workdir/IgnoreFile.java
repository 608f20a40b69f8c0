package dev.muster.daemon.ray.workdir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The rules of one .gitignore or .rayignore file; the last one that matches decides. */
record IgnoreFile(List<IgnoreRule> rules) {
  static final IgnoreFile NONE = new IgnoreFile(List.of());

  static IgnoreFile of(List<String> lines) {
    return new IgnoreFile(lines.stream().map(IgnoreRule::parse).flatMap(Optional::stream).toList());
  }

  /** Nothing is ignored where there is no such file. */
  static IgnoreFile read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return NONE;
    }
    String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    return of((text.startsWith("\uFEFF") ? text.substring(1) : text).lines().toList());
  }

  /**
   * Whether a path from this file's directory is ignored; empty if no rule speaks of it.
   *
   * @param directory whether it is one
   */
  Optional<Boolean> ignores(String path, boolean directory) {
    return rules.reversed().stream()
        .filter(rule -> rule.matches(path, directory))
        .findFirst()
        .map(rule -> !rule.keeps());
  }
}
