package slipway.services.chat.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class DayTest {

  private static final ZoneId ZONE = ZoneId.systemDefault();

  @Test
  void aDayHasItsMomentsInTheHostsZoneAndNoOthers() {
    for (int i = 0; i < 800; i++) { // of some zones, some have 23 hours, or 25
      LocalDate date = LocalDate.of(2026, 1, 1).plusDays(i);
      Day day = Day.of(date.atTime(12, 0).atZone(ZONE).toInstant());
      assertThat(day.line()).isEqualTo("* " + date);
      assertThat(day.at(day.begin())).isSameAs(day);
      assertThat(day.at(day.end().minusMillis(1))).isSameAs(day);
      assertThat(day.at(day.end()).line()).isEqualTo("* " + date.plusDays(1));
      Instant before = day.begin().minus(Duration.ofMillis(1));
      assertThat(day.at(before).line()).isEqualTo("* " + date.minusDays(1));
    }
  }
}
