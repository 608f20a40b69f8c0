package dev.muster.daemon.sandbox.api;

import dev.muster.daemon.sandbox.schema.Cause;
import dev.muster.daemon.sandbox.store.ExpiredException;
import dev.muster.daemon.sandbox.store.ResourceType;
import dev.muster.daemon.sandbox.store.Snapshot;
import dev.muster.daemon.sandbox.store.Store;

/**
 * The options resourceVersion and resourceVersionMatch of a read.
 *
 * @param text empty, {@code 0} or a version
 * @param match empty, {@code Exact} or {@code NotOlderThan}
 */
record ListVersion(String text, String match) {

  static ListVersion of(Call call) {
    return new ListVersion(call.option("resourceVersion"), call.option("resourceVersionMatch"));
  }

  /** Whatever is at hand will do. */
  boolean any() {
    return text.equals("0");
  }

  long number() {
    try {
      return text.isEmpty() ? 0 : Long.parseUnsignedLong(text);
    } catch (NumberFormatException e) {
      throw Failures.badRequest(
          "invalid resource version: resourceVersion: Invalid value: \"%s\": strconv.ParseUint: parsing \"%s\": invalid syntax"
              .formatted(text, text));
    }
  }

  void check(String continueToken) {
    if (!continueToken.isEmpty() && !text.isEmpty() && !any()) {
      throw Failures.badRequest("specifying resource version is not allowed when using continue");
    }
    if (match.isEmpty()) {
      return;
    }
    if (!match.equals("Exact") && !match.equals("NotOlderThan")) {
      throw Failures.invalidOptions(
          "ListOptions",
          new Cause(
              "resourceVersionMatch",
              "FieldValueNotSupported",
              "Unsupported value: \"%s\": supported values: \"Exact\", \"NotOlderThan\", \"\""
                  .formatted(match)));
    }
    String wrong =
        text.isEmpty()
            ? "resourceVersionMatch is forbidden unless resourceVersion is provided"
            : !continueToken.isEmpty()
                ? "resourceVersionMatch is forbidden when continue is provided"
                : match.equals("Exact") && any()
                    ? "resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\""
                    : "";
    if (!wrong.isEmpty()) {
      throw Failures.invalidOptions("ListOptions", Cause.forbidden("resourceVersionMatch", wrong));
    }
  }

  void checkNotAhead(Store store) {
    long current = store.version();
    if (number() > current) {
      throw Failures.versionTooLarge(number(), current);
    }
  }

  /** The present, unless an exact moment of the past is asked for. */
  Snapshot read(Store store, ResourceType type, String namespace) {
    if (!match.equals("Exact")) {
      return store.list(type, namespace);
    }
    try {
      return store.listAt(type, namespace, number());
    } catch (ExpiredException e) {
      throw Failures.expired("The provided resource version is too old: " + text);
    }
  }
}
