package dev.muster.daemon.sandbox.schema;

/**
 * One thing wrong with an object, as the details of a 422 name it.
 *
 * @param field for example {@code spec.workerGroupSpecs[0].replicas}
 * @param reason for example {@code FieldValueRequired}
 * @param message without the field
 */
public record Cause(String field, String reason, String message) {

  public static Cause required(String field, String detail) {
    return new Cause(
        field,
        "FieldValueRequired",
        detail.isEmpty() ? "Required value" : "Required value: " + detail);
  }

  public static Cause invalid(String field, String value, String detail) {
    return new Cause(field, "FieldValueInvalid", "Invalid value: %s: %s".formatted(value, detail));
  }

  public static Cause forbidden(String field, String detail) {
    return new Cause(field, "FieldValueForbidden", "Forbidden: " + detail);
  }

  public String text() {
    return field + ": " + message;
  }
}
