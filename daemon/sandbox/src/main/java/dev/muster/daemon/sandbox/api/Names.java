package dev.muster.daemon.sandbox.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.daemon.sandbox.schema.Cause;
import dev.muster.daemon.sandbox.store.ResourceType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/** The rules for names and labels, in the words of k8s.io/apimachinery/pkg/util/validation. */
public final class Names {

  private static final String LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
  private static final Pattern RFC1123_LABEL = Pattern.compile(LABEL);
  private static final Pattern RFC1123_SUBDOMAIN = Pattern.compile(LABEL + "(\\." + LABEL + ")*");
  private static final Pattern RFC1035_LABEL = Pattern.compile("[a-z]([-a-z0-9]*[a-z0-9])?");
  private static final Pattern QUALIFIED =
      Pattern.compile("(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])");
  private static final String RANDOM = "bcdfghjklmnpqrstvwxz2456789";

  private Names() {}

  /** Five random characters of the alphabet that generateName uses. */
  public static String suffix() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 5; i++) {
      text.append(RANDOM.charAt(ThreadLocalRandom.current().nextInt(RANDOM.length())));
    }
    return text.toString();
  }

  static List<Cause> check(ResourceType type, String name) {
    String field = "metadata.name";
    if (name.isEmpty()) {
      return List.of(Cause.required(field, "name or generateName is required"));
    }
    List<Cause> causes = new ArrayList<>();
    boolean label = type.equals(ResourceType.NAMESPACES);
    boolean dns1035 = type.equals(ResourceType.SERVICES);
    int limit = label || dns1035 ? 63 : 253;
    String quoted = "\"" + name + "\"";
    if (name.length() > limit) {
      causes.add(Cause.invalid(field, quoted, "must be no more than " + limit + " characters"));
    }
    if (label && !RFC1123_LABEL.matcher(name).matches()) {
      causes.add(
          Cause.invalid(
              field,
              quoted,
              "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or"
                  + " '-', and must start and end with an alphanumeric character (e.g. 'my-name', "
                  + " or '123-abc', regex used for validation is '"
                  + LABEL
                  + "')"));
    } else if (dns1035 && !RFC1035_LABEL.matcher(name).matches()) {
      causes.add(
          Cause.invalid(
              field,
              quoted,
              "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start"
                  + " with an alphabetic character, and end with an alphanumeric character (e.g."
                  + " 'my-name',  or 'abc-123', regex used for validation is '"
                  + RFC1035_LABEL
                  + "')"));
    } else if (!RFC1123_SUBDOMAIN.matcher(name).matches()) {
      causes.add(
          Cause.invalid(
              field,
              quoted,
              "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters,"
                  + " '-' or '.', and must start and end with an alphanumeric character (e.g."
                  + " 'example.com', regex used for validation is '"
                  + RFC1123_SUBDOMAIN
                  + "')"));
    }
    return causes;
  }

  static List<Cause> checkOwners(JsonNode owners) {
    List<Cause> causes = new ArrayList<>();
    for (JsonNode owner : owners) {
      for (String field : List.of("apiVersion", "kind", "name", "uid")) {
        if (owner.path(field).asText("").isEmpty()) {
          String what = field.equals("apiVersion") ? "version" : field;
          causes.add(
              Cause.invalid(
                  "metadata.ownerReferences." + field, "\"\"", what + " must not be empty"));
        }
      }
    }
    return causes;
  }

  static List<Cause> checkLabels(Map<String, String> labels) {
    List<Cause> causes = new ArrayList<>();
    labels.forEach(
        (key, value) -> {
          if (!QUALIFIED.matcher(key.substring(key.indexOf('/') + 1)).matches()) {
            causes.add(
                Cause.invalid(
                    "metadata.labels",
                    "\"" + key + "\"",
                    "name part must consist of alphanumeric characters, '-', '_' or '.', and must"
                        + " start and end with an alphanumeric character (e.g. 'MyName',  or"
                        + " 'my.name',  or '123-abc', regex used for validation is"
                        + " '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')"));
          }
          if (value.length() > 63) {
            causes.add(
                Cause.invalid(
                    "metadata.labels", "\"" + value + "\"", "must be no more than 63 characters"));
          }
          if (!value.isEmpty() && !QUALIFIED.matcher(value).matches()) {
            causes.add(
                Cause.invalid(
                    "metadata.labels",
                    "\"" + value + "\"",
                    "a valid label must be an empty string or consist of alphanumeric characters,"
                        + " '-', '_' or '.', and must start and end with an alphanumeric character"
                        + " (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for"
                        + " validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')"));
          }
        });
    return causes;
  }
}
