package dev.muster.daemon.app.answers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.daemon.core.Cache;
import dev.muster.daemon.core.Caller;
import dev.muster.daemon.core.ChangeFeed;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.core.QueuedWriter;
import dev.muster.daemon.core.Target;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignedOutTest {
  private static final Clock CLOCK = Clock.fixed(PlainSource.NOON.plusSeconds(600), ZoneOffset.UTC);
  private static final Freshness AN_HOUR = new Freshness(false, Duration.ofHours(1));

  @TempDir Path directory;
  private final PlainSource plain = new PlainSource();
  private Caller caller;
  private Cache cache;
  private QueuedWriter writer;
  private Reads reads;

  @BeforeEach
  void open() {
    caller = new Caller(directory, Map.of(), false);
    cache = Cache.open(directory, "1", CLOCK);
    writer = new QueuedWriter(cache, new ChangeFeed(), CLOCK);
    reads = new Reads(new Sources(List.of(plain.source())), cache, writer, CLOCK);
    writer.await(writer.put(PlainSource.row("raycluster", "demo")));
  }

  @AfterEach
  void close() {
    writer.close();
    cache.close();
  }

  private List<String> names(Freshness freshness) {
    List<String> names = new ArrayList<>();
    reads
        .list(caller, Target.DEFAULT, "raycluster", freshness, false)
        .rows()
        .forEach(row -> names.add(row.key().name()));
    return names;
  }

  private String get(Freshness freshness) {
    return reads.get(caller, Target.DEFAULT, "raycluster", "demo", freshness).row().key().name();
  }

  @Test
  void old_rows_of_who_is_signed_out_are_for_those_who_say_how_old_they_may_be() {
    assertThat(names(Freshness.ANY)).containsExactly("demo");
    plain.refuses("raycluster", Failure.Kind.NOT_LOGGED_IN, "sign in");

    assertThatThrownBy(() -> names(Freshness.ANY))
        .isInstanceOf(Failure.class)
        .hasMessage("sign in");
    assertThatThrownBy(() -> get(Freshness.ANY)).isInstanceOf(Failure.class).hasMessage("sign in");
    assertThat(names(AN_HOUR)).containsExactly("demo");
    assertThat(get(AN_HOUR)).isEqualTo("demo");
  }
}
