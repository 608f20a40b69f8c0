package dev.muster.daemon.kubernetes;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.util.StringQuotingChecker;
import dev.muster.daemon.core.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.regex.Pattern;

/** YAML and JSON trees: read with the line of a mistake, written as the same bytes every time. */
public final class Yaml {
  /** For JSON from and to servers and the cache. */
  public static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private static final YAMLMapper YAML =
      YAMLMapper.builder(YAMLFactory.builder().stringQuotingChecker(new Quoting()).build())
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
          .disable(YAMLGenerator.Feature.SPLIT_LINES)
          .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
          .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static final Pattern PROBLEM = Pattern.compile("(?m)^([a-z][^\\n]*)");
  private static final Pattern LINE = Pattern.compile("(?m)^ in [^\\n]*line (\\d+), column");

  private Yaml() {}

  /**
   * @param origin what the text came from, for the message
   * @throws Failure USAGE with origin and line; it quotes no line of the text, which can hold
   *     secrets
   */
  public static JsonNode parse(byte[] text, String origin) {
    try {
      return YAML.readTree(text);
    } catch (JsonProcessingException e) {
      throw new Failure(Failure.Kind.USAGE, sentence(e, origin));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * All documents of a text, but for empty ones.
   *
   * @param origin what the text came from, for the message
   * @throws Failure USAGE as {@link #parse} does
   */
  public static List<JsonNode> documents(byte[] text, String origin) {
    try (MappingIterator<JsonNode> all = YAML.readerFor(JsonNode.class).readValues(text)) {
      return all.readAll().stream().filter(tree -> !isEmpty(tree)).toList();
    } catch (JsonProcessingException e) {
      throw new Failure(Failure.Kind.USAGE, sentence(e, origin));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The parser's answer for nothing between two markers is an empty text. */
  private static boolean isEmpty(JsonNode tree) {
    return tree.isNull() || tree.isMissingNode() || (tree.isTextual() && tree.asText().isEmpty());
  }

  /** A tree as YAML; fields in the order in which they were set. */
  public static String write(JsonNode tree) {
    try {
      return YAML.writeValueAsString(tree);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A tree as JSON on one line. */
  public static String json(JsonNode tree) {
    try {
      return JSON.writeValueAsString(tree);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** JSON that we wrote or that a server sent. */
  public static JsonNode fromJson(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String sentence(JsonProcessingException e, String origin) {
    JsonLocation location = e.getLocation();
    if (e.getMessage() != null && e.getMessage().contains("FAIL_ON_TRAILING_TOKENS")) {
      return origin + " holds more than one document; give one at a time.";
    }
    // The parser's own text: what it was doing, where, a piece of the file, what is wrong, where,
    // another piece. The pieces can hold secrets; they are indented, and the sentences are not.
    String said = String.valueOf(e.getOriginalMessage());
    String problem = last(PROBLEM, said);
    String line = last(LINE, said);
    if (line.isEmpty() && location != null) {
      line = Integer.toString(location.getLineNr());
    }
    return origin
        + (line.isEmpty() ? "" : ", line " + line)
        + ": this is not valid YAML"
        + (problem.isEmpty() ? "" : " (" + problem.strip() + ")")
        + ".";
  }

  private static String last(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .reduce((first, last) -> last)
        .map(match -> match.group(1))
        .orElse("");
  }

  /**
   * Quotes whatever some YAML reader could take for something else than text: "1e3", "12:30", "no",
   * "2026-01-01".
   */
  private static final class Quoting extends StringQuotingChecker {
    private static final long serialVersionUID = 1L;

    private static final Pattern PLAIN =
        Pattern.compile(
            "[A-Za-z_][A-Za-z0-9_./@-]*(:[A-Za-z0-9_./@-]+)*|[0-9]+[mkMGTPE]i?|\\d+(\\.\\d+){2}");

    @Override
    public boolean needToQuoteName(String name) {
      return needToQuoteValue(name);
    }

    @Override
    public boolean needToQuoteValue(String value) {
      return !PLAIN.matcher(value).matches() || isReservedKeyword(value);
    }
  }
}
