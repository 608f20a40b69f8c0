package dev.muster.daemon.core;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SmallPartsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-01-01T12:00:00.123456789Z",
        "1969-12-31T23:59:59.999999999Z",
        "1970-01-01T00:00:00Z",
        "1800-01-01T00:00:00Z",
        "2200-01-01T00:00:00.5Z"
      })
  void a_time_comes_back_as_it_was_kept(Instant time) {
    assertThat(Times.decode(Times.encode(time))).isEqualTo(time);
  }

  @Test
  void a_time_out_of_reach_is_kept_as_the_nearest_and_no_time_as_none() {
    assertThat(Times.decode(Times.encode(Instant.MAX)))
        .isAfter(Instant.parse("2262-01-01T00:00:00Z"));
    assertThat(Times.decode(Times.encode(Instant.MIN)))
        .isBefore(Instant.parse("1678-01-01T00:00:00Z"));
    assertThat(Times.decode(Times.encode(null))).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ready", "READY", " Ready "})
  void ready_is_the_goal_unless_another_is_named(String text) {
    assertThat(Goal.parse(text)).isEqualTo(Goal.READY);
  }

  @Test
  void a_goal_is_deleted_or_a_state_in_any_case() {
    assertThat(Goal.parse("Deleted")).isEqualTo(Goal.DELETED);
    assertThat(Goal.parse("running")).isEqualTo(Goal.of(State.RUNNING));
    assertThat(Goal.parse("SUSPENDED")).hasToString("suspended");
    assertThat(Goal.DELETED).hasToString("deleted");
  }

  @Test
  void another_goal_is_refused_with_what_there_is() {
    assertThatThrownBy(() -> Goal.parse("done"))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.kind()).isEqualTo(Failure.Kind.USAGE))
        .hasMessage(
            "\"done\" cannot be waited for: say ready, deleted or one of queued, starting, running,"
                + " suspending, suspended, succeeded, failed, stopped, terminating, unknown.");
  }

  @Test
  void a_cancellation_is_told_once_to_each_who_listens() {
    Cancellation cancellation = new Cancellation();
    List<String> told = new ArrayList<>();
    cancellation.onCancel(() -> told.add("before"));
    cancellation.onCancel(() -> told.add("never")).close();

    cancellation.cancel();
    cancellation.cancel();
    cancellation.onCancel(() -> told.add("after"));

    assertThat(cancellation.isCancelled()).isTrue();
    assertThat(told).containsExactly("before", "after");
  }

  @Test
  void the_machines_time_goes_forward_and_calls_back() throws Exception {
    Ticker ticker = Ticker.system();
    long before = ticker.nanos();
    CountDownLatch called = new CountDownLatch(1);

    ticker.after(Duration.ofSeconds(Long.MAX_VALUE), called::countDown).close();
    ticker.after(Duration.ofMillis(1), called::countDown);

    assertThat(called.await(30, SECONDS)).isTrue();
    assertThat(ticker.nanos() - before).isGreaterThanOrEqualTo(1_000_000);
  }

  @Test
  void a_caller_shows_no_value_of_its_environment() {
    Map<String, String> environment = new HashMap<>(Map.of("AWS_SECRET_ACCESS_KEY", "canary"));
    Caller caller = new Caller(Path.of("/home/ann"), environment, true);
    environment.clear();

    assertThat(caller.environment()).hasSize(1);
    assertThat(caller.toString()).contains("/home/ann").doesNotContain("canary");
  }

  @Test
  void no_namespace_is_all_of_them() {
    assertThat(new Scope("test", "id", "ctx", "").allNamespaces()).isTrue();
    assertThat(new Scope("test", "id", "ctx", "team").allNamespaces()).isFalse();
    assertThat(Target.DEFAULT).isEqualTo(new Target("", "", "", false));
  }

  @Test
  void the_columns_of_a_kind_can_not_be_changed() {
    List<Column> columns = new ArrayList<>(List.of(new Column("NAME", false)));
    Kind kind = new Kind("raycluster", true, columns);
    columns.clear();

    assertThat(kind.columns()).hasSize(1);
  }

  @Test
  void a_failure_has_a_kind_and_a_sentence() {
    assertThat(new Failure(Failure.Kind.EXISTS, "It is there.").kind())
        .isEqualTo(Failure.Kind.EXISTS);
    assertThatThrownBy(() -> new Failure(null, "what?")).isInstanceOf(NullPointerException.class);
  }

  @Test
  void an_error_of_the_database_is_said_in_one_line_without_the_statement() {
    assertThat(H2Errors.sentence(new SQLException("Value too long; SQL statement:\nINSERT secret")))
        .isEqualTo("Value too long");
    assertThat(H2Errors.sentence(new SQLException())).isEqualTo("SQLException");
    assertThat(H2Errors.sentence(new java.io.IOException("no space"))).contains("no space");
  }

  @Test
  void the_stamp_follows_the_version() {
    assertThat(Schema.stamp("1")).isEqualTo(Schema.stamp("1")).isNotEqualTo(Schema.stamp("2"));
  }
}
