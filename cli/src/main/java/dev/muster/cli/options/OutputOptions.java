package dev.muster.cli.options;

import dev.muster.cli.CliFailure;
import dev.muster.cli.Io;
import dev.muster.cli.Nearest;
import dev.muster.cli.output.CsvOutput;
import dev.muster.cli.output.JsonOutput;
import dev.muster.cli.output.JsonPathOutput;
import dev.muster.cli.output.LinesOutput;
import dev.muster.cli.output.NameOutput;
import dev.muster.cli.output.Output;
import dev.muster.cli.output.TableOutput;
import dev.muster.cli.output.YamlOutput;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** In which form results are printed. */
@Command
public final class OutputOptions {
  private static final List<String> FORMATS =
      List.of("table", "wide", "json", "yaml", "name", "csv", "jsonpath", "manifest");
  private static final String JSONPATH = "jsonpath=";

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description = "table, wide, json, yaml, name, csv or jsonpath=TEMPLATE.")
  String format = "table";

  @Option(names = "--no-headers", description = "Leave the line of titles out.")
  boolean noHeaders;

  /** Whether nothing but the command's usual text is asked for. */
  public boolean isText() {
    return format.equals("table") || format.equals("wide");
  }

  /** Whether the system's own object is asked for. Only a get of one resource has it. */
  public boolean isManifest() {
    return format.equals("manifest");
  }

  public boolean isJson() {
    return format.equals("json");
  }

  public boolean isCsv() {
    return format.equals("csv");
  }

  /**
   * The printer of that format.
   *
   * @throws CliFailure if there is no such format, or not for this command
   */
  public Output output(Io io) {
    if (format.startsWith(JSONPATH)) {
      return new JsonPathOutput(io.out(), format.substring(JSONPATH.length()));
    }
    return switch (format) {
      case "table", "wide" ->
          io.outTerminal()
              ? new TableOutput(io.out(), format.equals("wide"), !noHeaders)
              : new LinesOutput(io.out(), format.equals("wide"), !noHeaders);
      case "json" -> new JsonOutput(io.out());
      case "yaml" -> new YamlOutput(io.out());
      case "name" -> new NameOutput(io.out());
      case "csv" -> new CsvOutput(io.out(), !noHeaders);
      case "jsonpath" ->
          throw CliFailure.usage("-o jsonpath needs a template, such as -o jsonpath='{.state}'");
      case "manifest" ->
          throw CliFailure.usage(
              "-o manifest is for 'get' with one name, such as 'get raycluster demo'");
      default ->
          throw CliFailure.usage(
              "there is no output format '%s'%s (%s)"
                  .formatted(format, Nearest.hint(format, FORMATS), String.join(", ", FORMATS)));
    };
  }
}
