package dev.muster.daemon.kubernetes.operations;

import dev.muster.daemon.core.Failure;
import java.util.Optional;
import java.util.regex.Pattern;

/** Names go into paths: they may not be able to leave their place there. */
final class Names {
  private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?");

  private Names() {}

  /** The rule that it breaks, as the end of a sentence. */
  static Optional<String> broken(String name) {
    return NAME.matcher(name).matches()
        ? Optional.empty()
        : Optional.of("is not a name: use lower-case letters, digits and \"-\" (RFC 1123)");
  }

  static String checked(String name) {
    Optional<String> broken = broken(name);
    if (broken.isPresent()) {
      throw new Failure(Failure.Kind.USAGE, "\"" + name + "\" " + broken.get() + ".");
    }
    return name;
  }
}
