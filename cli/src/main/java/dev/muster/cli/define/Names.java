package dev.muster.cli.define;

import dev.muster.cli.CliFailure;

/** A name that may be given by its place or by an option. */
public final class Names {
  private Names() {}

  /** Empty if neither is given. */
  public static String one(String positional, String option) {
    if (!positional.isEmpty() && !option.isEmpty() && !positional.equals(option)) {
      throw CliFailure.usage(
          "two names are given, '%s' and --name '%s'; leave one out".formatted(positional, option));
    }
    return positional.isEmpty() ? option : positional;
  }
}
