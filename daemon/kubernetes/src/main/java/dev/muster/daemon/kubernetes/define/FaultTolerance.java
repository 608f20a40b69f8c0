package dev.muster.daemon.kubernetes.define;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.core.Failure;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A head that survives its pod, with its state in Redis: <a
 * href="https://docs.ray.io/en/latest/cluster/kubernetes/user-guides/kuberay-gcs-ft.html">GCS fault
 * tolerance</a>.
 */
final class FaultTolerance {
  private static final String ENABLE = "enable-gcs-ft";
  private static final String ADDRESS = "redis-address";
  private static final String SECRET = "redis-password-secret";
  private static final String NAMESPACE = "external-storage-namespace";

  private FaultTolerance() {}

  /**
   * @param spec of the RayCluster
   */
  static void set(Settings settings, ObjectNode spec) {
    if (!settings.flag(ENABLE).orElse(false)) {
      for (String option : List.of(ADDRESS, SECRET, NAMESPACE)) {
        if (settings.has(option)) {
          throw new Failure(Failure.Kind.USAGE, "--" + option + " needs --" + ENABLE + ".");
        }
      }
      if (settings.has(ENABLE)) {
        spec.remove("gcsFaultToleranceOptions");
      }
      return;
    }
    Optional<String> address =
        settings.checked(
            ADDRESS,
            value ->
                value.matches("\\S+")
                    ? Optional.empty()
                    : Optional.of("is not an address such as redis:6379"));
    if (address.isEmpty()) {
      throw new Failure(
          Failure.Kind.USAGE, "--" + ENABLE + " needs --" + ADDRESS + ", such as redis:6379.");
    }
    ObjectNode options = spec.withObjectProperty("gcsFaultToleranceOptions");
    options.put("redisAddress", address.get());
    Map<String, String> secret =
        settings.pairs(
            SECRET,
            key ->
                key.matches("name|key") ? Optional.empty() : Optional.of("is neither name nor key"),
            Syntax::anything);
    if (!secret.isEmpty()) {
      if (secret.size() != 2) {
        throw new Failure(
            Failure.Kind.USAGE, "--" + SECRET + " needs both, name=SECRET,key=KEY in it.");
      }
      Syntax.object(secret.get("name"))
          .ifPresent(broken -> Settings.complain(SECRET, secret.get("name"), broken));
      ObjectNode reference =
          options.putObject("redisPassword").putObject("valueFrom").putObject("secretKeyRef");
      reference.put("name", secret.get("name")).put("key", secret.get("key"));
    }
    settings
        .checked(NAMESPACE, value -> value.isBlank() ? Optional.of("is empty") : Optional.empty())
        .ifPresent(namespace -> options.put("externalStorageNamespace", namespace));
  }
}
