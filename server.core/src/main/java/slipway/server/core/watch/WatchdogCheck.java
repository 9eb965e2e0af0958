package slipway.server.core.watch;

import java.lang.annotation.Annotation;
import java.time.Duration;
import org.osgi.service.component.annotations.Component;
import slipway.config.ConfigurationCheck;
import slipway.config.InvalidConfiguration;
import slipway.config.Settings;

/** Refuses configurations of the watchdog that could not take effect. */
@Component(property = ConfigurationCheck.PID + "=" + WatchdogConfig.PID)
public final class WatchdogCheck implements ConfigurationCheck {

  private static final Duration LEAST = Duration.ofMillis(100);
  private static final Duration MOST = Duration.ofHours(1);

  @Override
  public Class<? extends Annotation> type() {
    return WatchdogConfig.class;
  }

  @Override
  public void check(String name, Settings settings) throws InvalidConfiguration {
    after(settings);
  }

  /** The time that is configured; zero for never. */
  static Duration after(Settings settings) throws InvalidConfiguration {
    Duration after = settings.duration(WatchdogConfig.AFTER, Duration.ZERO, MOST);
    if (!after.isZero() && after.compareTo(LEAST) < 0) {
      throw settings.refused(WatchdogConfig.AFTER, "100ms to 1h, or 0 for never");
    }
    return after;
  }
}
