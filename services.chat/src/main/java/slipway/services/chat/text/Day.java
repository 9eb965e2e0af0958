package slipway.services.chat.text;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * A day in the host's zone.
 *
 * @param number by which days are told apart: the days since 1970-01-01
 * @param begin its first moment
 * @param end the first moment of the day after
 */
public record Day(long number, Instant begin, Instant end) {

  /** The day of a time. */
  public static Day of(Instant time) {
    ZoneId zone = ZoneId.systemDefault();
    LocalDate date = LocalDate.ofInstant(time, zone);
    return new Day(
        date.toEpochDay(),
        date.atStartOfDay(zone).toInstant(),
        date.plusDays(1).atStartOfDay(zone).toInstant());
  }

  /** The day of a time: this one if it is. */
  public Day at(Instant time) {
    return time.isBefore(begin) || !time.isBefore(end) ? of(time) : this;
  }

  /** The line that says that what follows is of this day. */
  public String line() {
    return "* " + LocalDate.ofEpochDay(number);
  }
}
