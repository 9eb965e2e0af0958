package slipway.shell.commands.host;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;
import slipway.config.Durations;

/**
 * The time from which records are wanted, as an operator writes it.
 *
 * @param time the time
 */
record Since(Instant time) {

  /** What is allowed, for messages. */
  static final String FORM =
      "a time of today such as 08:30, a date such as 2026-01-31, both such as 2026-01-31T08:30, or "
          + Durations.FORM;

  /** No bound. */
  static final Since EVER = new Since(Instant.EPOCH);

  /** Reads a time; without a zone it is in the clock's. Empty if the text is no time. */
  static Optional<Since> parse(String text, Clock clock) {
    Optional<Duration> ago = Durations.parse(text);
    if (ago.isPresent()) {
      return ago.map(duration -> new Since(clock.instant().minus(duration)));
    }
    String time = text.strip().replaceFirst("(?<=\\d) (?=\\d)", "T");
    Stream<Function<String, Instant>> forms =
        Stream.of(
            some -> OffsetDateTime.parse(some).toInstant(),
            some -> LocalDateTime.parse(some).atZone(clock.getZone()).toInstant(),
            some -> LocalDate.parse(some).atStartOfDay(clock.getZone()).toInstant(),
            some ->
                LocalTime.parse(some)
                    .atDate(LocalDate.now(clock))
                    .atZone(clock.getZone())
                    .toInstant());
    return forms.flatMap(form -> read(form, time).stream()).findFirst().map(Since::new);
  }

  static final class Converter implements ITypeConverter<Since> {
    @Override
    public Since convert(String text) {
      return parse(text, Clock.systemDefaultZone())
          .orElseThrow(() -> new TypeConversionException("allowed is " + FORM));
    }
  }

  private static Optional<Instant> read(Function<String, Instant> form, String text) {
    try {
      return Optional.of(form.apply(text));
    } catch (DateTimeException otherForm) {
      return Optional.empty();
    }
  }
}
