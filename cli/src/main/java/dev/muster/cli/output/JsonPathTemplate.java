package dev.muster.cli.output;

import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.InvalidPathException;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.JsonPathException;
import com.jayway.jsonpath.Option;
import dev.muster.cli.CliFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The template language of {@code kubectl -o jsonpath}
 * (https://kubernetes.io/docs/reference/kubectl/jsonpath/): text as it stands, {@code {.a.b}} for
 * values, several of them with a space between, {@code {"\n"}} for escapes, and {@code {range
 * .items[*]}...{end}}. A path that leads nowhere gives nothing.
 */
final class JsonPathTemplate {
  private static final Configuration CONFIGURATION =
      Configuration.builder()
          .jsonProvider(new TreeProvider())
          .options(Option.ALWAYS_RETURN_LIST, Option.SUPPRESS_EXCEPTIONS)
          .build();

  private sealed interface Part {}

  private record Text(String text) implements Part {}

  private record Value(JsonPath path) implements Part {}

  private record Range(JsonPath path, List<Part> body) implements Part {}

  private final String template;
  private int at;
  private final List<Part> parts;

  private JsonPathTemplate(String template) {
    this.template = template;
    this.parts = parts(false);
  }

  static JsonPathTemplate parse(String template) {
    return new JsonPathTemplate(template);
  }

  String fill(Map<String, Object> tree) {
    StringBuilder text = new StringBuilder();
    fill(parts, tree, text);
    return text.toString();
  }

  private static void fill(List<Part> parts, Object tree, StringBuilder text) {
    for (Part part : parts) {
      switch (part) {
        case Text literal -> text.append(literal.text());
        case Value value ->
            text.append(
                String.join(
                    " ", read(value.path(), tree).stream().map(JsonPathTemplate::shown).toList()));
        case Range range ->
            read(range.path(), tree).forEach(element -> fill(range.body(), element, text));
      }
    }
  }

  private static List<Object> read(JsonPath path, Object tree) {
    List<Object> found = path.read(tree, CONFIGURATION);
    return found == null ? List.of() : found;
  }

  private static String shown(Object value) {
    return switch (value) {
      case null -> "";
      case Map<?, ?> map -> Json.compact(map);
      case List<?> list -> Json.compact(list);
      default -> value.toString();
    };
  }

  private List<Part> parts(boolean inRange) {
    List<Part> found = new ArrayList<>();
    while (at < template.length()) {
      int open = template.indexOf('{', at);
      if (open != at) {
        int end = open < 0 ? template.length() : open;
        found.add(new Text(template.substring(at, end)));
        at = end;
        continue;
      }
      String inside = inside();
      if (inside.equals("end")) {
        if (!inRange) {
          throw bad("{end} without {range}");
        }
        return found;
      }
      found.add(
          inside.startsWith("range ")
              ? new Range(path(inside.substring("range ".length()).strip()), parts(true))
              : part(inside));
    }
    if (inRange) {
      throw bad("{range} without {end}");
    }
    return found;
  }

  /** What is between braces; a quoted brace does not end it. */
  private String inside() {
    int start = ++at;
    char quote = 0;
    for (; at < template.length(); at++) {
      char c = template.charAt(at);
      if (quote == 0 && c == '}') {
        return template.substring(start, at++).strip();
      }
      if (quote != 0 && c == '\\') {
        at++;
      } else if (c == quote) {
        quote = 0;
      } else if (quote == 0 && (c == '"' || c == '\'')) {
        quote = c;
      }
    }
    throw bad("a '{' is not closed");
  }

  private Part part(String inside) {
    boolean quoted =
        inside.length() > 1
            && (inside.charAt(0) == '"' || inside.charAt(0) == '\'')
            && inside.charAt(inside.length() - 1) == inside.charAt(0);
    return quoted
        ? new Text(unescaped(inside.substring(1, inside.length() - 1)))
        : new Value(path(inside));
  }

  private JsonPath path(String typed) {
    String path = typed;
    if (path.startsWith("@")) {
      path = "$" + path.substring(1);
    } else if (path.startsWith(".") || path.startsWith("[")) {
      path = "$" + path;
    } else if (!path.startsWith("$")) {
      path = "$." + path;
    }
    path = path.equals("$.") ? "$" : path;
    try {
      return JsonPath.compile(path);
    } catch (InvalidPathException e) {
      throw bad("'" + typed + "' is no path");
    } catch (JsonPathException | IllegalArgumentException e) {
      throw bad("'" + typed + "' is no path");
    }
  }

  private static String unescaped(String text) {
    return text.replace("\\n", "\n").replace("\\t", "\t").replace("\\\"", "\"");
  }

  private CliFailure bad(String why) {
    return CliFailure.usage("-o jsonpath: %s in %s".formatted(why, template));
  }
}
