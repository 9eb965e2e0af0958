package slipway.server.account;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import slipway.account.LogIn;
import slipway.meter.Meter;
import slipway.meter.Metric;
import slipway.meter.Readings;

/** Counts attempts to log in by how they ended. Used from any thread. */
@Component(service = {LogInMeter.class, Meter.class})
public final class LogInMeter implements Meter {

  private static final Metric LOG_INS =
      Metric.counter("slipway_logins_total", "Attempts to log in, by how they ended.", "result");

  private enum Result {
    ENTERED,
    REGISTERED,
    WRONG_PASSWORD,
    UNKNOWN,
    BANNED,
    /** A rule or a limit was against it, or it could not be found out. */
    REFUSED
  }

  private final Map<Result, LongAdder> counts = new EnumMap<>(Result.class);

  /** For Declarative Services. */
  @Activate
  public LogInMeter() {
    for (Result result : Result.values()) {
      counts.put(result, new LongAdder());
    }
  }

  /**
   * An attempt is over.
   *
   * @param answer how it ended; null if it failed
   */
  void count(LogIn answer) {
    Result result =
        switch (answer) {
          case null -> Result.REFUSED;
          case LogIn.Entered entered -> entered.registered() ? Result.REGISTERED : Result.ENTERED;
          case LogIn.WrongPassword wrong -> Result.WRONG_PASSWORD;
          case LogIn.Unknown unknown -> Result.UNKNOWN;
          case LogIn.Banned banned -> Result.BANNED;
        };
    counts.get(result).increment();
  }

  @Override
  public void read(Readings readings) {
    counts.forEach(
        (result, count) ->
            readings.value(LOG_INS, count.sum(), result.name().toLowerCase(Locale.ROOT)));
  }
}
