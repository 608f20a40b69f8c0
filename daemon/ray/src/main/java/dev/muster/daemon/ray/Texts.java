package dev.muster.daemon.ray;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.muster.daemon.core.Failure;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Reads files and texts that users wrote; what is wrong with one is said by its name and line. */
final class Texts {
  private static final YAMLMapper YAML =
      YAMLMapper.builder(
              YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static final Pattern LINE = Pattern.compile("line:? (\\d+), column");

  private Texts() {}

  static String read(Path file, String what) {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw Failure.usage("there is no " + what + " " + file + ": name a file that is there.");
    } catch (IOException e) {
      throw new Failure(
          Failure.Kind.USAGE, "the " + what + " " + file + " cannot be read: " + why(e) + ".", e);
    }
  }

  /**
   * YAML, of which JSON is a part. The sentence about a mistake quotes nothing of the text: it can
   * hold secrets.
   *
   * @param origin what the text came from, for the sentence
   */
  static JsonNode parse(String text, String origin) {
    try {
      return YAML.readTree(text);
    } catch (JsonProcessingException e) {
      String said = String.valueOf(e.getMessage());
      if (said.contains("FAIL_ON_TRAILING_TOKENS")) {
        throw Failure.usage(origin + " holds more than one document: give one.");
      }
      String what =
          said.startsWith("Duplicate field")
              ? ": a field stands there for the second time."
              : ": this is neither YAML nor JSON.";
      throw Failure.usage(origin + ", line " + line(said) + what);
    }
  }

  /** The last place that the parser names is where it gave up. */
  private static String line(String said) {
    return LINE.matcher(said)
        .results()
        .reduce((first, last) -> last)
        .map(place -> place.group(1))
        .orElse("1");
  }

  private static String why(IOException e) {
    return switch (e) {
      case AccessDeniedException denied -> "permission denied";
      case CharacterCodingException binary -> "it is no text in UTF-8";
      default -> String.valueOf(e.getMessage());
    };
  }
}
