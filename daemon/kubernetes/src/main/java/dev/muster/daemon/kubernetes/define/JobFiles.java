package dev.muster.daemon.kubernetes.define;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.kubernetes.Yaml;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * A RayJob's files in a Secret beside it, as codeflare-sdk 0.3x keeps them
 * (src/codeflare_sdk/ray/rayjobs): the pod that submits the job unpacks them in front of its
 * container, and that container's {@code ray job submit} hands them to the cluster. So they are
 * there each time that KubeRay submits the job, and the manifest says all of it.
 */
public final class JobFiles {
  /** What the API server takes in a Secret (MaxSecretSize in its pkg/apis/core). */
  public static final int MOST = 1 << 20;

  private static final String PACKAGE = "working_dir.zip";
  private static final String SECRET_VOLUME = "ray-job-files";
  private static final String UNPACKED_VOLUME = "unzipped-working-dir";
  private static final String PACKED = "/home/ray/files";

  /** Where they are in the pod that submits the job. */
  static final String UNPACKED = "/tmp/rayjob-working-dir";

  /** zipfile's own command line leaves the modes out. */
  private static final String UNPACK =
      """
      import os, sys, zipfile
      with zipfile.ZipFile(sys.argv[1]) as z:
          for entry in z.infolist():
              path = z.extract(entry, sys.argv[2])
              mode = entry.external_attr >> 16 & 0o777
              if mode and not entry.is_dir():
                  os.chmod(path, mode)
      """;

  private JobFiles() {}

  public static String secretName(String job) {
    return job + "-files";
  }

  /**
   * The Secret. Its owner, which takes it along when it is deleted, is known only when it is there.
   *
   * @param namespace empty: not said
   * @param zip its package
   */
  static ObjectNode secret(String job, String namespace, byte[] zip) {
    ObjectNode secret = Yaml.JSON.createObjectNode();
    secret.put("apiVersion", "v1").put("kind", "Secret");
    ObjectNode metadata = secret.putObject("metadata").put("name", secretName(job));
    if (!namespace.isEmpty()) {
      metadata.put("namespace", namespace);
    }
    metadata
        .putObject("labels")
        .put("ray.io/job-name", job)
        .put("app.kubernetes.io/managed-by", "muster")
        .put("app.kubernetes.io/component", "rayjob-files");
    secret.put("type", "Opaque");
    // As text: YAML would give bytes a tag that Kubernetes does not know.
    secret.putObject("data").put(PACKAGE, Base64.getEncoder().encodeToString(zip));
    return secret;
  }

  /**
   * Has the pod that submits the job unpack that Secret. What it reserves is what KubeRay gives it
   * by itself.
   *
   * @param image with the cluster's version of Ray; empty: not known yet
   */
  static void mount(ObjectNode spec, String job, String image) {
    ObjectNode pod = spec.putObject("submitterPodTemplate").putObject("spec");
    pod.put("restartPolicy", "Never");
    ObjectNode unpacks = container(pod.putArray("initContainers"), "unzip-working-dir", image);
    unpacks
        .putArray("command")
        .add("python3")
        .add("-c")
        .add(UNPACK)
        .add(PACKED + "/" + PACKAGE)
        .add(UNPACKED);
    ArrayNode mounts = unpacks.putArray("volumeMounts");
    mounts.addObject().put("name", SECRET_VOLUME).put("mountPath", PACKED);
    mounts.addObject().put("name", UNPACKED_VOLUME).put("mountPath", UNPACKED);
    ObjectNode submits = container(pod.putArray("containers"), "ray-job-submitter", image);
    submits
        .putArray("volumeMounts")
        .addObject()
        .put("name", UNPACKED_VOLUME)
        .put("mountPath", UNPACKED);
    ArrayNode volumes = pod.putArray("volumes");
    volumes
        .addObject()
        .put("name", SECRET_VOLUME)
        .putObject("secret")
        .put("secretName", secretName(job));
    volumes.addObject().put("name", UNPACKED_VOLUME).putObject("emptyDir");
  }

  private static ObjectNode container(ArrayNode containers, String name, String image) {
    ObjectNode container = containers.addObject().put("name", name).put("image", image);
    ObjectNode resources = container.putObject("resources");
    resources.putObject("requests").put("cpu", "500m").put("memory", "200Mi");
    resources.putObject("limits").put("cpu", "1").put("memory", "1Gi");
    return container;
  }

  /** The name of the Secret that a job's files are in; empty: it has none. */
  public static Optional<String> mounted(JsonNode job) {
    for (JsonNode volume : job.at("/spec/submitterPodTemplate/spec/volumes")) {
      if (volume.path("name").asText("").equals(SECRET_VOLUME)) {
        return Optional.of(volume.at("/secret/secretName").asText(""));
      }
    }
    return Optional.empty();
  }

  /** Says the image of a job's submitter where it is not known yet. */
  static void image(ObjectNode job, String image) {
    JsonNode pod = job.at("/spec/submitterPodTemplate/spec");
    for (String containers : List.of("initContainers", "containers")) {
      for (JsonNode container : pod.path(containers)) {
        if (container.path("image").asText("").isEmpty()) {
          ((ObjectNode) container).put("image", image);
        }
      }
    }
  }

  /** Has a job and its Secret, which were written for another name, go by this one. */
  static void rename(ObjectNode job, ObjectNode secret, String name) {
    secret.withObjectProperty("metadata").put("name", secretName(name));
    secret.withObjectProperty("metadata").withObjectProperty("labels").put("ray.io/job-name", name);
    for (JsonNode volume : job.at("/spec/submitterPodTemplate/spec/volumes")) {
      if (volume.path("name").asText("").equals(SECRET_VOLUME)) {
        ((ObjectNode) volume).withObjectProperty("secret").put("secretName", secretName(name));
      }
    }
  }

  static boolean needsImage(JsonNode job) {
    return mounted(job).isPresent()
        && job.at("/spec/submitterPodTemplate/spec/containers/0/image").asText("").isEmpty();
  }
}
