package slipway.server.world;

import java.lang.annotation.Annotation;
import org.osgi.service.component.annotations.Component;
import slipway.config.ConfigurationCheck;
import slipway.config.InvalidConfiguration;
import slipway.config.Settings;

/** Refuses configurations of the loops that could not take effect. */
@Component(property = ConfigurationCheck.PID + "=" + WorldsConfig.PID)
public final class WorldsCheck implements ConfigurationCheck {

  @Override
  public Class<? extends Annotation> type() {
    return WorldsConfig.class;
  }

  @Override
  public void check(String name, Settings settings) throws InvalidConfiguration {
    LoopsRule.of(settings);
  }
}
