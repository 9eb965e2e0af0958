package slipway.services.packets;

import io.netty.buffer.ByteBufAllocator;
import java.time.Clock;
import java.time.InstantSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import slipway.packet.Packet;
import slipway.packet.PacketBuilder;
import slipway.packet.PacketReader;
import slipway.packet.PacketService;
import slipway.packet.PacketSession;
import slipway.packet.Packets;
import slipway.service.Service;
import slipway.service.ServiceName;

/**
 * Packets for trying out a server and its clients. Each begins with its type, a number of two
 * bytes:
 *
 * <pre>
 *   5000 account i64, tick i64, bytes  ─▸  5001 account i64, tick i64, bytes    the same
 *   5002                               ─▸  5003 time i64                 milliseconds since 1970
 *   5004 length u16, bytes             ─▸  5005 length u16, bytes        to all others
 * </pre>
 */
@Component(service = Service.class)
@ServiceName("packets")
public final class PacketsService extends PacketService {

  static final int REQ_ECHO = 5000;
  static final int RES_ECHO = 5001;
  static final int REQ_TIME = 5002;
  static final int RES_TIME = 5003;
  static final int REQ_PUBLISH = 5004;
  static final int PUBLISHED = 5005;

  private final InstantSource clock;

  /** For Declarative Services. */
  @Activate
  public PacketsService(@Reference Packets packets) {
    this(packets, Clock.systemUTC());
  }

  PacketsService(Packets packets, InstantSource clock) {
    super(packets);
    this.clock = clock;
  }

  @Override
  protected void packet(PacketSession session, PacketReader packet) {
    switch (packet.u16()) {
      case REQ_ECHO -> echo(session, packet);
      case REQ_TIME -> time(session, packet);
      case REQ_PUBLISH -> publish(session, packet);
      default -> throw packet.unknownType();
    }
  }

  private static void echo(PacketSession session, PacketReader packet) {
    long account = packet.i64();
    long tick = packet.i64();
    session.write(RES_ECHO).i64(account).i64(tick).bytes(packet).send();
  }

  private void time(PacketSession session, PacketReader packet) {
    packet.end();
    session.write(RES_TIME).i64(clock.millis()).send();
  }

  private static void publish(PacketSession session, PacketReader packet) {
    int length = packet.u16();
    if (length != packet.remaining()) {
      throw packet.bad();
    }
    ByteBufAllocator allocator = session.connection().channel().alloc();
    try (Packet all = PacketBuilder.of(allocator, PUBLISHED).u16(length).bytes(packet).build()) {
      session.peers().sendToOthers(session, all);
    }
  }
}
