package dev.muster.daemon.kubernetes.contexts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.kubernetes.Yaml;
import dev.muster.daemon.kubernetes.contexts.Kubeconfig.Entry;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reads kubeconfig files and keeps the parsed copies for as long as the file is the same by time,
 * size and inode, or else by content.
 */
final class KubeconfigReader {
  /** Two writes within one tick of a file system's clock leave the same stamp. */
  private static final Duration TICK = Duration.ofSeconds(2);

  private record Stamp(FileTime modified, long size, Object inode) {}

  private record Read(Stamp stamp, Instant at, byte[] content, Kubeconfig kubeconfig) {}

  private final Map<Path, Read> copies = new ConcurrentHashMap<>();

  /**
   * @throws Failure USAGE naming the file, and the line where there is one
   */
  Kubeconfig read(Path file) {
    try {
      Instant now = Instant.now();
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      Stamp stamp =
          new Stamp(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
      Read copy = copies.get(file);
      if (copy != null
          && copy.stamp.equals(stamp)
          && stamp.modified.toInstant().plus(TICK).isBefore(copy.at)) {
        return copy.kubeconfig;
      }
      byte[] content = Files.readAllBytes(file);
      Kubeconfig kubeconfig =
          copy != null && Arrays.equals(copy.content, content)
              ? copy.kubeconfig
              : parse(file, content);
      copies.put(file, new Read(stamp, now, content, kubeconfig));
      return kubeconfig;
    } catch (NoSuchFileException e) {
      throw new Failure(Failure.Kind.USAGE, "There is no kubeconfig file " + file + ".", e);
    } catch (AccessDeniedException e) {
      throw new Failure(
          Failure.Kind.USAGE, "The kubeconfig file " + file + " may not be read by you.", e);
    } catch (IOException e) {
      throw new Failure(
          Failure.Kind.USAGE,
          "The kubeconfig file " + file + " cannot be read: " + e.getMessage() + ".",
          e);
    }
  }

  static Kubeconfig parse(Path file, byte[] content) {
    JsonNode root = Yaml.parse(content, file.toString());
    if (root.isMissingNode() || root.isNull()) {
      return new Kubeconfig(List.of(file), Map.of(), Map.of(), Map.of(), "");
    }
    if (!root.isObject()) {
      throw new Failure(
          Failure.Kind.USAGE,
          file + " is not a kubeconfig: it does not begin with names and values.");
    }
    return new Kubeconfig(
        List.of(file),
        entries(file, root, "clusters", "cluster"),
        entries(file, root, "users", "user"),
        entries(file, root, "contexts", "context"),
        root.path("current-context").asText(""));
  }

  private static Map<String, Entry> entries(Path file, JsonNode root, String list, String body) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    JsonNode nodes = root.path(list);
    if (!nodes.isMissingNode() && !nodes.isNull() && !nodes.isArray()) {
      throw new Failure(
          Failure.Kind.USAGE, file + " is not a kubeconfig: \"" + list + "\" is not a list.");
    }
    for (JsonNode node : nodes) {
      String name = node.path("name").asText("");
      if (name.isEmpty()) {
        throw new Failure(
            Failure.Kind.USAGE,
            file + " is not a kubeconfig: an entry of \"" + list + "\" has no name.");
      }
      entries.putIfAbsent(name, new Entry(file, node.path(body)));
    }
    return entries;
  }
}
