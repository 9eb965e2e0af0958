package slipway.examples.doubles;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import slipway.packet.PacketReader;
import slipway.packet.PacketService;
import slipway.packet.PacketSession;
import slipway.packet.Packets;
import slipway.service.Service;
import slipway.service.ServiceName;

/** Answers a packet with a number by its double. */
@Component(service = Service.class)
@ServiceName("doubles")
public final class DoublesService extends PacketService {

  /** Called by Declarative Services. */
  @Activate
  public DoublesService(@Reference Packets packets) {
    super(packets);
  }

  @Override
  protected void packet(PacketSession session, PacketReader packet) {
    session.write().i32(2 * packet.i32()).send();
  }
}
