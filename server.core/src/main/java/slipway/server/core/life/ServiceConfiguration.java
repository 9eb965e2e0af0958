package slipway.server.core.life;

import java.util.Map;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.config.InvalidConfiguration;
import slipway.config.Settings;
import slipway.server.core.usage.Shares;
import slipway.server.core.usage.UsageGuard;

/**
 * One configuration of a service: hands what it says to {@link ServiceControl} and {@link
 * UsageGuard}.
 */
@Component(
    service = {},
    configurationPid = ServiceConfig.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = ServiceConfig.class, factory = true)
public final class ServiceConfiguration {

  private static final Logger LOG = LoggerFactory.getLogger(ServiceConfiguration.class);

  private final ServiceControl control;
  private final UsageGuard guard;
  private final String name;

  /** For Declarative Services. */
  @Activate
  public ServiceConfiguration(
      @Reference ServiceControl control,
      @Reference UsageGuard guard,
      Map<String, Object> properties) {
    this.control = control;
    this.guard = guard;
    String pid = String.valueOf(properties.get(Constants.SERVICE_PID));
    this.name = pid.substring(pid.indexOf('~') + 1);
    modified(properties);
  }

  /** A configuration that is refused changes nothing: the last good one goes on. */
  @Modified
  void modified(Map<String, Object> properties) {
    try {
      Settings said = Settings.of(ServiceConfig.class, properties);
      ServiceSettings settings = ServiceSettings.of(said);
      Shares shares = Shares.of(said);
      // first, as it is to know of a state when those that wait for the state go on
      guard.configure(name, shares, settings.state().admits());
      control.configure(name, settings);
    } catch (InvalidConfiguration refused) {
      LOG.error("service {}: refused: {}", name, refused.getMessage());
    }
  }

  @Deactivate
  void deactivate() {
    guard.unconfigure(name);
    control.unconfigure(name);
  }
}
