package dev.muster.cli.raycluster;

import dev.muster.cli.CliFailure;

/** A name that may be given by its place or by an option. */
final class Names {
  private Names() {}

  /** Empty if neither is given. */
  static String one(String positional, String option) {
    if (!positional.isEmpty() && !option.isEmpty() && !positional.equals(option)) {
      throw CliFailure.usage(
          "two names are given, '%s' and --name '%s'; leave one out".formatted(positional, option));
    }
    return positional.isEmpty() ? option : positional;
  }
}
