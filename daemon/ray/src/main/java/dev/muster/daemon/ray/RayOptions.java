package dev.muster.daemon.ray;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.daemon.core.Failure;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what a user typed for the fields of a {@link RaySubmission}. Each method takes the option's
 * name as the user knows it, and throws a failure of the kind USAGE that says what is wrong with
 * it.
 */
public final class RayOptions {
  /** Ray keeps a job's log in a file "job-driver-ID.log"; names of files have 255 bytes. */
  private static final int LONGEST_ID = 200;

  private static final Pattern AMOUNT =
      Pattern.compile("(\\d{1,18}(?:\\.\\d{1,9})?)(m|[kKMGTPE]i?|e\\d{1,2})?");

  private static final List<String> UNITS = List.of("k", "M", "G", "T", "P", "E");

  private RayOptions() {}

  /** CPUs or GPUs: "2", "0.5", "500m". */
  public static Double number(String option, String text) {
    Matcher matcher = AMOUNT.matcher(text.strip());
    if (!matcher.matches() || (matcher.group(2) != null && !matcher.group(2).equals("m"))) {
      throw Failure.usage(
          option + ": \"" + text + "\" is not a number of them: write 2, 0.5 or 500m.");
    }
    BigDecimal number = new BigDecimal(matcher.group(1));
    return (matcher.group(2) == null ? number : number.movePointLeft(3)).doubleValue();
  }

  /** Bytes: "4Gi", "500M", "1e9", "1000000"; what is less than a byte counts as one. */
  public static Long memory(String option, String text) {
    Matcher matcher = AMOUNT.matcher(text.strip());
    if (!matcher.matches() || "m".equals(matcher.group(2))) {
      throw badMemory(option, text);
    }
    BigDecimal bytes =
        new BigDecimal(matcher.group(1))
            .multiply(factor(matcher.group(2)))
            .setScale(0, RoundingMode.CEILING);
    if (bytes.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
      throw badMemory(option, text);
    }
    return bytes.longValueExact();
  }

  /** Custom resources: {"TPU": 4}. */
  public static Map<String, Double> resources(String option, String text) {
    Map<String, Double> resources = new LinkedHashMap<>();
    object(option, text, "{\"TPU\": 4}")
        .properties()
        .forEach(
            entry -> {
              if (!entry.getValue().isNumber() || entry.getValue().doubleValue() < 0) {
                throw Failure.usage(
                    option + ": " + entry.getKey() + " must be a number of that resource.");
              }
              resources.put(entry.getKey(), entry.getValue().doubleValue());
            });
    return resources;
  }

  /** What a job carries for people and programs: {"owner": "me"}. */
  public static Map<String, String> metadata(String option, String text) {
    return texts(option, text, "{\"owner\": \"me\"}");
  }

  static Map<String, String> texts(String option, String text, String example) {
    Map<String, String> texts = new LinkedHashMap<>();
    object(option, text, example)
        .properties()
        .forEach(
            entry -> {
              if (!entry.getValue().isTextual()) {
                throw Failure.usage(
                    option + ": " + entry.getKey() + " must be text: put it in quotes.");
              }
              texts.put(entry.getKey(), entry.getValue().textValue());
            });
    return texts;
  }

  /**
   * A submission's id. Ray takes any text, but then cannot find a job again whose id has a slash,
   * since ids stand in addresses and in names of files.
   */
  public static String submissionId(String option, String text) {
    boolean plain = text.codePoints().noneMatch(RayOptions::unfit);
    if (text.isEmpty()
        || !plain
        || text.startsWith(".")
        || text.getBytes(StandardCharsets.UTF_8).length > LONGEST_ID) {
      throw Failure.usage(
          option
              + ": \""
              + text
              + "\" cannot be a job's id: use letters, digits, '-', '_' and '.', at most "
              + LONGEST_ID
              + ".");
    }
    return text;
  }

  private static boolean unfit(int c) {
    return Character.isWhitespace(c) || Character.isISOControl(c) || "/\\?#%".indexOf(c) >= 0;
  }

  private static BigDecimal factor(String unit) {
    if (unit == null) {
      return BigDecimal.ONE;
    }
    if (unit.startsWith("e")) {
      return new BigDecimal("1" + unit);
    }
    int power = 1 + UNITS.indexOf(unit.startsWith("K") ? "k" : unit.substring(0, 1));
    return unit.endsWith("i")
        ? new BigDecimal(BigInteger.ONE.shiftLeft(10 * power))
        : BigDecimal.TEN.pow(3 * power);
  }

  private static Failure badMemory(String option, String text) {
    return Failure.usage(
        option
            + ": \""
            + text
            + "\" is not an amount of memory: write 4Gi, 500M or a number of bytes.");
  }

  private static JsonNode object(String option, String text, String example) {
    JsonNode tree = Texts.parse(text, option);
    if (!tree.isObject()) {
      throw Failure.usage(option + " must be a JSON object such as " + example + ".");
    }
    return tree;
  }
}
