package slipway.services.world;

import io.netty.buffer.UnpooledByteBufAllocator;
import slipway.packet.PacketBuilder;
import slipway.packet.PacketReader;

/** What a zone tells the login world: a player has left, and it is known where it was. */
record Departure(long account, long session) {

  static Departure read(PacketReader bytes) {
    return new Departure(bytes.i64(), bytes.i64());
  }

  /** Reads a {@link #tag}. */
  static Departure of(String tag) {
    String[] numbers = tag.split(" ");
    return new Departure(Long.parseLong(numbers[0]), Long.parseLong(numbers[1]));
  }

  /** Both numbers, for work that may fail. */
  String tag() {
    return account + " " + session;
  }

  byte[] bytes() {
    return PacketBuilder.of(UnpooledByteBufAllocator.DEFAULT).i64(account).i64(session).payload();
  }
}
