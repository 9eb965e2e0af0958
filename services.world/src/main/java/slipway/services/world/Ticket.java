package slipway.services.world;

import io.netty.buffer.UnpooledByteBufAllocator;
import slipway.packet.PacketBuilder;
import slipway.packet.PacketReader;

/** With which a player comes to a zone: all that the zone has to know of it. */
record Ticket(long account, String name, int x, int y) {

  static Ticket read(PacketReader bytes) {
    return new Ticket(bytes.i64(), Protocol.text(bytes), bytes.u16(), bytes.u16());
  }

  byte[] bytes() {
    PacketBuilder bytes = PacketBuilder.of(UnpooledByteBufAllocator.DEFAULT).i64(account);
    return Protocol.text(bytes, name).u16(x).u16(y).payload();
  }
}
