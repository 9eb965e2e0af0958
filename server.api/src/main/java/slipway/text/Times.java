package slipway.text;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times as people read them, in the host's zone. */
public final class Times {

  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT)
          .withZone(ZoneId.systemDefault());

  private static final DateTimeFormatter OFFSET =
      DateTimeFormatter.ofPattern("'UTC'ZZZZZ", Locale.ROOT).withZone(ZoneId.systemDefault());

  private Times() {}

  /** The zone of times at that time, such as {@code UTC} or {@code UTC+02:00}. */
  public static String zone(Instant time) {
    return OFFSET.format(time).replace("UTCZ", "UTC");
  }

  /** A time, to the second. */
  public static String of(Instant time) {
    return FORMAT.format(time);
  }
}
