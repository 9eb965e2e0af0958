package slipway.examples.dice;

import java.util.concurrent.ThreadLocalRandom;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import slipway.packet.PacketReader;
import slipway.packet.PacketService;
import slipway.packet.PacketSession;
import slipway.packet.Packets;
import slipway.service.Service;
import slipway.service.ServiceName;

/** Rolls a die for each request: a player says how many sides it has. */
@Component(service = Service.class)
@ServiceName("dice")
public final class DiceService extends PacketService {

  private static final int ROLL = 1;
  private static final int ROLLED = 2;

  /** Called by Declarative Services. */
  @Activate
  public DiceService(@Reference Packets packets) {
    super(packets);
  }

  @Override
  protected void packet(PacketSession session, PacketReader packet) {
    if (packet.u16() != ROLL) {
      throw packet.unknownType();
    }
    int sides = packet.u8();
    packet.end();
    if (sides == 0) {
      throw packet.bad();
    }
    session.write(ROLLED).u8(1 + ThreadLocalRandom.current().nextInt(sides)).send();
  }
}
