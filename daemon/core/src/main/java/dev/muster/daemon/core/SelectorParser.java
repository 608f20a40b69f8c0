package dev.muster.daemon.core;

import dev.muster.daemon.core.Selector.Requirement;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a label selector from left to right. */
final class SelectorParser {
  private static final Pattern TOKEN = Pattern.compile("\\s*(==|!=|=|!|,|\\(|\\)|[^\\s=!,()]+)");
  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?");
  private static final Pattern PREFIX =
      Pattern.compile(
          "(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");

  private final String text;
  private final Matcher tokens;
  private String token;

  SelectorParser(String text) {
    this.text = text.strip();
    this.tokens = TOKEN.matcher(this.text);
    advance();
  }

  void parseInto(List<Requirement> requirements) {
    requirements.add(requirement());
    while (token.equals(",")) {
      advance();
      requirements.add(requirement());
    }
    if (!token.isEmpty()) {
      throw bad("there is a comma or an operator missing before \"" + token + "\"");
    }
  }

  private Requirement requirement() {
    if (token.equals("!")) {
      advance();
      return new Requirement(label(), false, null);
    }
    String label = label();
    switch (token) {
      case "=", "==", "!=" -> {
        boolean wanted = !token.equals("!=");
        advance();
        return new Requirement(label, wanted, Set.of(value()));
      }
      case "in", "notin" -> {
        boolean wanted = token.equals("in");
        advance();
        return new Requirement(label, wanted, values());
      }
      default -> {
        return new Requirement(label, true, null);
      }
    }
  }

  private String label() {
    String label = token;
    int slash = label.indexOf('/');
    boolean good =
        NAME.matcher(label.substring(slash + 1)).matches()
            && (slash < 0 || PREFIX.matcher(label.substring(0, slash)).matches());
    if (!good) {
      throw bad(
          label.isEmpty() ? "a label is missing at its end" : "\"" + label + "\" is no label");
    }
    advance();
    return label;
  }

  private Set<String> values() {
    if (!token.equals("(")) {
      throw bad("the values after in and notin stand in parentheses");
    }
    Set<String> values = new HashSet<>();
    do {
      advance();
      values.add(value());
    } while (token.equals(","));
    if (!token.equals(")")) {
      throw bad("a parenthesis is not closed");
    }
    advance();
    return values;
  }

  /** May be empty, as labels' values may. */
  private String value() {
    if (token.isEmpty() || token.equals(",") || token.equals(")")) {
      return "";
    }
    String value = token;
    if (!NAME.matcher(value).matches()) {
      throw bad("\"" + value + "\" is no value of a label");
    }
    advance();
    return value;
  }

  private void advance() {
    token = tokens.lookingAt() ? tokens.group(1) : "";
    tokens.region(token.isEmpty() ? text.length() : tokens.end(), text.length());
  }

  private Failure bad(String why) {
    return new Failure(
        Failure.Kind.USAGE,
        "The selector \"%s\" cannot be read: %s; write it like app=demo,tier in (a,b),!old."
            .formatted(text, why));
  }
}
