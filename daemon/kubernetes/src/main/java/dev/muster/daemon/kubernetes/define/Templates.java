package dev.muster.daemon.kubernetes.define;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.core.Caller;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.kubernetes.Yaml;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The tree that options are set on: a file, a name in the user's configuration directory, or what
 * is packaged.
 */
final class Templates {
  private static final String CLUSTER = "raycluster";
  private static final String JOB = "rayjob";

  /** "kubectl-ray" has the defaults of KubeRay's plugin of kubectl. */
  private static final List<String> PACKAGED = List.of(CLUSTER, JOB, "kubectl-ray");

  private Templates() {}

  /**
   * @param wanted a path (with a slash, or ending in .yaml or .yml), a name, or empty for the
   *     default
   * @throws Failure USAGE if there is none, or if it is neither a RayCluster nor an AppWrapper
   *     around one
   */
  static ObjectNode find(Caller caller, String wanted) {
    Found found = found(caller, wanted, CLUSTER);
    return checked(found.tree, found.origin);
  }

  /**
   * A RayJob, or a RayCluster that is to be the job's own.
   *
   * @throws Failure USAGE if there is none, or if it is neither
   */
  static ObjectNode job(Caller caller, String wanted) {
    Found found = found(caller, wanted, JOB);
    if (found.tree instanceof ObjectNode object && (isRayJob(object) || isRayCluster(object))) {
      return object;
    }
    String kind = found.tree.path("kind").asText("");
    throw Failure.usage(
        "The template "
            + found.origin
            + " is neither a RayJob nor a RayCluster (ray.io)"
            + (kind.isEmpty() ? "." : ", but a " + kind + "."));
  }

  private record Found(JsonNode tree, String origin) {}

  private static Found found(Caller caller, String wanted, String otherwise) {
    if (wanted.contains("/") || wanted.endsWith(".yaml") || wanted.endsWith(".yml")) {
      return read(caller.directory().resolve(wanted).normalize());
    }
    Optional<Path> directory = directory(caller);
    String name = wanted.isEmpty() ? otherwise : wanted;
    Optional<Path> own = directory.map(d -> d.resolve(name + ".yaml")).filter(Files::exists);
    if (own.isPresent()) {
      return read(own.get());
    }
    if (PACKAGED.contains(name)) {
      return packaged(name);
    }
    throw new Failure(
        Failure.Kind.USAGE,
        "There is no template \""
            + wanted
            + "\""
            + directory.map(d -> " in " + d + names(d)).orElse("")
            + "; a file is named by a path such as ./"
            + wanted
            + ".yaml.");
  }

  private static Optional<Path> directory(Caller caller) {
    String config = caller.environment().getOrDefault("XDG_CONFIG_HOME", "");
    String home = caller.environment().getOrDefault("HOME", "");
    if (!config.isEmpty()) {
      return Optional.of(Path.of(config, "muster", "templates"));
    }
    return home.isEmpty()
        ? Optional.empty()
        : Optional.of(Path.of(home, ".config", "muster", "templates"));
  }

  private static String names(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      List<String> names =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(".yaml"))
              .map(name -> name.substring(0, name.length() - ".yaml".length()))
              .sorted()
              .toList();
      return names.isEmpty() ? " (which is empty)" : " (there: " + String.join(", ", names) + ")";
    } catch (IOException e) {
      return " (which does not exist)";
    }
  }

  private static Found read(Path file) {
    try {
      return new Found(Yaml.parse(Files.readAllBytes(file), file.toString()), file.toString());
    } catch (NoSuchFileException e) {
      throw new Failure(Failure.Kind.USAGE, "There is no template file " + file + ".", e);
    } catch (IOException e) {
      throw new Failure(Failure.Kind.USAGE, "The template " + file + " cannot be read.", e);
    }
  }

  private static Found packaged(String template) {
    String name = "/templates/" + template + ".yaml";
    try (InputStream stream = Templates.class.getResourceAsStream(name)) {
      return new Found(Yaml.parse(stream.readAllBytes(), name), name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ObjectNode checked(JsonNode tree, String origin) {
    String kind = tree.path("kind").asText("");
    if (tree instanceof ObjectNode object && isRayCluster(object)) {
      return object;
    }
    if (!(tree instanceof ObjectNode object) || !kind.equals("AppWrapper")) {
      throw new Failure(
          Failure.Kind.USAGE,
          "The template "
              + origin
              + " is not a RayCluster (ray.io)"
              + (kind.isEmpty() ? "." : ", but a " + kind + "."));
    }
    if (Wrapper.template(object).isEmpty()) {
      throw new Failure(
          Failure.Kind.USAGE,
          "The template "
              + origin
              + " is an AppWrapper without a RayCluster in spec.components (v1beta2) or spec.resources.GenericItems (v1beta1).");
    }
    return object;
  }

  /** The image of the head in the template of a RayCluster that is packaged. */
  static String image() {
    return image(packaged(CLUSTER).tree.path("spec"));
  }

  /**
   * The image of the head.
   *
   * @param spec of a RayCluster
   * @return empty: it says none
   */
  static String image(JsonNode spec) {
    return spec.at("/headGroupSpec/template/spec/containers/0/image").asText("");
  }

  static boolean isRayCluster(ObjectNode tree) {
    return tree.path("kind").asText("").equals("RayCluster")
        && tree.path("apiVersion").asText("").startsWith("ray.io/");
  }

  static boolean isRayJob(ObjectNode tree) {
    return tree.path("kind").asText("").equals("RayJob")
        && tree.path("apiVersion").asText("").startsWith("ray.io/");
  }
}
