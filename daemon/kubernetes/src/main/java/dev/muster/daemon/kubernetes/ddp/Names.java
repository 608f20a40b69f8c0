package dev.muster.daemon.kubernetes.ddp;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Names of jobs: a Service and the host names of pods are made of them (RFC 1035). */
final class Names {
  /** A host name has 63 characters, and "-1234" may come behind it. */
  private static final int LONGEST = 58;

  private static final Pattern NAME = Pattern.compile("[a-z]([a-z0-9-]*[a-z0-9])?");

  private Names() {}

  /** The rule that a name breaks, as the end of a sentence; empty if it is one. */
  static Optional<String> broken(String name) {
    if (name.length() > LONGEST) {
      return Optional.of(
          "has "
              + name.length()
              + " characters; the name of a job may have "
              + LONGEST
              + ", since its pods' names are made of it");
    }
    return NAME.matcher(name).matches()
        ? Optional.empty()
        : Optional.of(
            "is not a name: use lower-case letters, digits and \"-\", beginning with a letter and"
                + " ending with a letter or digit");
  }

  /** What a job is called that has no name: after its script's file, or its module. */
  static String from(String script, String module) {
    String last =
        script == null
            ? module.substring(module.lastIndexOf('.') + 1)
            : script.substring(script.lastIndexOf('/') + 1).replaceFirst("\\.[^.]*$", "");
    String plain = last.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    String begun = plain.replaceAll("^[^a-z]+", "");
    String cut = begun.substring(0, Math.min(begun.length(), LONGEST)).replaceAll("-+$", "");
    return cut.isEmpty() ? "job" : cut;
  }
}
