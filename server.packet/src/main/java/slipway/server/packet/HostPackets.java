package slipway.server.packet;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import slipway.packet.Packets;

/** What the packet services of this host share: served as {@link PacketRules} say. */
@Component(service = Packets.class, immediate = true)
public final class HostPackets extends Packets {

  /** For Declarative Services. */
  @Activate
  public HostPackets(@Reference PacketRules rules) {
    super(rules);
  }
}
