package dev.muster.daemon.kubernetes.define;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The rules of Kubernetes for names, labels and the like: <a
 * href="https://kubernetes.io/docs/concepts/overview/working-with-objects/names/">names</a>, <a
 * href="https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/">labels</a>. Each
 * method answers with the rule that is broken, as the end of a sentence, or with nothing.
 */
public final class Syntax {
  /** KubeRay makes names of pods and services of a cluster's name, and refuses longer ones. */
  private static final int LONGEST_CLUSTER = 50;

  /**
   * KubeRay's MaxRayJobNameLength (1.5): it makes the cluster's name of the job's and six
   * characters.
   */
  private static final int LONGEST_JOB = 47;

  private static final Pattern LABEL_NAME =
      Pattern.compile("[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?");
  private static final Pattern DNS_LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
  private static final Pattern SUBDOMAIN =
      Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*");
  private static final Pattern CLUSTER = Pattern.compile("[a-z]([a-z0-9-]*[a-z0-9])?");
  private static final Pattern ENV = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]*");

  private Syntax() {}

  public static Optional<String> cluster(String name) {
    if (name.length() > LONGEST_CLUSTER) {
      return Optional.of(
          "has "
              + name.length()
              + " characters; the name of a Ray cluster may have "
              + LONGEST_CLUSTER
              + ", since KubeRay makes other names of it");
    }
    return rule(
        CLUSTER,
        name,
        "is not a name: use lower-case letters, digits and \"-\", beginning with a letter and ending with a letter or digit (RFC 1123)");
  }

  /** Of a RayJob. */
  public static Optional<String> rayJob(String name) {
    if (name.length() > LONGEST_JOB) {
      return Optional.of(
          "has "
              + name.length()
              + " characters; the name of a RayJob may have "
              + LONGEST_JOB
              + ", since KubeRay makes its cluster's name of it");
    }
    return rule(
        CLUSTER,
        name,
        "is not a name: use lower-case letters, digits and \"-\", beginning with a letter and ending with a letter or digit (RFC 1123)");
  }

  public static Optional<String> namespace(String name) {
    return rule(
        DNS_LABEL,
        name,
        "is not a namespace: use at most 63 lower-case letters, digits and \"-\", beginning and ending with a letter or digit (RFC 1123)");
  }

  /** Of a service account or a secret, for instance. */
  public static Optional<String> object(String name) {
    return name.length() > 253
        ? Optional.of("is longer than 253 characters")
        : rule(
            SUBDOMAIN,
            name,
            "is not a name: use lower-case letters, digits, \"-\" and \".\", beginning and ending with a letter or digit (RFC 1123)");
  }

  /** Of a label or an annotation: [prefix/]name. */
  static Optional<String> key(String key) {
    int slash = key.indexOf('/');
    String prefix = slash < 0 ? "" : key.substring(0, slash);
    if (slash >= 0 && (prefix.length() > 253 || !SUBDOMAIN.matcher(prefix).matches())) {
      return Optional.of("has a prefix that is not a domain name");
    }
    return rule(
        LABEL_NAME,
        key.substring(slash + 1),
        "is not a key: use at most 63 letters, digits, \"-\", \"_\" and \".\", beginning and ending with a letter or digit");
  }

  public static Optional<String> labelValue(String value) {
    return value.isEmpty()
        ? Optional.empty()
        : rule(
            LABEL_NAME,
            value,
            "is not a label's value: use at most 63 letters, digits, \"-\", \"_\" and \".\", beginning and ending with a letter or digit");
  }

  public static Optional<String> variable(String name) {
    return rule(
        ENV,
        name,
        "is not the name of an environment variable: use letters, digits, \"_\", \"-\" and \".\", not beginning with a digit");
  }

  /** Of a parameter of "ray start", without its two hyphens. */
  static Optional<String> parameter(String name) {
    return name.matches("[a-z][a-z0-9-]*")
        ? Optional.empty()
        : Optional.of("is not a parameter of ray start, such as num-cpus");
  }

  static Optional<String> host(String name) {
    return name.length() > 253
        ? Optional.of("is longer than 253 characters")
        : rule(
            SUBDOMAIN,
            name,
            "is not a host name such as ray.example.org: use lower-case letters, digits, \"-\" and \".\"");
  }

  static Optional<String> anything(String value) {
    return Optional.empty();
  }

  private static Optional<String> rule(Pattern pattern, String text, String otherwise) {
    return pattern.matcher(text).matches() ? Optional.empty() : Optional.of(otherwise);
  }
}
