package dev.muster.daemon.sandbox.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LabelSelectorTest {

  private static final Map<String, String> LABELS = Map.of("a", "1", "example.com/b", "x");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "a=1",
        "a==1",
        "a!=2",
        "c!=1",
        "!c",
        "a in (1, 2)",
        "a notin (2,3)",
        "c notin (1)",
        "a>0",
        "a<2",
        "a=1,example.com/b=x",
        "example.com/b in (x,y),a"
      })
  void these_choose_it(String selector) {
    assertThat(LabelSelector.parse(selector).test(LABELS)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "c",
        "a=2",
        "a!=1",
        "!a",
        "a in (2)",
        "c in (1)",
        "a notin (1)",
        "a>1",
        "a<1",
        "c>0",
        "example.com/b>0",
        "a=1,c"
      })
  void these_do_not(String selector) {
    assertThat(LabelSelector.parse(selector).test(LABELS)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"=1", "a=b=c", "a in", "a in 1", "a,,b", "-a", "a>b"})
  void these_are_none(String selector) {
    assertThatThrownBy(() -> LabelSelector.parse(selector).test(LABELS))
        .isInstanceOf(ApiException.class);
  }
}
