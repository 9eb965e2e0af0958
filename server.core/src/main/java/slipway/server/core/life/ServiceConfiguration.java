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

/** One configuration of a service: hands what it says to {@link ServiceControl}. */
@Component(
    service = {},
    configurationPid = ServiceConfig.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = ServiceConfig.class, factory = true)
public final class ServiceConfiguration {

  private static final Logger LOG = LoggerFactory.getLogger(ServiceConfiguration.class);

  private final ServiceControl control;
  private final String name;

  /** For Declarative Services. */
  @Activate
  public ServiceConfiguration(@Reference ServiceControl control, Map<String, Object> properties) {
    this.control = control;
    String pid = String.valueOf(properties.get(Constants.SERVICE_PID));
    this.name = pid.substring(pid.indexOf('~') + 1);
    modified(properties);
  }

  /** A configuration that is refused changes nothing: the last good one goes on. */
  @Modified
  void modified(Map<String, Object> properties) {
    try {
      control.configure(name, ServiceSettings.of(properties));
    } catch (InvalidConfiguration refused) {
      LOG.error("service {}: refused: {}", name, refused.getMessage());
    }
  }

  @Deactivate
  void deactivate() {
    control.unconfigure(name);
  }
}
