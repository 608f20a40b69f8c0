package dev.muster.daemon.kubernetes.define;

import dev.muster.daemon.core.Failure;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Devices as Kubernetes counts them and what Ray calls them. The names are those of codeflare-sdk's
 * default mapping; "GPU" is Ray's own and is given to it as a number of its own.
 */
final class ExtendedResources {
  static final String GPU = "GPU";
  static final String NVIDIA = "nvidia.com/gpu";
  static final String TPU = "google.com/tpu";

  private static final String MAPPING = "extended-resource-mapping";
  private static final String OVERWRITE = "overwrite-default-resource-mapping";

  private static final Map<String, String> DEFAULT = new LinkedHashMap<>();

  static {
    DEFAULT.put(NVIDIA, GPU);
    DEFAULT.put("intel.com/gpu", GPU);
    DEFAULT.put("amd.com/gpu", GPU);
    DEFAULT.put("aws.amazon.com/neuroncore", "neuron_cores");
    DEFAULT.put(TPU, "TPU");
    DEFAULT.put("habana.ai/gaudi", "HPU");
    DEFAULT.put("huawei.com/Ascend910", "NPU");
    DEFAULT.put("huawei.com/Ascend310", "NPU");
  }

  private final Map<String, String> mapping = new LinkedHashMap<>(DEFAULT);

  ExtendedResources(Settings settings) {
    boolean overwrite = settings.flag(OVERWRITE).orElse(false);
    settings
        .pairs(MAPPING, Syntax::key, ExtendedResources::rayName)
        .forEach(
            (resource, ray) -> {
              if (DEFAULT.containsKey(resource) && !overwrite) {
                Settings.complain(
                    MAPPING,
                    resource,
                    "is mapped to "
                        + DEFAULT.get(resource)
                        + " already; --"
                        + OVERWRITE
                        + " allows another name");
              }
              mapping.put(resource, ray);
            });
  }

  private static Optional<String> rayName(String name) {
    return name.matches("[A-Za-z][A-Za-z0-9_.-]{0,62}")
        ? Optional.empty()
        : Optional.of("is not the name of a resource of Ray, such as GPU or TPU");
  }

  /** What Ray calls it; empty if nobody said. */
  Optional<String> ray(String resource) {
    return Optional.ofNullable(mapping.get(resource));
  }

  /**
   * What the options of one group ask for, by resource; 0 takes away what a template asks for.
   *
   * @param prefix "head" or "worker"
   */
  Map<String, Integer> asked(Settings settings, String prefix) {
    String option = prefix + "-extended-resource-requests";
    Map<String, Integer> asked = new LinkedHashMap<>();
    settings
        .pairs(option, this::known, value -> Optional.empty())
        .forEach((resource, count) -> asked.put(resource, Settings.device(option, count)));
    settings.gpus(prefix + "-gpus").ifPresent(n -> add(asked, prefix, "gpus", NVIDIA, n));
    settings.gpus(prefix + "-tpu").ifPresent(n -> add(asked, prefix, "tpu", TPU, n));
    return asked;
  }

  private static void add(
      Map<String, Integer> asked, String prefix, String option, String resource, int count) {
    Integer other = asked.put(resource, count);
    if (other != null && other != count) {
      throw new Failure(
          Failure.Kind.USAGE,
          "--%s-%s says %d and --%s-extended-resource-requests says %s=%d; drop one of them."
              .formatted(prefix, option, count, prefix, resource, other));
    }
  }

  private Optional<String> known(String resource) {
    return mapping.containsKey(resource)
        ? Optional.empty()
        : Optional.of(
            "is not known to Ray; known are "
                + String.join(", ", mapping.keySet())
                + ", and --"
                + MAPPING
                + " "
                + resource
                + "=NAME adds it");
  }
}
