package slipway.services.admin;

import java.lang.annotation.Annotation;
import org.osgi.service.component.annotations.Component;
import slipway.config.ConfigurationCheck;
import slipway.config.InvalidConfiguration;
import slipway.config.Settings;

/** Refuses configurations of the service that could not take effect. */
@Component(property = ConfigurationCheck.PID + "=" + AdminConfig.PID)
public final class AdminCheck implements ConfigurationCheck {

  @Override
  public Class<? extends Annotation> type() {
    return AdminConfig.class;
  }

  @Override
  public void check(String name, Settings settings) throws InvalidConfiguration {
    maxConnections(settings);
  }

  /** The limit that is configured. */
  static int maxConnections(Settings settings) throws InvalidConfiguration {
    return settings.integer(AdminConfig.MAX_CONNECTIONS, 1, 1000);
  }
}
