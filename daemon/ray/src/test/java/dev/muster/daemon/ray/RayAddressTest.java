package dev.muster.daemon.ray;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.muster.daemon.core.Failure;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RayAddressTest {
  private static final Path HERE = Path.of("/work");

  private static RayAddress of(String url, String headers, String verify) {
    return RayAddress.of(url, headers, verify, HERE);
  }

  @Test
  void headers_and_trust_belong_to_an_address() {
    RayAddress address = of("https://ray", "{\"X-A\": \"canary-1\", \"X-B\": \"2\"}", "ca.pem");

    assertThat(address.headers()).isEqualTo(Map.of("X-A", "canary-1", "X-B", "2"));
    assertThat(address.verify()).isEqualTo("/work/ca.pem");
    assertThat(address.trustsAnybody()).isFalse();
    assertThat(address).hasToString("https://ray");
    assertThat(of("https://ray", "", "False").trustsAnybody()).isTrue();
    assertThat(of("https://ray", "", "True").verify()).isEmpty();
    assertThat(of("", "", "")).isEqualTo(RayAddress.NONE);
    assertThat(of("", "", "true")).isEqualTo(RayAddress.NONE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          `` | {"A": "canary"} | `` | --headers is about the requests to --address, and no address is given: the ways that muster finds have what they need.
          `` | `` | false | --verify is about the requests to --address, and no address is given: the ways that muster finds have what they need.
          http://ray | `` | false | --verify is about certificates, and --address is no https address.
          https://ray | canary | `` | --headers must be a JSON object such as {"X-Team": "a"}.
          https://ray | {"A": 1} | `` | --headers: A must be text: put it in quotes.
          https://ray | {"A B": "canary"} | `` | --headers: A B is no header that a request can be given.
          https://ray | {"Host": "canary"} | `` | --headers: Host is no header that a request can be given.
          https://ray | {"A": "can\\nary"} | `` | --headers: the value of A has characters that no header can have.
          """)
  void what_has_no_meaning_is_refused_without_a_value(
      String url, String headers, String verify, String sentence) {
    Failure refused = catchThrowableOfType(Failure.class, () -> of(url, headers, verify));

    assertThat(refused)
        .hasMessage(sentence)
        .extracting(Failure::kind)
        .isEqualTo(Failure.Kind.USAGE);
    assertThat(refused.getMessage()).doesNotContain("canary");
  }
}
