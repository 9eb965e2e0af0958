package slipway.server.packet;

import java.lang.annotation.Annotation;
import java.util.Map;
import org.osgi.service.component.annotations.Component;
import slipway.config.ConfigurationCheck;
import slipway.config.InvalidConfiguration;
import slipway.config.Settings;

/** Refuses configurations of packets that could not take effect. */
@Component(property = ConfigurationCheck.PID + "=" + PacketConfig.PID)
public final class PacketCheck implements ConfigurationCheck {

  @Override
  public Class<? extends Annotation> type() {
    return PacketConfig.class;
  }

  @Override
  public void check(String name, Settings settings) throws InvalidConfiguration {
    PacketRule.of(settings);
  }

  @Override
  public void check(String name, Settings settings, Map<String, Settings> siblings)
      throws InvalidConfiguration {
    PacketRule asked = PacketRule.of(settings);
    for (Map.Entry<String, Settings> sibling : siblings.entrySet()) {
      if (asked.place().equals(PacketRule.of(sibling.getValue()).place())) {
        throw new InvalidConfiguration(
            asked.place().acceptor().isEmpty() ? "service" : "acceptor",
            asked.place(),
            "what no other configuration of packets is for; "
                + PacketConfig.PID
                + "-"
                + sibling.getKey()
                + " is for the same");
      }
    }
  }
}
