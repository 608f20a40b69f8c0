package dev.muster.daemon.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SelectorTest {
  private static final String LABELS = "app=demo\nray.io/cluster=one\ntier=\nteam=a.b_c-d";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "  ",
        "app=demo",
        "app==demo",
        " app = demo ",
        "app!=other",
        "absent!=other",
        "app",
        "!absent",
        "! absent",
        "app in (demo)",
        "app in (other, demo)",
        "app notin (other,another)",
        "absent notin (demo)",
        "ray.io/cluster=one,app=demo,!absent,team in (a.b_c-d)",
        "tier=",
        "tier",
        "tier in ()",
        "tier in (,x)",
        "tier=,app=demo",
      })
  void selects(String selector) {
    assertThat(Selector.parse(selector).matches(LABELS)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "app=other",
        "app!=demo",
        "absent=demo",
        "absent",
        "!app",
        "app in (a,b)",
        "app in ()",
        "absent in (demo)",
        "app notin (demo)",
        "app=demo,absent",
        "app=",
        "ray.io/cluster=two",
      })
  void does_not_select(String selector) {
    assertThat(Selector.parse(selector).matches(LABELS)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ",",
        "app=demo,",
        ",app=demo",
        "=demo",
        "app=demo tier=x",
        "app demo",
        "app in demo",
        "app in (demo",
        "app in (demo other)",
        "app in",
        "!",
        "!app=demo",
        "app=-demo",
        "app=de mo",
        "a/b/c=1",
        "/app=1",
        "RAY.io/app=1",
        "app=(demo)",
        "app=demo)",
        "app===demo",
        "-app",
        "app=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
      })
  void is_refused(String selector) {
    assertThatThrownBy(() -> Selector.parse(selector))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.kind()).isEqualTo(Failure.Kind.USAGE))
        .hasMessageContaining("\"" + selector + "\" cannot be read")
        .hasMessageContaining("write it like");
  }

  @Test
  void an_empty_one_says_so() {
    assertThat(Selector.parse("").isEmpty()).isTrue();
    assertThat(Selector.parse("app").isEmpty()).isFalse();
  }

  @Test
  void it_reads_the_labels_of_a_row() {
    assertThat(Selector.parse("team=blue").matches(Rows.row("demo"))).isTrue();
    assertThat(Selector.parse("team=red").matches(Rows.row("demo"))).isFalse();
  }

  @Test
  void what_has_no_labels_is_selected_by_their_absence() {
    assertThat(Selector.parse("!app").matches("")).isTrue();
    assertThat(Selector.parse("odd").matches("odd")).isTrue();
  }

  @Test
  void any_text_is_read_or_refused() {
    String letters = "ab=!,() \t/.-_innotin\u00e4";
    Random random = new Random(11);
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(12); length > 0; length--) {
        text.append(letters.charAt(random.nextInt(letters.length())));
      }
      try {
        Selector.parse(text.toString()).matches(LABELS);
      } catch (Failure e) {
        refused++;
      }
    }
    assertThat(refused).isBetween(1, 19_999);
  }
}
