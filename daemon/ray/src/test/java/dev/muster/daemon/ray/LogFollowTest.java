package dev.muster.daemon.ray;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.core.Cancellation;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.core.Failure.Kind;
import dev.muster.daemon.ray.RayJobsContract.Lines;
import dev.muster.daemon.ray.TestDashboard.Exchange;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Against a job whose log and status the test sets, and tails that break as the test says. */
@Timeout(30)
class LogFollowTest {
  private static final Timing TIMING = HttpRayJobsTest.TIMING;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Lines lines = new Lines();
  private final Cancellation cancellation = new Cancellation();
  private final AtomicInteger tails = new AtomicInteger();
  private final AtomicInteger fetches = new AtomicInteger();
  private TestDashboard dashboard;
  private volatile String status = "RUNNING";
  private volatile String log = "";
  private volatile long started = 1;

  @BeforeEach
  void start() throws IOException {
    dashboard = new TestDashboard();
    dashboard.on("GET /api/jobs/x", exchange -> exchange.answer(200, job()));
    dashboard.on(
        "GET /api/jobs/x/logs",
        exchange -> {
          fetches.incrementAndGet();
          exchange.answer(200, JobReader.JSON.writeValueAsString(Map.of("logs", log)));
        });
  }

  @AfterEach
  void stop() throws IOException {
    cancellation.cancel();
    dashboard.close();
    http.close();
  }

  private String job() {
    ObjectNode job = JobReader.JSON.createObjectNode();
    job.put("submission_id", "x").put("status", status).put("start_time", started);
    return job.toString();
  }

  /** A handler for each tail, the last one for all that follow. */
  private void tails(TestDashboard.Handler... handlers) {
    dashboard.on(
        "GET /api/jobs/x/logs/tail",
        exchange ->
            handlers[Math.min(tails.getAndIncrement(), handlers.length - 1)].handle(exchange));
  }

  /** A tail that sends the log as it is, and ends. */
  private void sendAndBreak(Exchange exchange) throws IOException {
    exchange.upgrade();
    exchange.text(log);
    await().until(() -> lines.text().equals(log));
  }

  private void follow() throws IOException {
    follow(TIMING, lines);
  }

  private LogPlace from = LogPlace.BEGINNING;

  private void follow(Timing timing, RayJobs.LogSink sink) throws IOException {
    RayEndpoint endpoint =
        new RayEndpoint(
            http, dashboard.address(), () -> Map.of("Authorization", "Bearer t"), "a test");
    new HttpRayJobs(() -> endpoint, lost -> {}, timing).follow("x", from, sink, cancellation);
  }

  private Failure failure(Timing timing) {
    return catchThrowableOfType(Failure.class, () -> follow(timing, lines));
  }

  private Thread following() {
    return Thread.ofVirtual()
        .start(
            () -> {
              try {
                follow();
              } catch (IOException e) {
                throw new AssertionError(e);
              }
            });
  }

  private static Timing with(Duration patience, Duration quiet) {
    return new Timing(
        TIMING.answer(), patience, TIMING.poll(), quiet, TIMING.pause(), TIMING.longestPause());
  }

  @Test
  void a_tail_is_handed_over_as_it_comes() throws Exception {
    tails(
        exchange -> {
          exchange.upgrade();
          log = "one\n";
          exchange.text("one\n");
          await().until(() -> lines.text().equals("one\n"));
          log = "one\ntwo\n";
          exchange.text("two\n");
          await().until(() -> lines.text().equals("one\ntwo\n"));
          status = "SUCCEEDED";
          exchange.end();
        });

    follow();

    assertThat(lines.text()).isEqualTo("one\ntwo\n");
    assertThat(tails).hasValue(1);
  }

  @Test
  void the_tail_carries_the_headers_and_wants_no_compression() throws Exception {
    tails(
        exchange -> {
          status = "SUCCEEDED";
          exchange.upgrade();
          exchange.end();
        });

    follow();

    Map<String, String> headers =
        dashboard.exchanges().stream()
            .filter(exchange -> exchange.what.endsWith("/tail"))
            .findFirst()
            .orElseThrow()
            .headers;
    assertThat(headers).containsEntry("Authorization", "Bearer t");
    assertThat(headers).doesNotContainKey("Sec-WebSocket-Extensions");
  }

  @Test
  void over_broken_tails_no_byte_is_lost_or_repeated() throws Exception {
    log = "grün 1\n";
    tails(
        exchange -> {
          log = "grün 1\ngrün 2\n";
          sendAndBreak(exchange);
        },
        exchange -> {
          log = "grün 1\ngrün 2\n🚀 3\n";
          sendAndBreak(exchange);
        },
        exchange -> {
          log = "grün 1\ngrün 2\n🚀 3\nlast, and no tail told of it";
          status = "FAILED";
          exchange.upgrade();
          exchange.end();
        });

    follow();

    assertThat(lines.text()).isEqualTo(log);
    assertThat(tails).hasValue(3);
  }

  @Test
  void a_character_that_two_frames_share_stays_whole() throws Exception {
    byte[] text = "a🚀b".getBytes(UTF_8);
    tails(
        exchange -> {
          exchange.upgrade();
          log = "a🚀b";
          exchange.frame(0x01, Arrays.copyOfRange(text, 0, 3));
          exchange.frame(0x80, Arrays.copyOfRange(text, 3, text.length));
          await().until(() -> lines.text().equals("a🚀b"));
          status = "SUCCEEDED";
          exchange.end();
        });

    follow();

    assertThat(lines.text()).isEqualTo("a🚀b");
  }

  @Test
  void the_end_of_a_tail_does_not_end_the_job() throws Exception {
    tails(
        exchange -> {
          exchange.upgrade();
          exchange.end();
        },
        exchange -> {
          log = "more";
          status = "STOPPED";
          exchange.upgrade();
          exchange.end();
        });

    follow();

    assertThat(lines.text()).isEqualTo("more");
  }

  @Test
  void a_job_whose_tail_stays_open_ends_all_the_same() throws Exception {
    tails(
        exchange -> {
          exchange.upgrade();
          log = "all";
          status = "SUCCEEDED";
          exchange.hold();
        });

    follow(with(TIMING.patience(), Duration.ofMillis(20)), lines);

    assertThat(lines.text()).isEqualTo("all");
  }

  @Test
  void a_tail_that_brings_nothing_is_looked_after_and_replaced() throws Exception {
    tails(
        exchange -> {
          exchange.upgrade();
          log = "what the first tail keeps to itself";
          exchange.hold();
        },
        exchange -> {
          status = "SUCCEEDED";
          exchange.upgrade();
          exchange.end();
        });

    follow(with(TIMING.patience(), Duration.ofMillis(20)), lines);

    assertThat(lines.text()).isEqualTo("what the first tail keeps to itself");
    assertThat(tails).hasValue(2);
  }

  @Test
  void a_quiet_job_is_fetched_ever_less_often() throws Exception {
    AtomicInteger looks = new AtomicInteger();
    dashboard.on(
        "GET /api/jobs/x",
        exchange -> {
          status = looks.incrementAndGet() > 20 ? "SUCCEEDED" : "RUNNING";
          exchange.answer(200, job());
        });
    tails(
        exchange -> {
          exchange.upgrade();
          exchange.hold();
        });

    follow(with(TIMING.patience(), Duration.ofMillis(5)), lines);

    // One at the beginning, four ever further apart, and one at the end.
    assertThat(fetches).hasValue(6);
  }

  @Test
  void a_tail_whose_other_side_is_gone_unheard_is_replaced() throws Exception {
    tails(
        exchange -> {
          exchange.upgrade();
          log = "one frame\n";
          exchange.text(log);
        },
        exchange -> {
          log = "one frame\nlast\n";
          status = "SUCCEEDED";
          exchange.upgrade();
          exchange.end();
        });
    RayJobs.LogSink slow =
        bytes -> {
          // The connection is closed while the reader is busy and no frame is asked for.
          await().until(() -> dashboard.connections() == 0);
          lines.write(bytes);
        };

    follow(with(TIMING.patience(), Duration.ofMillis(20)), slow);

    assertThat(lines.text()).isEqualTo("one frame\nlast\n");
    assertThat(tails).hasValue(2);
  }

  @Test
  void where_no_web_socket_is_to_be_had_the_log_is_fetched_again_and_again() throws Exception {
    tails(exchange -> exchange.answer(400, "no upgrade here"));
    Thread follower = following();
    log = "one\n";
    await().until(() -> lines.text().equals("one\n"));
    log = "one\ntwo\n";
    await().until(() -> lines.text().equals("one\ntwo\n"));
    log = "one\ntwo\nthree";
    status = "SUCCEEDED";

    assertThat(follower.join(Duration.ofSeconds(10))).isTrue();
    assertThat(lines.text()).isEqualTo("one\ntwo\nthree");
    assertThat(tails).hasValue(1);
  }

  @Test
  void a_web_socket_that_is_not_to_be_had_just_now_is_tried_again() throws Exception {
    tails(
        exchange -> exchange.answer(503, "later"),
        exchange -> {},
        exchange -> {
          status = "SUCCEEDED";
          exchange.upgrade();
          exchange.end();
        });

    follow();

    assertThat(tails).hasValue(3);
  }

  @Test
  void tails_that_bring_nothing_are_given_up() throws Exception {
    tails(
        exchange -> {
          exchange.upgrade();
          exchange.end();
        });
    Thread follower = following();
    await().until(() -> fetches.get() > 10);
    status = "SUCCEEDED";

    assertThat(follower.join(Duration.ofSeconds(10))).isTrue();
    assertThat(tails).hasValue(3);
  }

  @Test
  void a_log_that_became_shorter_is_said_to_be_begun_anew() throws Exception {
    log = "the first log";
    tails(
        exchange -> {
          exchange.upgrade();
          log = "second";
          status = "SUCCEEDED";
          exchange.end();
        });

    follow();

    assertThat(lines.text()).isEqualTo("the first logsecond");
    assertThat(lines.notes())
        .isEqualTo(
            "the log was begun anew: 13 bytes of it were shown, it has 6 now, which follow\n");
  }

  @Test
  void a_log_that_is_gone_is_not_repeated_when_it_is_back() throws Exception {
    log = "all of it";
    tails(
        exchange -> {
          exchange.upgrade();
          log = "";
          exchange.end();
        },
        exchange -> {
          log = "all of it";
          status = "SUCCEEDED";
          exchange.upgrade();
          exchange.end();
        });

    follow();

    assertThat(lines.text()).isEqualTo("all of it");
    assertThat(lines.notes()).isEmpty();
  }

  @Test
  void a_job_that_was_submitted_anew_is_followed_from_its_beginning() throws Exception {
    log = "old\n";
    tails(
        exchange -> {
          exchange.upgrade();
          log = "new and longer\n";
          started = 2;
          status = "SUCCEEDED";
          exchange.end();
        });

    follow();

    assertThat(lines.text()).isEqualTo("old\nnew and longer\n");
    assertThat(lines.notes()).contains("submitted anew");
  }

  @Test
  void behind_a_flooded_tail_what_was_printed_last_is_shown_all_the_same() throws Exception {
    String line = "x".repeat(99_999) + "\n";
    AtomicLong shown = new AtomicLong();
    AtomicInteger sent = new AtomicInteger();
    tails(
        exchange -> {
          exchange.upgrade();
          log = line.repeat(300) + "last\n";
          while (shown.get() < log.length() && sent.incrementAndGet() < 300) {
            exchange.text(line);
          }
          status = "SUCCEEDED";
          exchange.end();
        });

    follow(TIMING, bytes -> shown.addAndGet(bytes.remaining()));

    assertThat(shown).hasValue(30_000_005);
    assertThat(sent.get()).isLessThan(300);
  }

  @Test
  void whoever_has_the_beginning_gets_the_rest() throws Exception {
    log = "one\ntwo\n";
    status = "SUCCEEDED";
    from = new LogPlace(Instant.ofEpochMilli(started), 4);

    follow();

    assertThat(lines.text()).isEqualTo("two\n");
    assertThat(lines.notes()).isEmpty();
  }

  @Test
  void what_somebody_has_of_another_job_of_that_name_is_no_beginning() throws Exception {
    log = "new and longer\n";
    status = "SUCCEEDED";
    from = new LogPlace(Instant.ofEpochMilli(started + 1), 4);

    follow();

    assertThat(lines.text()).isEqualTo("new and longer\n");
    assertThat(lines.notes()).contains("submitted anew");
  }

  @Test
  void a_job_that_is_gone_in_the_middle_is_not_found() {
    tails(
        exchange -> {
          dashboard.on("GET /api/jobs/x", 404, "Job x does not exist");
          exchange.upgrade();
          exchange.end();
        });

    Failure failure = failure(TIMING);

    assertThat(failure.kind()).isEqualTo(Kind.NOT_FOUND);
    assertThat(failure).hasMessageContaining("no longer knows the job x");
  }

  @Test
  void a_dashboard_that_is_away_for_a_while_is_waited_for() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    log = "before\n";
    tails(
        exchange -> {
          dashboard.on(
              "GET /api/jobs/x",
              away -> {
                if (asked.incrementAndGet() < 4) {
                  away.answer(503, "away");
                } else {
                  log = "before\nafter\n";
                  status = "SUCCEEDED";
                  away.answer(200, job());
                }
              });
          exchange.upgrade();
          exchange.end();
        });

    follow();

    assertThat(lines.text()).isEqualTo("before\nafter\n");
    assertThat(lines.notes()).hasLineCount(1).contains("does not answer").contains("Trying again");
  }

  @Test
  void a_dashboard_that_stays_away_is_given_up() {
    tails(
        exchange -> {
          dashboard.on("GET /api/jobs/x", 503, "away");
          exchange.upgrade();
          exchange.end();
        });

    assertThat(failure(with(Duration.ofMillis(50), TIMING.quiet())).kind())
        .isEqualTo(Kind.NO_ANSWER);
  }

  @Test
  void a_log_that_cannot_be_read_is_tried_again_for_a_shorter_while() {
    tails(
        exchange -> {
          dashboard.on("GET /api/jobs/x/logs", 500, "UnicodeDecodeError: invalid start byte");
          exchange.upgrade();
          exchange.end();
        });

    Failure failure = failure(with(Duration.ofMillis(500), TIMING.quiet()));

    assertThat(failure.kind()).isEqualTo(Kind.FAILED);
    assertThat(failure).hasMessage("Ray refused: invalid start byte.");
  }

  @Test
  void a_dashboard_that_wants_a_token_ends_it() {
    dashboard.on("GET /api/jobs/x", 401, "Unauthorized: Missing authentication token");

    assertThat(failure(TIMING).kind()).isEqualTo(Kind.NOT_LOGGED_IN);
  }

  @Test
  void a_dashboard_that_was_never_there_is_not_waited_for() {
    dashboard.on("GET /api/jobs/x", 503, "away");

    assertThat(failure(TIMING).kind()).isEqualTo(Kind.NO_ANSWER);
    assertThat(lines.notes()).isEmpty();
  }

  @Test
  void frames_that_came_while_the_reader_was_busy_follow_whole_and_in_order() throws Exception {
    String all = IntStream.range(0, 200).mapToObj("line %d ü\n"::formatted).collect(joining());
    CountDownLatch sent = new CountDownLatch(1);
    tails(
        exchange -> {
          exchange.upgrade();
          for (String line : all.split("(?<=\n)")) {
            exchange.text(line);
          }
          log = all;
          sent.countDown();
          await().until(() -> lines.text().equals(all));
          status = "SUCCEEDED";
          exchange.end();
        });
    RayJobs.LogSink busy =
        bytes -> {
          await().until(() -> sent.getCount() == 0);
          lines.write(bytes);
        };

    follow(TIMING, busy);

    assertThat(lines.text()).isEqualTo(all);
  }

  @Test
  void a_slow_reader_slows_the_tail_down() throws Exception {
    AtomicLong sent = new AtomicLong();
    tails(
        exchange -> {
          exchange.upgrade();
          String frame = "x".repeat(60_000);
          for (int i = 0; i < 2_000; i++) {
            exchange.text(frame);
            sent.addAndGet(frame.length());
          }
        });
    Semaphore reading = new Semaphore(0);
    AtomicLong read = new AtomicLong();
    RayJobs.LogSink slow =
        bytes -> {
          reading.acquireUninterruptibly();
          read.addAndGet(bytes.remaining());
          cancellation.cancel();
        };
    Thread follower =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    follow(TIMING, slow);
                  } catch (IOException e) {
                    throw new AssertionError(e);
                  }
                });

    // What is on its way fills the buffers of two sockets; then the server can send no more.
    AtomicLong before = new AtomicLong(-1);
    await()
        .pollInterval(Duration.ofMillis(200))
        .until(() -> sent.get() > 0 && before.getAndSet(sent.get()) == sent.get());
    assertThat(sent.get()).isLessThan(60_000L * 1_000);
    reading.release(1);

    assertThat(follower.join(Duration.ofSeconds(10))).isTrue();
    assertThat(read.get()).isPositive();
  }

  @Test
  void a_sink_that_breaks_ends_it() {
    log = "something";

    IOException broken =
        catchThrowableOfType(
            IOException.class,
            () ->
                follow(
                    TIMING,
                    (ByteBuffer bytes) -> {
                      throw new IOException("the reader is gone");
                    }));

    assertThat(broken).hasMessage("the reader is gone");
  }

  @Test
  void a_cancellation_ends_whatever_it_waits_for() throws Exception {
    tails(
        exchange -> {
          exchange.upgrade();
          exchange.hold();
        });
    Thread inTail = following();
    await().until(() -> tails.get() == 1);

    cancellation.cancel();

    assertThat(inTail.join(Duration.ofSeconds(5))).isTrue();
  }

  @Test
  void a_cancellation_ends_a_fetch() throws Exception {
    AtomicInteger begun = new AtomicInteger();
    dashboard.on(
        "GET /api/jobs/x/logs",
        exchange -> {
          exchange.head(200, "Content-Length: 100");
          exchange.raw("{\"logs\": \"abc".getBytes(UTF_8));
          begun.incrementAndGet();
          exchange.hold();
        });
    Thread inFetch = following();
    await().until(() -> lines.text().equals("abc"));

    cancellation.cancel();

    assertThat(inFetch.join(Duration.ofSeconds(5))).isTrue();
  }

  @Test
  void a_cancellation_ends_a_pause() throws Exception {
    tails(exchange -> exchange.answer(400, "none"));
    Timing slow =
        new Timing(
            TIMING.answer(),
            TIMING.patience(),
            Duration.ofMinutes(5),
            TIMING.quiet(),
            TIMING.pause(),
            TIMING.longestPause());
    Thread pausing =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    follow(slow, lines);
                  } catch (IOException e) {
                    throw new AssertionError(e);
                  }
                });
    await().until(() -> tails.get() == 1 && fetches.get() == 2);

    cancellation.cancel();

    assertThat(pausing.join(Duration.ofSeconds(5))).isTrue();
  }

  @Test
  void an_interruption_ends_it_like_a_cancellation() throws Exception {
    tails(
        exchange -> {
          exchange.upgrade();
          exchange.hold();
        });
    Thread follower = following();
    await().until(() -> tails.get() == 1);

    follower.interrupt();

    assertThat(follower.join(Duration.ofSeconds(5))).isTrue();
  }

  @Test
  void pauses_grow_and_differ_but_are_bounded() {
    assertThat(Timing.USUAL.before(1)).isBetween(Duration.ofMillis(100), Duration.ofMillis(200));
    assertThat(Timing.USUAL.before(100))
        .isBetween(Duration.ofMillis(2500), Duration.ofMillis(5000));
  }
}
