package dev.muster.daemon.app.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DaemonLockTest {
  @TempDir Path directory;

  @Test
  void only_one_can_hold_it() throws IOException {
    Path file = directory.resolve("run/d.lock");

    assertThat(DaemonLock.acquire(file)).isTrue();
    assertThat(DaemonLock.acquire(file)).isFalse();

    DaemonLock.release(file);
    assertThat(Files.exists(file)).as("the file stays").isTrue();
    assertThat(DaemonLock.acquire(file)).isTrue();
    DaemonLock.release(file);
  }
}
