package dev.muster.daemon.sandbox.appwrapper;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long the operator is patient, and how often it tries again; an annotation of the AppWrapper
 * says otherwise. Defaults and ceiling of AppWrapper 1.2.0 (pkg/config/config.go).
 */
enum Grace {
  ADMISSION("admissionGracePeriodDuration", Duration.ofMinutes(1)),
  WARMUP("warmupGracePeriodDuration", Duration.ofMinutes(5)),
  FAILURE("failureGracePeriodDuration", Duration.ofMinutes(1)),
  RETRY_PAUSE("retryPausePeriodDuration", Duration.ofSeconds(90)),
  FORCEFUL_DELETION("forcefulDeletionGracePeriodDuration", Duration.ofMinutes(10)),
  DELETION_ON_FAILURE("deletionOnFailureGracePeriodDuration", Duration.ZERO),
  SUCCESS_TTL("successTTLDuration", Duration.ofDays(7));

  private static final String PREFIX = "workload.codeflare.dev.appwrapper/";
  private static final int RETRIES = 3;
  private static final Duration CEILING = Duration.ofDays(1);
  private static final Pattern PART = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)(ms|h|m|s)");

  private final String annotation;
  private final Duration preset;

  Grace(String annotation, Duration preset) {
    this.annotation = PREFIX + annotation;
    this.preset = preset;
  }

  /** How often a failed AppWrapper is reset before it is given up. */
  static int retries(Wrapper wrapper) {
    String text = wrapper.annotation(PREFIX + "retryLimit");
    return text.matches("[0-9]{1,6}") ? Integer.parseInt(text) : RETRIES;
  }

  Duration of(Wrapper wrapper) {
    Duration asked = parse(wrapper.annotation(annotation), preset);
    Duration most = this == SUCCESS_TTL ? preset : CEILING;
    return asked.compareTo(most) > 0 ? most : asked;
  }

  /** A Go duration such as {@code 1m30s}; anything else is ignored. */
  static Duration parse(String text, Duration otherwise) {
    Matcher part = PART.matcher(text);
    Duration sum = Duration.ZERO;
    int end = 0;
    while (part.find() && part.start() == end) {
      double number = Double.parseDouble(part.group(1));
      long unit =
          switch (part.group(2)) {
            case "h" -> 3_600_000;
            case "m" -> 60_000;
            case "s" -> 1_000;
            default -> 1;
          };
      sum = sum.plusMillis((long) (number * unit));
      end = part.end();
    }
    return end > 0 && end == text.length() ? sum : otherwise;
  }
}
