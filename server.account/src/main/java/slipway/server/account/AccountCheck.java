package slipway.server.account;

import java.lang.annotation.Annotation;
import org.osgi.service.component.annotations.Component;
import slipway.config.ConfigurationCheck;
import slipway.config.InvalidConfiguration;
import slipway.config.Settings;

/** Refuses configurations of accounts that could not take effect. */
@Component(property = ConfigurationCheck.PID + "=" + AccountConfig.PID)
public final class AccountCheck implements ConfigurationCheck {

  @Override
  public Class<? extends Annotation> type() {
    return AccountConfig.class;
  }

  @Override
  public void check(String name, Settings settings) throws InvalidConfiguration {
    AccountSettings.of(settings, Machine.current());
  }
}
