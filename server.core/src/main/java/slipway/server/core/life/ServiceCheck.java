package slipway.server.core.life;

import java.lang.annotation.Annotation;
import org.osgi.service.component.annotations.Component;
import slipway.admin.ServiceAdmin;
import slipway.admin.ServiceState;
import slipway.config.ConfigurationCheck;
import slipway.config.InvalidConfiguration;
import slipway.config.Settings;
import slipway.server.core.usage.Shares;
import slipway.service.ServiceNames;

/** Refuses configurations of services that could not take effect. */
@Component(property = ConfigurationCheck.PID + "=" + ServiceConfig.PID)
public final class ServiceCheck implements ConfigurationCheck {

  @Override
  public Class<? extends Annotation> type() {
    return ServiceConfig.class;
  }

  @Override
  public void check(String name, Settings settings) throws InvalidConfiguration {
    if (!ServiceNames.isName(name)) {
      throw new InvalidConfiguration("name", name, ServiceNames.FORM);
    }
    ServiceSettings asked = ServiceSettings.of(settings);
    Shares shares = Shares.of(settings);
    if (name.equals(ServiceAdmin.ADMIN) && asked.state() != ServiceState.FIXED) {
      throw settings.refused("state", "FIXED: operators reach the host through this service");
    }
    if (name.equals(ServiceAdmin.ADMIN) && asked.maxConnections() != 0) {
      throw settings.refused(
          "max.connections", "0: how many operators there may be is configured in slipway.admin");
    }
    if (name.equals(ServiceAdmin.ADMIN) && shares.locks()) {
      throw settings.refused(
          Shares.OVER, "warn: operators reach the host through this service, so it is not locked");
    }
  }
}
