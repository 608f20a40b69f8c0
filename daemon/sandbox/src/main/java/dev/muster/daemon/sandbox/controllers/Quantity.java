package dev.muster.daemon.sandbox.controllers;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Kubernetes quantity (k8s.io/apimachinery/pkg/api/resource), so far as sums of requests need it.
 *
 * @param binary written with Ki, Mi, …, as opposed to k, M, …
 */
public record Quantity(BigDecimal value, boolean binary) {

  public static final Quantity ZERO = new Quantity(BigDecimal.ZERO, false);

  private static final Pattern FORM =
      Pattern.compile("([+-]?[0-9.]+)(Ki|Mi|Gi|Ti|Pi|Ei|[numkMGTPE]|[eE][+-]?[0-9]+)?");
  private static final List<String> BINARY = List.of("", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei");
  private static final List<String> DECIMAL =
      List.of("n", "u", "m", "", "k", "M", "G", "T", "P", "E");

  /**
   * Reads a quantity.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static Quantity parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException("\"%s\" is no quantity".formatted(text));
    }
    BigDecimal number = new BigDecimal(form.group(1));
    String suffix = form.group(2) == null ? "" : form.group(2);
    if (suffix.length() == 2 && suffix.endsWith("i")) {
      return new Quantity(
          number.multiply(BigDecimal.valueOf(1024).pow(BINARY.indexOf(suffix))), true);
    }
    if (DECIMAL.contains(suffix)) {
      return new Quantity(number.scaleByPowerOfTen(3 * (DECIMAL.indexOf(suffix) - 3)), false);
    }
    return new Quantity(number.scaleByPowerOfTen(Integer.parseInt(suffix.substring(1))), false);
  }

  /** The sum, written as the first that is not zero was. */
  public Quantity plus(Quantity other) {
    boolean form = value.signum() == 0 ? other.binary : binary;
    return new Quantity(value.add(other.value), form);
  }

  public Quantity times(long factor) {
    return new Quantity(value.multiply(BigDecimal.valueOf(factor)), binary);
  }

  /** The canonical form: the largest suffix that leaves a whole number. */
  @Override
  public String toString() {
    if (value.signum() == 0) {
      return "0";
    }
    return binary && isWhole(value) ? binaryText() : decimalText();
  }

  private String binaryText() {
    BigDecimal rest = value;
    int suffix = 0;
    BigDecimal step = BigDecimal.valueOf(1024);
    while (suffix < BINARY.size() - 1 && isWhole(rest.divide(step))) {
      rest = rest.divide(step);
      suffix++;
    }
    return rest.setScale(0, RoundingMode.UNNECESSARY).toPlainString() + BINARY.get(suffix);
  }

  private String decimalText() {
    BigDecimal rest = value.scaleByPowerOfTen(9).setScale(0, RoundingMode.CEILING);
    int suffix = 0;
    while (suffix < DECIMAL.size() - 1 && isWhole(rest.scaleByPowerOfTen(-3))) {
      rest = rest.scaleByPowerOfTen(-3);
      suffix++;
    }
    return rest.setScale(0, RoundingMode.UNNECESSARY).toPlainString() + DECIMAL.get(suffix);
  }

  private static boolean isWhole(BigDecimal number) {
    return number.stripTrailingZeros().scale() <= 0;
  }
}
