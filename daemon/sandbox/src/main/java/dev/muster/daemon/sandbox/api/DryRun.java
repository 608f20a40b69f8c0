package dev.muster.daemon.sandbox.api;

import dev.muster.daemon.sandbox.schema.Cause;

/** The option dryRun: everything is done but the writing. */
final class DryRun {

  private DryRun() {}

  static void check(Call call) {
    check(call.option("dryRun"), optionsOf(call));
  }

  /** The kind of options that a write takes. */
  static String optionsOf(Call call) {
    return switch (call.method()) {
      case "POST" -> "CreateOptions";
      case "PUT" -> "UpdateOptions";
      default -> "PatchOptions";
    };
  }

  static void check(String value, String kind) {
    if (!value.isEmpty() && !value.equals("All")) {
      throw Failures.invalidOptions(
          kind,
          new Cause(
              "dryRun",
              "FieldValueNotSupported",
              "Unsupported value: []string{\"%s\"}: supported values: \"All\"".formatted(value)));
    }
  }

  static boolean wanted(Call call) {
    return call.option("dryRun").equals("All");
  }
}
