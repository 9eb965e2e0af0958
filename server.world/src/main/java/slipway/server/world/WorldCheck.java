package slipway.server.world;

import java.lang.annotation.Annotation;
import org.osgi.service.component.annotations.Component;
import slipway.config.ConfigurationCheck;
import slipway.config.InvalidConfiguration;
import slipway.config.Settings;
import slipway.world.WorldSpec;

/** Refuses configurations of worlds that could not take effect. */
@Component(property = ConfigurationCheck.PID + "=" + WorldConfig.PID)
public final class WorldCheck implements ConfigurationCheck {

  @Override
  public Class<? extends Annotation> type() {
    return WorldConfig.class;
  }

  @Override
  public void check(String name, Settings settings) throws InvalidConfiguration {
    if (!WorldSpec.isName(name)) {
      throw new InvalidConfiguration("the name of the world", name, WorldSpec.NAME_FORM);
    }
    WorldRule.of(settings);
  }
}
