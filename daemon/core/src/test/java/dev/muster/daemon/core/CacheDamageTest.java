package dev.muster.daemon.core;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CacheDamageTest {
  @TempDir Path directory;
  private Path file;
  private Path quarantined;

  @BeforeEach
  void setUp() {
    file = directory.resolve("cache.mv.db");
    quarantined = directory.resolve("cache.quarantined.mv.db");
  }

  @Test
  void a_file_of_another_schema_or_version_is_put_aside() {
    writeSome(50);
    try (Fixture newer = new Fixture(directory, "2")) {
      assertThat(newer.cache.rows()).isZero();
      assertThat(newer.cache.degraded()).isEmpty();
      assertThat(quarantined).exists();
      newer.put(Rows.row("demo"));
    }
    try (Fixture newer = new Fixture(directory, "2")) {
      assertThat(newer.names()).containsExactly("demo");
    }
  }

  @Test
  void one_file_is_kept_aside_not_two() throws Exception {
    Files.writeString(quarantined, "the one before");
    writeSome(50);
    new Fixture(directory, "2").close();

    assertThat(Files.size(quarantined)).isGreaterThan(100);
    try (var files = Files.list(directory)) {
      assertThat(files).containsExactlyInAnyOrder(file, quarantined);
    }
  }

  @Test
  void a_file_of_no_length_is_a_new_cache() throws Exception {
    Files.createFile(file);

    assertUsable(0);
  }

  @Test
  void a_file_of_random_bytes_is_put_aside() throws Exception {
    byte[] bytes = new byte[50_000];
    new Random(1).nextBytes(bytes);
    Files.write(file, bytes);

    assertUsable(0);
    assertThat(Files.readAllBytes(quarantined)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4_000, 8_192, 20_000, 200_000})
  void a_truncated_file_is_opened_or_put_aside_but_never_fatal(int length) throws Exception {
    writeSome(500);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(length);
    }

    try (Fixture fixture = new Fixture(directory)) {
      fixture.scan("", true);
      fixture.put(Rows.row("demo"));
      assertThat(fixture.cache.get(Rows.key("demo"))).isPresent();
      assertThat(fixture.cache.degraded()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void a_file_with_flipped_bytes_is_opened_or_put_aside_but_never_fatal(long seed)
      throws Exception {
    writeSome(500);
    scribble(new Random(seed), 40);

    try (Fixture fixture = new Fixture(directory)) {
      tolerant(() -> fixture.scan("", true));
      fixture.put(Rows.row("demo"));
      assertThat(fixture.cache.get(Rows.key("demo"))).isPresent();
    }
  }

  @Test
  void damage_that_shows_later_costs_the_rows_but_not_the_daemon_and_is_told() throws Exception {
    writeSome(3_000);
    try (Fixture fixture = new Fixture(directory)) {
      CountDownLatch told = new CountDownLatch(1);
      fixture.cache.onEmptied(told::countDown);
      wipe();

      tolerant(() -> fixture.scan("", true));

      assertThat(told.await(30, SECONDS)).isTrue();
      assertThat(fixture.scan("", true)).isEmpty();
      assertThat(fixture.cache.degraded()).isEmpty();
      assertThat(quarantined).exists();
      fixture.put(Rows.row("demo"));
      assertThat(fixture.names()).containsExactly("demo");
    }
    try (Fixture fixture = new Fixture(directory)) {
      assertThat(fixture.names()).containsExactly("demo");
    }
  }

  @Test
  void the_writer_survives_damage_and_writes_what_it_was_writing() throws Exception {
    writeSome(3_000);
    try (Fixture fixture = new Fixture(directory)) {
      wipe();

      for (int i = 0; i < 3_000; i++) {
        fixture.writer.put(Rows.in(State.READY, Rows.row("row-%05d".formatted(i))));
      }
      fixture.settle();

      assertThat(fixture.cache.get(Rows.key("row-02999"))).isPresent();
      assertThat(quarantined).exists();
    }
  }

  @Test
  void damage_for_the_second_time_leaves_it_in_memory_and_says_why() throws Exception {
    writeSome(3_000);
    try (Fixture fixture = new Fixture(directory)) {
      wipe();
      tolerant(() -> fixture.scan("", true));
      // How much of the file H2 still holds in memory, and so when it notices, is its own affair.
      for (int i = 0; i < 20 && fixture.cache.degraded().isEmpty(); i++) {
        fill(fixture, 8_000);
        wipe();
        tolerant(() -> fixture.scan("", true));
      }

      assertThat(fixture.cache.degraded()).contains("damaged twice");
      fixture.put(Rows.row("demo"));
      assertThat(fixture.names()).contains("demo");
      assertThat(fixture.cache.bytes()).isZero();
    }
  }

  @Test
  void where_nothing_can_be_written_it_lives_in_memory_and_says_why() throws Exception {
    Path inTheWay = Files.writeString(directory.resolve("file"), "");
    try (Fixture fixture = new Fixture(inTheWay.resolve("state"))) {
      assertThat(fixture.cache.degraded()).contains("in memory only").contains(inTheWay.toString());
      fixture.put(Rows.row("demo"));
      assertThat(fixture.names()).containsExactly("demo");
    }
  }

  @Test
  void a_directory_that_takes_no_files_is_no_reason_to_stop() {
    // Not even root can make a file there.
    try (Fixture fixture = new Fixture(Path.of("/proc"))) {
      assertThat(fixture.cache.degraded()).contains("/proc").contains("cannot be written");
      fixture.put(Rows.row("demo"));
      assertThat(fixture.names()).containsExactly("demo");
    }
  }

  @Test
  void a_path_that_the_database_would_misread_is_not_used() {
    Path odd = directory.resolve("a;b");
    try (Fixture fixture = new Fixture(odd)) {
      assertThat(fixture.cache.degraded()).contains("semicolon");
      assertThat(odd.resolve("cache.mv.db")).doesNotExist();
    }
  }

  @Test
  void network_file_systems_are_known() {
    assertThat(CacheFiles.isNetwork("nfs4")).isTrue();
    assertThat(CacheFiles.isNetwork("CIFS")).isTrue();
    assertThat(CacheFiles.isNetwork("ext4")).isFalse();
    assertThat(CacheFiles.isNetwork("overlay")).isFalse();
  }

  @Test
  void a_file_in_use_by_another_process_is_said_to_be_and_left_alone() throws Exception {
    try (ChildJvm other = ChildJvm.start(directory, 10, 0)) {
      assertThat(other.line()).isEqualTo("written");

      assertThatThrownBy(() -> Cache.open(directory, "2", Fixture.CLOCK))
          .isInstanceOf(Failure.class)
          .hasMessageContaining(file.toString())
          .hasMessageContaining("in use by another process");
      assertThat(file).exists();
      assertThat(quarantined).doesNotExist();
    }
  }

  @Test
  void after_a_kill_what_was_flushed_is_there_at_once() throws Exception {
    for (int round = 0; round < 2; round++) {
      try (ChildJvm writing = ChildJvm.start(directory, 400, 0)) {
        assertThat(writing.line()).isEqualTo("written");
        writing.kill();
      }
      try (Fixture fixture = new Fixture(directory)) {
        assertThat(fixture.cache.degraded()).isEmpty();
        assertThat(quarantined).doesNotExist();
        assertThat(fixture.scan("", true)).hasSizeGreaterThanOrEqualTo(400);
      }
    }
  }

  @Test
  void a_full_disk_leaves_it_in_memory_and_says_why() throws Exception {
    try (ChildJvm full = ChildJvm.start(directory, 3_000, 1_000)) {
      assertThat(full.line()).startsWith("degraded The cache is kept in memory only");
      assertThat(full.line()).isEqualTo("written");
    }
  }

  private void assertUsable(long rows) {
    try (Fixture fixture = new Fixture(directory)) {
      assertThat(fixture.cache.rows()).isEqualTo(rows);
      assertThat(fixture.cache.degraded()).isEmpty();
      fixture.put(Rows.row("demo"));
    }
    try (Fixture fixture = new Fixture(directory)) {
      assertThat(fixture.names()).contains("demo");
    }
  }

  private void writeSome(int rows) {
    try (Fixture fixture = new Fixture(directory)) {
      fill(fixture, rows);
    }
  }

  private static void fill(Fixture fixture, int rows) {
    String object = "x".repeat(2_000);
    for (int i = 0; i < rows; i++) {
      fixture.writer.put(Rows.holding(object + i, Rows.row("row-%05d".formatted(i))));
    }
    fixture.settle();
  }

  /** Overwrites everything but the file's headers. */
  private void wipe() throws Exception {
    try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
      byte[] noise = new byte[(int) access.length() - 8_192];
      new Random(7).nextBytes(noise);
      access.seek(8_192);
      access.write(noise);
    }
  }

  private void scribble(Random random, int times) throws Exception {
    try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
      for (int i = 0; i < times; i++) {
        access.seek(random.nextLong(access.length()));
        access.write(random.nextInt(256));
      }
    }
  }

  /**
   * A scan that meets the damage half way has given some rows already and says so; any other
   * failure is one.
   */
  private static void tolerant(Runnable scan) {
    try {
      scan.run();
    } catch (Failure e) {
      assertThat(e).hasMessageContaining("being rebuilt: try again");
    }
  }
}
