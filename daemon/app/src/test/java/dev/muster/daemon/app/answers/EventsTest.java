package dev.muster.daemon.app.answers;

import static dev.muster.daemon.app.answers.PlainSource.NOON;
import static dev.muster.daemon.app.answers.PlainSource.owned;
import static dev.muster.daemon.app.answers.PlainSource.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.daemon.core.Cache;
import dev.muster.daemon.core.Caller;
import dev.muster.daemon.core.ChangeFeed;
import dev.muster.daemon.core.QueuedWriter;
import dev.muster.daemon.core.Target;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventsTest {
  @TempDir Path directory;

  @Test
  void the_warnings_about_one_and_what_it_owns_are_told_the_oldest_first() {
    Clock clock = Clock.fixed(NOON.plusSeconds(60), ZoneOffset.UTC);
    try (Cache cache = Cache.open(directory, "1", clock);
        QueuedWriter writer = new QueuedWriter(cache, new ChangeFeed(), clock)) {
      Sources sources = new Sources(List.of(new PlainSource().source()));
      writer.put(row("raycluster", "demo"));
      writer.put(owned(row("event", "pod/late"), "raycluster/demo", NOON.plusSeconds(9)));
      writer.put(owned(row("event", "pod/early"), "raycluster/demo", NOON.plusSeconds(1)));
      writer.put(owned(row("event", "raycluster/demo"), "", NOON.plusSeconds(5)));
      writer.put(owned(row("event", "pod/before"), "raycluster/demo", NOON.minusSeconds(1)));
      writer.put(owned(row("event", "pod/other"), "raycluster/other", NOON.plusSeconds(1)));
      Events events = new Events(new Reads(sources, cache, writer, clock), sources, cache);
      assertThat(
              events
                  .of(new Caller(directory, Map.of(), false), Target.DEFAULT, "raycluster", "demo")
                  .rows())
          .extracting(row -> row.key().name())
          .containsExactly("pod/early", "raycluster/demo", "pod/late");
    }
  }
}
