package dev.muster.daemon.sandbox.api;

import dev.muster.daemon.sandbox.store.ResourceType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The fieldSelector grammar: {@code a.b=c,d.e!=f}, with the fields that the resource supports. */
final class FieldSelector {

  private static final Pattern TERM = Pattern.compile("([^=!]+?)(==|=|!=)(.*)");

  private FieldSelector() {}

  static Predicate<Map<String, String>> parse(ResourceType type, String text) {
    List<Predicate<Map<String, String>>> all = new ArrayList<>();
    for (String part : text.isBlank() ? new String[0] : text.split(",", -1)) {
      Matcher term = TERM.matcher(part.strip());
      if (!term.matches()) {
        throw Failures.badRequest(
            "invalid selector: '%s'; can't understand '%s'".formatted(text, part));
      }
      String field = term.group(1).strip();
      boolean known = field.equals("metadata.name") || field.equals("metadata.namespace");
      if (!known && !type.fields().contains(field)) {
        throw Failures.badRequest("field label not supported: " + field);
      }
      boolean equal = !term.group(2).equals("!=");
      String value = term.group(3).strip();
      all.add(fields -> value.equals(fields.get(field)) == equal);
    }
    return fields -> all.stream().allMatch(one -> one.test(fields));
  }
}
