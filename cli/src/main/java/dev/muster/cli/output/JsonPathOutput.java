package dev.muster.cli.output;

import dev.muster.cli.Out;
import java.util.Map;

/**
 * Parts of the records of {@code -o json}, picked by a template as kubectl's {@code -o jsonpath}
 * takes.
 */
public final class JsonPathOutput extends TreeOutput {
  private final Out out;
  private final JsonPathTemplate template;

  /**
   * @throws dev.muster.cli.CliFailure if the template cannot be read
   */
  public JsonPathOutput(Out out, String template) {
    this.out = out;
    this.template = JsonPathTemplate.parse(template);
  }

  @Override
  void print(Map<String, Object> tree) {
    out.print(template.fill(tree));
  }
}
