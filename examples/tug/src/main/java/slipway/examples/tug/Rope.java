package slipway.examples.tug;

import java.io.DataOutput;
import java.io.IOException;
import slipway.packet.PacketReader;
import slipway.world.Frame;
import slipway.world.World;
import slipway.world.WorldContext;
import slipway.world.WorldSession;

/** A rope at which all pull, a step with each packet; all are told where it is. */
final class Rope implements World {

  static final int PULL = 1;
  static final int PULLED = 2;

  private final WorldContext context;
  private int place;
  private boolean moved;

  Rope(WorldContext context, int place) {
    this.context = context;
    this.place = place;
  }

  @Override
  public boolean join(WorldSession session, PacketReader ticket) {
    return true;
  }

  @Override
  public void packet(WorldSession session, PacketReader packet) {
    if (packet.u16() != PULL) {
      throw packet.unknownType();
    }
    place += Integer.signum(packet.i8());
    packet.end();
    moved = true;
  }

  @Override
  public void update(Frame frame) {
    if (moved) {
      context.sendToAll(context.packet(PULLED).i32(place).build());
      moved = false;
    }
  }

  @Override
  public void save(DataOutput out) throws IOException {
    out.writeInt(place);
  }
}
