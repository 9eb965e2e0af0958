package slipway.server.acceptor;

import java.io.IOException;
import java.lang.annotation.Annotation;
import java.util.Collections;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import slipway.admin.ServiceAdmin;
import slipway.config.ConfigurationCheck;
import slipway.config.InvalidConfiguration;
import slipway.config.Settings;

/** Refuses configurations of acceptors that could not take effect, or would lock operators out. */
@Component(property = ConfigurationCheck.PID + "=" + AcceptorConfig.PID)
public final class AcceptorCheck implements ConfigurationCheck {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  private final ConfigurationAdmin configurations;

  /** For Declarative Services. */
  @Activate
  public AcceptorCheck(@Reference ConfigurationAdmin configurations) {
    this.configurations = configurations;
  }

  @Override
  public Class<? extends Annotation> type() {
    return AcceptorConfig.class;
  }

  @Override
  public void check(String name, Settings settings) throws InvalidConfiguration {
    if (!NAME.matcher(name).matches()) {
      throw new InvalidConfiguration(
          "name",
          name,
          "1 to 64 letters, digits, '.', '_' or '-', beginning with a letter or a digit");
    }
    AcceptorSettings asked = AcceptorSettings.of(settings);
    if (asked.service().equals(ServiceAdmin.ADMIN)) {
      refuseUnsafeAdmin(asked, settings);
    }
    for (Map.Entry<String, AcceptorSettings> other : others(name).entrySet()) {
      if (asked.address().overlaps(other.getValue().address())) {
        throw new InvalidConfiguration(
            asked.address() instanceof ListenAddress.Unix ? "ip" : "port",
            asked.address(),
            "an address that no other acceptor has; this one is that of acceptor "
                + other.getKey());
      }
    }
  }

  private static void refuseUnsafeAdmin(AcceptorSettings asked, Settings settings)
      throws InvalidConfiguration {
    if (!(asked.address() instanceof ListenAddress.Unix)) {
      throw settings.refused(
          "ip", "unix:PATH for the service admin: whoever reaches it commands the host");
    }
    if (!asked.accepting()) {
      throw settings.refused("state", "START: operators reach the host through this acceptor");
    }
  }

  private Map<String, AcceptorSettings> others(String name) {
    Map<String, AcceptorSettings> others = new TreeMap<>();
    for (Configuration configuration : configured()) {
      String other = configuration.getPid().substring(configuration.getPid().indexOf('~') + 1);
      try {
        if (!other.equals(name)) {
          others.put(other, AcceptorSettings.of(map(configuration.getProperties())));
        }
      } catch (InvalidConfiguration refused) {
        // has no address that another one could take from it
      }
    }
    return others;
  }

  private Configuration[] configured() {
    try {
      Configuration[] found =
          configurations.listConfigurations("(service.factoryPid=" + AcceptorConfig.PID + ")");
      return found == null ? new Configuration[0] : found;
    } catch (IOException | InvalidSyntaxException failed) {
      throw new IllegalStateException("the configurations cannot be listed", failed);
    }
  }

  private static Map<String, Object> map(Dictionary<String, Object> properties) {
    Map<String, Object> map = new HashMap<>();
    Collections.list(properties.keys()).forEach(key -> map.put(key, properties.get(key)));
    return map;
  }
}
