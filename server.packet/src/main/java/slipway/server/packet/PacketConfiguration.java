package slipway.server.packet;

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

/** One configuration of packets: hands what it says to {@link PacketRules}. */
@Component(
    service = {},
    configurationPid = PacketConfig.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = PacketConfig.class, factory = true)
public final class PacketConfiguration {

  private static final Logger LOG = LoggerFactory.getLogger(PacketConfiguration.class);

  private final PacketRules rules;
  private final String name;

  /** For Declarative Services. */
  @Activate
  public PacketConfiguration(@Reference PacketRules rules, Map<String, Object> properties) {
    this.rules = rules;
    String pid = String.valueOf(properties.get(Constants.SERVICE_PID));
    this.name = pid.substring(pid.indexOf('~') + 1);
    modified(properties);
  }

  /** A configuration that is refused changes nothing: the last good one goes on. */
  @Modified
  void modified(Map<String, Object> properties) {
    try {
      PacketRule rule = PacketRule.of(Settings.of(PacketConfig.class, properties));
      rules.put(name, rule);
      if (rule.isDisguised()) {
        LOG.warn(
            "packets {}: codec = {} is obfuscation and not encryption: whoever has a client can"
                + " read and write the packets of {}",
            name,
            rule.codec(),
            rule.place());
      }
    } catch (InvalidConfiguration refused) {
      LOG.error("packets {}: refused: {}", name, refused.getMessage());
    }
  }

  @Deactivate
  void deactivate() {
    rules.remove(name);
  }
}
