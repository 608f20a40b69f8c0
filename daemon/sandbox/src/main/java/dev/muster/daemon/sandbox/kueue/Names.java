package dev.muster.daemon.sandbox.kueue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.daemon.sandbox.store.ResourceType;
import dev.muster.daemon.sandbox.store.StoredObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/** Labels that Kueue reads and names that it makes. */
final class Names {

  static final String QUEUE = "kueue.x-k8s.io/queue-name";
  static final String PRIORITY_CLASS = "kueue.x-k8s.io/priority-class";
  static final String JOB_UID = "kueue.x-k8s.io/job-uid";
  static final String IN_USE = "kueue.x-k8s.io/resource-in-use";

  private static final int HASH = 5;
  private static final int LONGEST_PREFIX = 252 - HASH;

  private Names() {}

  /** The queue that a job names, by its label or as of old by an annotation; else empty. */
  static String queue(JsonNode object) {
    JsonNode metadata = object.path("metadata");
    String old = metadata.path("annotations").path(QUEUE).asText("");
    return metadata.path("labels").path(QUEUE).asText(old);
  }

  /** The name of a job's workload (pkg/controller/jobframework/workload_names.go). */
  static String workload(StoredObject job) {
    ResourceType type = job.type();
    String name = type.kind().toLowerCase(Locale.ROOT) + "-" + job.key().name();
    String cut = name.length() > LONGEST_PREFIX ? name.substring(0, LONGEST_PREFIX) : name;
    String text = String.join("\n", type.kind(), type.group(), job.key().name(), job.uid());
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
      return cut + "-" + HexFormat.of().formatHex(hash).substring(0, HASH);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
