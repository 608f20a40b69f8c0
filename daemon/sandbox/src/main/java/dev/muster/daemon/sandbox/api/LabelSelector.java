package dev.muster.daemon.sandbox.api;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The labelSelector grammar: {@code a=b,c!=d,e in (f,g),h notin (i),j,!k,l>1}. */
public final class LabelSelector {

  private static final String KEY = "[A-Za-z0-9]([-A-Za-z0-9_./]*[A-Za-z0-9])?";
  private static final Pattern SET =
      Pattern.compile("(" + KEY + ")\\s+(in|notin)\\s*\\(([^()]*)\\)");
  private static final Pattern COMPARED =
      Pattern.compile("(" + KEY + ")\\s*(==|=|!=|>|<)\\s*([-A-Za-z0-9_.]*)");
  private static final Pattern PRESENT = Pattern.compile("(!?)\\s*(" + KEY + ")");

  private LabelSelector() {}

  public static Predicate<Map<String, String>> parse(String text) {
    List<Predicate<Map<String, String>>> all = new ArrayList<>();
    for (String requirement : split(text)) {
      all.add(requirement(requirement.strip()));
    }
    return labels -> all.stream().allMatch(one -> one.test(labels));
  }

  /** Splits at the commas that are not within brackets. */
  private static List<String> split(String text) {
    List<String> parts = new ArrayList<>();
    int depth = 0;
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (c == ',' && depth == 0) {
        parts.add(text.substring(start, i));
        start = i + 1;
      }
    }
    if (!text.isBlank()) {
      parts.add(text.substring(start));
    }
    return parts;
  }

  private static Predicate<Map<String, String>> requirement(String text) {
    Matcher set = SET.matcher(text);
    if (set.matches()) {
      Set<String> values = new TreeSet<>();
      Arrays.stream(set.group(4).split(",", -1)).map(String::strip).forEach(values::add);
      String key = set.group(1);
      return set.group(3).equals("in")
          ? labels -> labels.containsKey(key) && values.contains(labels.get(key))
          : labels -> !labels.containsKey(key) || !values.contains(labels.get(key));
    }
    Matcher compared = COMPARED.matcher(text);
    if (compared.matches()) {
      return comparison(compared.group(1), compared.group(3), compared.group(4));
    }
    Matcher present = PRESENT.matcher(text);
    if (present.matches()) {
      boolean wanted = present.group(1).isEmpty();
      return labels -> labels.containsKey(present.group(2)) == wanted;
    }
    throw Failures.badRequest("unable to parse requirement: found '%s'".formatted(text));
  }

  private static Predicate<Map<String, String>> comparison(
      String key, String operator, String value) {
    return switch (operator) {
      case "!=" -> labels -> !value.equals(labels.get(key));
      case ">" -> labels -> number(labels.get(key)) > limit(value);
      case "<" -> labels -> number(labels.get(key)) < limit(value);
      default -> labels -> value.equals(labels.get(key));
    };
  }

  private static double limit(String value) {
    double limit = number(value);
    if (Double.isNaN(limit)) {
      throw Failures.badRequest(
          "for 'Gt', 'Lt' operators, the value must be an integer: \"%s\"".formatted(value));
    }
    return limit;
  }

  /** NaN, which compares with nothing, when it is none. */
  private static double number(String text) {
    try {
      return text == null ? Double.NaN : Long.parseLong(text);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }
}
