package slipway.server.profile.record;

import java.lang.annotation.Annotation;
import org.osgi.service.component.annotations.Component;
import slipway.config.ConfigurationCheck;
import slipway.config.InvalidConfiguration;
import slipway.config.Settings;

/** Refuses configurations of the profiler that could not take effect. */
@Component(property = ConfigurationCheck.PID + "=" + ProfileConfig.PID)
public final class ProfileCheck implements ConfigurationCheck {

  @Override
  public Class<? extends Annotation> type() {
    return ProfileConfig.class;
  }

  @Override
  public void check(String name, Settings settings) throws InvalidConfiguration {
    RecordRule.of(settings);
  }
}
