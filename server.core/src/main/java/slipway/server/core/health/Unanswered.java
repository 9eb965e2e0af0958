package slipway.server.core.health;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Threads that let others wait, each with what the watchdog knows of why. From any thread. */
final class Unanswered {

  private final LagMeter meter;
  private final Function<Object, Optional<String>> keeps;

  /**
   * Makes it.
   *
   * @param keeps what keeps an event loop; empty if nothing is known to
   */
  Unanswered(LagMeter meter, Function<Object, Optional<String>> keeps) {
    this.meter = meter;
    this.keeps = keeps;
  }

  /**
   * One of them.
   *
   * @param keeper what keeps it; empty if that is not known
   */
  record Late(ThreadLag lag, Optional<String> keeper) {

    /** In one line: its name, what it does, for how long, and what keeps it. */
    String text(String deed, Function<ThreadLag, Duration> time) {
      return String.format(
          Locale.ROOT,
          "%s %s %.1f s%s",
          lag.thread(),
          deed,
          time.apply(lag).toMillis() / 1000.0,
          keeper.map(known -> " (" + known + ")").orElse(""));
    }
  }

  /** Those that are as described. */
  Stream<Late> those(Predicate<ThreadLag> which) {
    return meter.all().stream()
        .filter(lag -> which.test(lag.measured()))
        .map(lag -> new Late(lag.measured(), keeps.apply(lag.thread())));
  }
}
