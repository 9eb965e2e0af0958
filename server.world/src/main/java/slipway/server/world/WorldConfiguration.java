package slipway.server.world;

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

/** One configuration of a world: hands what it says to {@link WorldRules}. */
@Component(
    service = {},
    configurationPid = WorldConfig.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = WorldConfig.class, factory = true)
public final class WorldConfiguration {

  private static final Logger LOG = LoggerFactory.getLogger(WorldConfiguration.class);

  private final WorldRules rules;
  private final String name;

  /** For Declarative Services. */
  @Activate
  public WorldConfiguration(@Reference WorldRules rules, Map<String, Object> properties) {
    this.rules = rules;
    String pid = String.valueOf(properties.get(Constants.SERVICE_PID));
    this.name = pid.substring(pid.indexOf('~') + 1);
    modified(properties);
  }

  /** A configuration that is refused changes nothing: the last good one goes on. */
  @Modified
  void modified(Map<String, Object> properties) {
    try {
      rules.put(name, WorldRule.of(Settings.of(WorldConfig.class, properties)));
    } catch (InvalidConfiguration refused) {
      LOG.error("world {}: refused: {}", name, refused.getMessage());
    }
  }

  @Deactivate
  void deactivate() {
    rules.remove(name);
  }
}
