package dev.muster.daemon.ray;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogPlaceTest {
  @Test
  void a_place_can_be_written_down() {
    LogPlace place = new LogPlace(Instant.ofEpochMilli(1_700_000_000_123L), 4711);
    assertThat(LogPlace.parse(place.toString())).isEqualTo(place);
    assertThat(LogPlace.parse(place.plus(3).toString()).bytes()).isEqualTo(4714);
    LogPlace unknown = new LogPlace(null, 12);
    assertThat(LogPlace.parse(unknown.toString())).isEqualTo(unknown);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "x", "-1", "1@", "1@x", "99999999999999999999"})
  void what_is_none_is_the_beginning(String text) {
    assertThat(LogPlace.parse(text)).isEqualTo(LogPlace.BEGINNING);
  }

  @Test
  void a_piece_without_a_place_moves_it_by_its_length() throws Exception {
    Marked marked = new Marked();
    Marking marking = new Marking(marked, "p", new LogPlace(Instant.EPOCH, 2));
    marking.write(ByteBuffer.wrap(new byte[3]));
    marking.note("said");
    assertThat(marked.bookmarks).extracting(mark -> mark.at()).containsExactly("5@0", "said");
    assertThat(marking.at()).isEqualTo(new LogPlace(Instant.EPOCH, 5));
  }
}
