package dev.muster.daemon.kubernetes.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.daemon.core.Cancellation;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.core.Jobs.Bookmark;
import dev.muster.daemon.core.Jobs.LogQuery;
import dev.muster.daemon.core.Jobs.LogSink;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PodLogsTest {
  private static final String T = "2026-11-21T12:00:0";

  private final Printed printed = new Printed();
  private final Cancellation cancellation = new Cancellation();
  private PodServer server;
  private Pods pods;

  /** What was handed over. */
  private static final class Printed implements LogSink {
    final StringBuilder text = new StringBuilder();
    final List<String> notes = Collections.synchronizedList(new ArrayList<>());

    @Override
    public synchronized void write(ByteBuffer bytes) throws IOException {
      text.append(StandardCharsets.UTF_8.decode(bytes));
    }

    final Map<String, String> bookmarks = new ConcurrentHashMap<>();

    @Override
    public synchronized void write(ByteBuffer bytes, Bookmark after) throws IOException {
      write(bytes);
      bookmarks.put(after.part(), after.at());
    }

    @Override
    public void note(String sentence) {
      notes.add(sentence);
    }
  }

  @BeforeEach
  void start() throws IOException {
    server = new PodServer();
    pods = new Pods(server::client, "team", "train");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static LogQuery query(Duration since, int tail, int rank, String pod) {
    return new LogQuery("job", "AppWrapper/train", false, since, tail, rank, pod);
  }

  private static LogQuery everything() {
    return query(null, -1, -1, "");
  }

  private PodLogs logs(LogQuery query, LogSink sink) {
    return new PodLogs(pods, query, true, sink, cancellation, time -> Thread.yield());
  }

  private static String line(String second, String text) {
    return T + second + "Z " + text + "\n";
  }

  private void two(String phase) {
    server.pod("train-0", "a", "0", phase);
    server.pod("train-1", "b", "1", phase);
    server.logs("train-0", line("1", "one") + line("3", "three"));
    server.logs("train-1", line("2", "two") + line("4.5", "four"));
  }

  @Test
  void lines_of_all_ranks_come_by_time_with_their_rank_in_front() throws IOException {
    two("Running");

    logs(everything(), printed).now();

    assertThat(printed.text.toString()).isEqualTo("[0] one\n[1] two\n[0] three\n[1] four\n");
  }

  @Test
  void one_rank_or_pod_comes_as_it_is() throws IOException {
    server.pod("train-0", "a", "0", "Running");
    server.pod("train-1", "b", "1", "Running");
    server.logs("train-0", "zero");
    server.logs("train-1", "one");

    logs(query(Duration.ofMillis(1500), 7, 1, ""), printed).now();
    logs(query(null, -1, -1, "train-0"), printed).now();

    assertThat(printed.text.toString()).isEqualTo("onezero");
    assertThat(server.requests)
        .contains(
            "/api/v1/namespaces/team/pods/train-1/log?container=main&sinceSeconds=2&tailLines=7");
  }

  @Test
  void a_rank_or_pod_that_is_not_there_is_told_with_those_that_are() {
    two("Running");

    assertThatThrownBy(() -> logs(query(null, -1, 2, ""), printed).now())
        .hasMessage("The job train has no rank 2; it has 0, 1.");
    assertThatThrownBy(() -> logs(query(null, -1, -1, "x"), printed).now())
        .hasMessage("The job train has no pod x; it has train-0, train-1.");
  }

  @Test
  void what_has_not_begun_has_printed_nothing() throws IOException {
    logs(everything(), printed).now();
    server.pod("train-0", "a", "", "Pending");
    logs(everything(), printed).now();
    logs(query(null, -1, -1, "train-0"), printed).now();

    assertThat(printed.text.toString()).isEmpty();
  }

  @Test
  void a_refusal_is_told() {
    server.code = 403;

    assertThatThrownBy(() -> logs(everything(), printed).now())
        .isInstanceOf(Failure.class)
        .hasMessage("You may not list the pods of the job train: no.");
    server.code = 200;
    two("Running");
    Pods.Pod pod = pods.list().getFirst();
    server.code = 403;
    assertThatThrownBy(() -> pods.log(pod, "")).hasMessageStartingWith("You may not read the log");
    assertThatThrownBy(() -> pods.again(pod)).hasMessageStartingWith("You may not read the pod");
  }

  @Test
  void following_ends_when_the_job_is_over_and_all_its_pods_were_read() throws IOException {
    two("Running");
    AtomicInteger looks = new AtomicInteger();

    logs(everything(), printed)
        .follow(
            () -> {
              if (looks.incrementAndGet() < 3) {
                return false;
              }
              two("Succeeded");
              return true;
            });

    assertThat(printed.text.toString().lines())
        .containsExactlyInAnyOrder("[0] one", "[0] three", "[1] two", "[1] four");
  }

  @Test
  void over_a_broken_connection_no_line_is_lost_or_repeated() throws IOException {
    server.pod("train-0", "a", "0", "Succeeded");
    String begin = line("1", "one") + line("2", "two") + line("2", "two again");
    server.logs(
        "train-0",
        begin + PodServer.BROKEN,
        begin + line("2", "two once more") + line("3", "three"));

    logs(everything(), printed).follow(() -> true);

    assertThat(printed.text.toString())
        .isEqualTo("[0] one\n[0] two\n[0] two again\n[0] two once more\n[0] three\n");
    assertThat(printed.notes)
        .containsExactly("pod train-0: the connection was lost; reading on from there");
    assertThat(server.requests)
        .anyMatch(request -> request.endsWith("&sinceTime=2026-11-21T12:00:02Z"));
  }

  @Test
  void whoever_was_cut_off_goes_on_behind_his_bookmarks() throws IOException {
    server.pod("train-0", "a", "0", "Succeeded");
    server.logs("train-0", line("1", "one") + line("2", "two") + line("2", "two again"));
    logs(everything(), printed).follow(() -> true);
    assertThat(printed.bookmarks).containsExactly(Map.entry("a", "2026-11-21T12:00:02Z 2"));

    server.pod("train-1", "b", "1", "Succeeded");
    server.logs("train-0", line("2", "two") + line("2", "two again") + line("3", "three"));
    server.logs("train-1", line("4", "four"));
    LogQuery rest =
        new LogQuery(
            "job", "AppWrapper/train", true, null, -1, -1, "", Map.copyOf(printed.bookmarks));
    printed.text.setLength(0);
    logs(rest, printed).follow(() -> true);

    assertThat(printed.text.toString().lines()).containsExactlyInAnyOrder("[0] three", "[1] four");
  }

  @Test
  void a_bookmark_that_is_none_is_the_beginning() {
    assertThat(LinePlace.parse("yesterday 2")).isEqualTo(LinePlace.BEGINNING);
    assertThat(LinePlace.parse("2026-11-21T12:00:02Z two")).isEqualTo(LinePlace.BEGINNING);
    assertThat(LinePlace.parse(LinePlace.BEGINNING.toString())).isEqualTo(LinePlace.BEGINNING);
  }

  @Test
  void a_log_that_lost_its_beginning_meanwhile_has_a_gap_that_is_told() throws IOException {
    server.pod("train-0", "a", "0", "Succeeded");
    server.logs("train-0", line("1", "one") + PodServer.BROKEN, line("5", "five"));

    logs(query(null, 10, 0, ""), printed).follow(() -> true);

    assertThat(printed.text.toString()).isEqualTo("one\nfive\n");
    assertThat(printed.notes)
        .contains("pod train-0: lines after 2026-11-21T12:00:01Z may be missing");
  }

  @Test
  void a_pod_that_takes_the_place_of_another_is_followed_too() throws IOException {
    server.pod("train-0", "a", "0", "Failed");
    server.logs("train-0", line("1", "first"));
    AtomicInteger looks = new AtomicInteger();

    logs(query(null, -1, -1, "train-0"), printed)
        .follow(
            () -> {
              int look = looks.incrementAndGet();
              if (look == 5) {
                server.logs("train-0", line("2", "second"));
                server.pod("train-0", "b", "0", "Succeeded");
              }
              return look > 5;
            });

    assertThat(printed.text.toString().lines()).endsWith("second").contains("first");
  }

  @Test
  void a_pod_that_never_begins_or_goes_ends_with_the_job() throws IOException {
    server.pod("train-0", "a", "0", "Failed");
    server.pod("train-1", "b", "1", "Pending");
    AtomicInteger looks = new AtomicInteger();

    logs(everything(), printed)
        .follow(
            () -> {
              if (looks.incrementAndGet() == 3) {
                server.remove("train-1");
              }
              return looks.get() > 3;
            });

    assertThat(printed.text.toString()).isEmpty();
  }

  @Test
  void following_ends_when_nobody_reads_or_wants_it_any_more() {
    two("Running");
    LogSink gone =
        new LogSink() {
          @Override
          public void write(ByteBuffer bytes) throws IOException {
            throw new IOException("nobody reads");
          }

          @Override
          public void note(String sentence) {
            printed.note(sentence);
          }
        };

    assertThatThrownBy(() -> logs(everything(), gone).follow(() -> false))
        .isInstanceOf(IOException.class)
        .hasMessage("nobody reads");
    org.assertj.core.api.Assertions.assertThatCode(
            () ->
                logs(everything(), printed)
                    .follow(
                        () -> {
                          cancellation.cancel();
                          return false;
                        }))
        .doesNotThrowAnyException();
  }

  @Test
  void a_server_that_refuses_ends_following_with_its_words() {
    two("Running");
    AtomicInteger looks = new AtomicInteger();

    assertThatThrownBy(
            () ->
                logs(everything(), printed)
                    .follow(
                        () -> {
                          server.code = looks.incrementAndGet() > 2 ? 403 : 200;
                          return false;
                        }))
        .isInstanceOf(Failure.class)
        .hasMessageStartingWith("You may not ");
  }

  @Test
  void lines_have_times_but_for_the_rest_of_one_that_is_too_long() throws IOException {
    StampedLines lines =
        new StampedLines(
            new ByteArrayInputStream(
                (line("1", "x".repeat(1 << 20)) + "no time\n" + "a b\n" + line("2", "end").strip())
                    .getBytes(StandardCharsets.UTF_8)));

    assertThat(lines.next().at()).isEqualTo(Instant.parse(T + "1Z"));
    assertThat(lines.next().at()).isNull();
    assertThat(lines.next().at()).isNull();
    assertThat(lines.next().at()).isNull();
    StampedLines.Line last = lines.next();
    assertThat(last.at()).isEqualTo(Instant.parse(T + "2Z"));
    assertThat(new String(last.text(), StandardCharsets.UTF_8)).isEqualTo("end\n");
    assertThat(lines.next()).isNull();
    assertThat(lines.isMore()).isFalse();
  }
}
