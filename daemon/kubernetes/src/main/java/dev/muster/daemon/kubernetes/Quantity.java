package dev.muster.daemon.kubernetes;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Kubernetes quantity such as 500m, 2, 1.5, 4Gi or 1e3: <a
 * href="https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/">its
 * grammar</a>.
 *
 * @param value in units: cores, bytes, devices
 */
public record Quantity(BigDecimal value) implements Comparable<Quantity> {
  public static final Quantity ZERO = new Quantity(BigDecimal.ZERO);

  private static final Pattern GRAMMAR =
      Pattern.compile("([+-]?(?:\\d+\\.?\\d*|\\.\\d+))([eE][+-]?\\d{1,3}|[KMGTPE]i|[numkMGTPE])?");

  private static final Map<String, BigDecimal> FACTORS =
      Map.ofEntries(
          Map.entry("n", new BigDecimal("1e-9")),
          Map.entry("u", new BigDecimal("1e-6")),
          Map.entry("m", new BigDecimal("1e-3")),
          Map.entry("k", new BigDecimal("1e3")),
          Map.entry("M", new BigDecimal("1e6")),
          Map.entry("G", new BigDecimal("1e9")),
          Map.entry("T", new BigDecimal("1e12")),
          Map.entry("P", new BigDecimal("1e15")),
          Map.entry("E", new BigDecimal("1e18")),
          Map.entry("Ki", binary(1)),
          Map.entry("Mi", binary(2)),
          Map.entry("Gi", binary(3)),
          Map.entry("Ti", binary(4)),
          Map.entry("Pi", binary(5)),
          Map.entry("Ei", binary(6)));

  /** Those of memory, binary ones first: they win when both need as many digits. */
  private static final List<String> UNITS =
      List.of("Ei", "Pi", "Ti", "Gi", "Mi", "Ki", "E", "P", "T", "G", "M", "k");

  private static BigDecimal binary(int power) {
    return new BigDecimal(BigInteger.ONE.shiftLeft(10 * power));
  }

  /** Empty if the text is not a quantity. */
  public static Optional<Quantity> parse(String text) {
    Matcher matcher = GRAMMAR.matcher(text);
    if (text.length() > 64 || !matcher.matches()) {
      return Optional.empty();
    }
    BigDecimal number = new BigDecimal(matcher.group(1));
    String suffix = matcher.group(2);
    if (suffix == null) {
      return Optional.of(new Quantity(number));
    }
    BigDecimal factor = FACTORS.get(suffix);
    return Optional.of(
        new Quantity(number.multiply(factor == null ? new BigDecimal("1" + suffix) : factor)));
  }

  public Quantity plus(Quantity other) {
    return new Quantity(value.add(other.value));
  }

  public Quantity times(long factor) {
    return new Quantity(value.multiply(BigDecimal.valueOf(factor)));
  }

  /** The next whole number. */
  public long ceiling() {
    return value.setScale(0, RoundingMode.CEILING).longValue();
  }

  /** Cores or devices: "3", "500m". */
  public String plain() {
    BigDecimal stripped = value.stripTrailingZeros();
    return stripped.scale() <= 0
        ? stripped.toPlainString()
        : value.movePointRight(3).setScale(0, RoundingMode.CEILING).toPlainString() + "m";
  }

  /** Bytes, in the unit that needs the fewest digits and no fraction: "6Gi", "8G". */
  public String bytes() {
    if (value.signum() == 0) {
      return "0";
    }
    String best = value.setScale(0, RoundingMode.CEILING).toPlainString();
    for (String unit : UNITS) {
      BigDecimal[] parts = value.divideAndRemainder(FACTORS.get(unit));
      String text = parts[0].stripTrailingZeros().toPlainString() + unit;
      if (parts[1].signum() == 0 && text.length() - unit.length() < digits(best)) {
        best = text;
      }
    }
    return best;
  }

  private static long digits(String text) {
    return text.chars().filter(Character::isDigit).count();
  }

  @Override
  public int compareTo(Quantity other) {
    return value.compareTo(other.value);
  }
}
