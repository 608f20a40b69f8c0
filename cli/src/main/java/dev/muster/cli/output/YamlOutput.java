package dev.muster.cli.output;

import dev.muster.cli.Out;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** The records of {@code -o json} as YAML. */
public final class YamlOutput extends TreeOutput {
  private final Out out;

  public YamlOutput(Out out) {
    this.out = out;
  }

  @Override
  void print(Map<String, Object> tree) {
    out.print(yaml(tree));
  }

  /** Block style, keys in their order, no line folded. */
  public static String yaml(Object tree) {
    DumpSettings settings =
        DumpSettings.builder()
            .setDefaultFlowStyle(FlowStyle.BLOCK)
            .setDereferenceAliases(true)
            .setSplitLines(false)
            .setSchema(new CoreSchema()) // so that the text "True" is written in quotes
            .build();
    return new Dump(settings).dumpToString(tree);
  }
}
