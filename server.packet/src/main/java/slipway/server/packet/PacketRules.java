package slipway.server.packet;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.osgi.service.component.annotations.Component;
import slipway.packet.PacketSettings;
import slipway.server.packet.PacketRule.Place;
import slipway.service.Connection;

/** What is configured for packets. Asked in event loops, changed in other threads. */
@Component(service = PacketRules.class)
public final class PacketRules implements Function<Connection, PacketSettings> {

  private final Map<String, PacketRule> rules = new HashMap<>();
  private volatile Map<Place, PacketSettings> inForce = Map.of();

  synchronized void put(String name, PacketRule rule) {
    rules.put(name, rule);
    apply();
  }

  synchronized void remove(String name) {
    rules.remove(name);
    apply();
  }

  private void apply() {
    Map<Place, PacketSettings> next = new HashMap<>();
    rules.values().forEach(rule -> next.put(rule.place(), rule.settings()));
    inForce = Map.copyOf(next);
  }

  /** Those of the connection's acceptor, else those of all acceptors, else the usual ones. */
  @Override
  public PacketSettings apply(Connection connection) {
    Map<Place, PacketSettings> now = inForce;
    String service = connection.service();
    PacketSettings found = now.get(new Place(service, connection.acceptor()));
    if (found == null) {
      found = now.get(new Place(service, ""));
    }
    return found == null ? PacketSettings.usual() : found;
  }
}
