package dev.muster.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A bucket of Google Cloud Storage in all pods, as "gke.gcsfuse" in the file of KubeRay's plugin
 * describes it: a volume of <a
 * href="https://cloud.google.com/kubernetes-engine/docs/how-to/cloud-storage-fuse-csi-driver-ephemeral">GKE's
 * driver</a>, where it is mounted, and what the driver's container in each pod may use.
 */
final class PluginBucket {
  private static final String PATH = "gke.gcsfuse";

  /** The plugin's name for it. */
  private static final String VOLUME = "cluster-storage";

  private static final String DRIVER = "gcsfuse.csi.storage.gke.io";

  /** Each prefix of the driver's annotations, and what follows it. */
  private static final String ANNOTATION = "gke-gcsfuse/";

  /** The plugin's fields, and the driver's attributes that they are. */
  private static final Map<String, String> SWITCHES =
      Map.of(
          "disable-metrics", "disableMetrics",
          "gcsfuse-metadata-prefetch-on-mount", "gcsfuseMetadataPrefetchOnMount",
          "skip-csi-bucket-access-check", "skipCSIBucketAccessCheck");

  /** What of each resource the driver's container asks for, and may use. */
  private static final Map<String, List<String>> RESOURCES =
      Map.of(
          "cpu", List.of("cpu-request"),
          "memory", List.of("memory-limit", "memory-request"),
          "ephemeral-storage", List.of("ephemeral-storage-limit", "ephemeral-storage-request"));

  /** As Kubernetes writes amounts; nothing negative. */
  private static final Pattern QUANTITY =
      Pattern.compile("\\+?(\\d+\\.?\\d*|\\.\\d+)([numkMGTPE]|[KMGTPE]i|[eE][+-]?\\d+)?");

  private final String file;
  private final Map<String, String> attributes = new LinkedHashMap<>();
  private final Map<String, String> annotations = new LinkedHashMap<>();
  private String path = "";

  /**
   * @param file for what is said of it
   * @param fields of "gke.gcsfuse"
   * @throws CliFailure naming the field that is wrong, unknown or missing
   */
  PluginBucket(String file, Map<String, Object> fields) {
    this.file = file;
    // GKE puts the driver's container into pods that say so only; the plugin leaves that to the
    // user.
    annotations.put(ANNOTATION + "volumes", "true");
    fields.forEach(this::read);
    if (!attributes.containsKey("bucketName")) {
      throw missing("bucket-name");
    }
    if (path.isEmpty()) {
      throw missing("mount-path");
    }
  }

  private void read(String field, Object value) {
    switch (field) {
      case "bucket-name" -> attributes.put("bucketName", text(field, value));
      case "mount-path" -> path = text(field, value);
      case "mount-options" -> attributes.put("mountOptions", text(field, value));
      case "resources" -> resources(value);
      default -> {
        String attribute = SWITCHES.get(field);
        if (attribute == null) {
          throw unknown(field);
        }
        if (!(value instanceof Boolean)) {
          throw wrong(field, "is neither true nor false");
        }
        attributes.put(attribute, value.toString());
      }
    }
  }

  private void resources(Object value) {
    if (!(value instanceof Map<?, ?> amounts)) {
      throw wrong("resources", "is not a list of fields");
    }
    amounts.forEach(
        (key, amount) -> {
          String field = "resources." + key;
          List<String> names = RESOURCES.get(String.valueOf(key));
          if (names == null) {
            throw unknown(field);
          }
          String text = text(field, amount);
          if (!QUANTITY.matcher(text).matches()) {
            throw wrong(field, "is not a Kubernetes quantity such as 500m, 2 or 10Gi");
          }
          names.forEach(name -> annotations.put(ANNOTATION + name, text));
        });
  }

  Map<String, Object> volume() {
    Map<String, Object> csi = new LinkedHashMap<>();
    csi.put("driver", DRIVER);
    csi.put("volumeAttributes", attributes);
    Map<String, Object> volume = new LinkedHashMap<>();
    volume.put("name", VOLUME);
    volume.put("csi", csi);
    return volume;
  }

  Map<String, Object> mount() {
    Map<String, Object> mount = new LinkedHashMap<>();
    mount.put("name", VOLUME);
    mount.put("mountPath", path);
    return mount;
  }

  /** Of all pods. */
  Map<String, String> annotations() {
    return annotations;
  }

  private String text(String field, Object value) {
    if (value == null || value instanceof Map || value instanceof List) {
      throw wrong(field, "has no value of one word");
    }
    return value.toString();
  }

  private CliFailure missing(String field) {
    return CliFailure.usage("'%s': %s needs %s".formatted(file, PATH, field));
  }

  private CliFailure wrong(String field, String how) {
    return CliFailure.usage("'%s': %s.%s %s".formatted(file, PATH, field, how));
  }

  private CliFailure unknown(String field) {
    return CliFailure.usage(
        "'%s' has a field that is not known: %s.%s".formatted(file, PATH, field));
  }
}
