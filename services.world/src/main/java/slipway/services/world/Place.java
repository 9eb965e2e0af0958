package slipway.services.world;

import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.SplittableRandom;
import slipway.packet.PacketBuilder;
import slipway.packet.PacketReader;

/** Where a player was when it left last. */
record Place(String zone, int x, int y) {

  /** Where a player begins that was never here: somewhere in the first zone. */
  static Place first(long account) {
    SplittableRandom random = new SplittableRandom(account);
    return new Place(
        Zones.NAMES.getFirst(), random.nextInt(Zones.SIZE), random.nextInt(Zones.SIZE));
  }

  /** Whether this version of the game has such a place. */
  boolean exists() {
    return Zones.NAMES.contains(zone) && x >= 0 && x < Zones.SIZE && y >= 0 && y < Zones.SIZE;
  }

  static Place read(PacketReader bytes) {
    return new Place(Protocol.text(bytes), bytes.u16(), bytes.u16());
  }

  byte[] bytes() {
    PacketBuilder bytes = PacketBuilder.of(UnpooledByteBufAllocator.DEFAULT);
    return Protocol.text(bytes, zone).u16(x).u16(y).payload();
  }
}
