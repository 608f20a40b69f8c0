package dev.muster.daemon.kubernetes.define;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The image of the containers, and the version of Ray in it, which KubeRay wants to know. */
final class Images {
  private static final Pattern VERSION_TAG =
      Pattern.compile(":(\\d+\\.\\d+\\.\\d+)(?:[-.+][^:/]*)?$");

  private Images() {}

  /** The option "image". */
  static Optional<String> checked(Settings settings) {
    return settings.checked(
        "image",
        value ->
            value.matches("[A-Za-z0-9][A-Za-z0-9._/:@-]{0,400}")
                ? Optional.empty()
                : Optional.of("is not an image such as quay.io/modh/ray:2.47.1"));
  }

  /** The version of Ray that an image's tag names. */
  static Optional<String> version(String image) {
    Matcher tag = VERSION_TAG.matcher(image);
    return tag.find() ? Optional.of(tag.group(1)) : Optional.empty();
  }

  /**
   * @param spec of the RayCluster
   * @param all its head and workers
   */
  static void set(Settings settings, ObjectNode spec, List<Group> all, List<String> warnings) {
    // ClusterConfiguration's default is an empty one: the template's.
    Optional<String> image =
        settings.text("image").orElse("").isEmpty() ? Optional.empty() : checked(settings);
    image.ifPresent(i -> all.forEach(group -> group.image(i)));
    Optional<String> version =
        settings.checked(
            "ray-version",
            value ->
                value.matches("\\d+\\.\\d+(\\.[A-Za-z0-9.+-]+)?")
                    ? Optional.empty()
                    : Optional.of("is not a version such as 2.47.1"));
    if (version.isPresent()) {
      spec.put("rayVersion", version.get());
    } else if (image.isPresent()) {
      Optional<String> tag = version(image.get());
      if (tag.isPresent()) {
        spec.put("rayVersion", tag.get());
      } else {
        warnings.add(
            "The image's tag does not say which Ray it holds; the definition says "
                + spec.path("rayVersion").asText("nothing")
                + " (--ray-version changes that).");
      }
    }
  }
}
