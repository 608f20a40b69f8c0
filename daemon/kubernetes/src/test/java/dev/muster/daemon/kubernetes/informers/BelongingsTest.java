package dev.muster.daemon.kubernetes.informers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.daemon.kubernetes.informers.Belongings.Cluster;
import dev.muster.daemon.kubernetes.raycluster.Causes;
import dev.muster.daemon.kubernetes.raycluster.PodNote;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class BelongingsTest {
  private static final Instant THEN = Instant.parse("2026-11-21T10:00:00Z");
  private static final Cluster DEMO = new Cluster("n", "demo");

  private final Belongings belongings = new Belongings();

  private static PodNote worker(String problem) {
    return new PodNote("demo", false, problem);
  }

  @Test
  void healthy_pods_change_nothing() {
    assertThat(belongings.pod("n", "w1", worker(""), THEN)).isEmpty();
    assertThat(belongings.pod("n", "w1", worker(""), THEN.plusSeconds(1))).isEmpty();
    assertThat(belongings.causes(DEMO, Instant.EPOCH)).isEqualTo(Causes.NONE);
    assertThat(belongings.clusterOf("n", "w1")).contains("demo");
  }

  @Test
  void a_problem_is_told_once_and_taken_back_once() {
    assertThat(belongings.pod("n", "w1", worker("bad"), THEN)).containsExactly(DEMO);
    assertThat(belongings.pod("n", "w1", worker("bad"), THEN)).isEmpty();
    belongings.pod("n", "w2", worker("worse"), THEN);
    belongings.pod("n", "h", new PodNote("demo", true, "broken"), THEN);
    assertThat(belongings.causes(DEMO, THEN))
        .isEqualTo(new Causes("head pod h: broken", "worker pod w1: bad", 1, ""));

    assertThat(belongings.pod("n", "w1", worker(""), THEN)).containsExactly(DEMO);
    assertThat(belongings.podGone("n", "w2")).containsExactly(DEMO);
    assertThat(belongings.podGone("n", "h")).containsExactly(DEMO);
    assertThat(belongings.podGone("n", "h")).isEmpty();
    assertThat(belongings.causes(DEMO, THEN)).isEqualTo(Causes.NONE);
  }

  @Test
  void pods_that_a_list_does_not_confirm_are_forgotten() {
    belongings.pod("n", "old", worker("bad"), THEN);
    belongings.pod("other", "old", worker("bad"), THEN);
    belongings.pod("n", "new", worker("bad"), THEN.plusSeconds(5));

    assertThat(belongings.podsNotSeenSince("n", THEN.plusSeconds(1))).containsExactly(DEMO);
    assertThat(belongings.clusterOf("n", "old")).isEmpty();
    assertThat(belongings.clusterOf("other", "old")).contains("demo");
    assertThat(belongings.podsNotSeenSince("", THEN.plusSeconds(1)))
        .containsExactly(new Cluster("other", "demo"));
  }

  @Test
  void the_newest_warning_about_each_thing_is_kept() {
    assertThat(
            belongings.warning(DEMO, "raycluster/demo", "second", "u2", THEN.plusSeconds(2), THEN))
        .isTrue();
    assertThat(belongings.warning(DEMO, "raycluster/demo", "first", "u1", THEN, THEN)).isFalse();
    assertThat(belongings.warning(DEMO, "pod/w1", "later", "u3", THEN.plusSeconds(3), THEN))
        .isTrue();

    assertThat(belongings.causes(DEMO, THEN).warning()).isEqualTo("later");
    assertThat(belongings.causes(DEMO, THEN.plusSeconds(9))).isEqualTo(Causes.NONE);
    assertThat(belongings.warningGone("u3")).containsExactly(DEMO);
    assertThat(belongings.warningGone("u3")).isEmpty();
    assertThat(belongings.causes(DEMO, THEN).warning()).isEqualTo("second");
    assertThat(belongings.warningsNotSeenSince("n", THEN.plusSeconds(1))).containsExactly(DEMO);
    assertThat(belongings.causes(DEMO, THEN)).isEqualTo(Causes.NONE);
  }

  @Test
  void a_pods_warning_goes_with_the_pod() {
    belongings.pod("n", "w1", worker(""), THEN);
    belongings.warning(DEMO, "pod/w1", "no volume", "u", THEN, THEN);

    assertThat(belongings.podGone("n", "w1")).containsExactly(DEMO);
    assertThat(belongings.causes(DEMO, THEN)).isEqualTo(Causes.NONE);
  }
}
