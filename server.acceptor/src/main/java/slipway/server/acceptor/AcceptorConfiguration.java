package slipway.server.acceptor;

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

/** One configuration of an acceptor: hands what it says to {@link Acceptors}. */
@Component(
    service = {},
    configurationPid = AcceptorConfig.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = AcceptorConfig.class, factory = true)
public final class AcceptorConfiguration {

  private static final Logger LOG = LoggerFactory.getLogger(AcceptorConfiguration.class);

  private final Acceptors acceptors;
  private final String name;

  /** For Declarative Services. */
  @Activate
  public AcceptorConfiguration(@Reference Acceptors acceptors, Map<String, Object> properties) {
    this.acceptors = acceptors;
    String pid = String.valueOf(properties.get(Constants.SERVICE_PID));
    this.name = pid.substring(pid.indexOf('~') + 1);
    modified(properties);
  }

  /** A configuration that is refused changes nothing: the last good one goes on. */
  @Modified
  void modified(Map<String, Object> properties) {
    try {
      acceptors.configure(name, AcceptorSettings.of(properties));
    } catch (InvalidConfiguration refused) {
      LOG.error("acceptor {}: refused: {}", name, refused.getMessage());
    }
  }

  @Deactivate
  void deactivate() {
    acceptors.remove(name);
  }
}
