package slipway.bots.world;

import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;
import slipway.bots.report.Fault;
import slipway.bots.report.Fault.Bytes;
import slipway.bots.report.FirstFault;

/**
 * Tells of the bad packets of a player.
 *
 * @param player its number, as in its name
 * @param first keeps the first of all players
 */
record Witness(long player, FirstFault first) {

  /** Writes no byte: a packet should not have come. */
  static final Consumer<ByteBuf> NOTHING = bytes -> {};

  /**
   * A packet is wrong.
   *
   * @param expected writes the payload that should have come
   */
  void wrong(String what, Consumer<ByteBuf> expected, ByteBuf bytes, int from, int length) {
    first.offer(
        () -> new Fault(what, player, Bytes.written(expected), Bytes.of(bytes, from, length)));
  }

  /**
   * A packet has not come.
   *
   * @param expected writes its payload
   */
  void missing(String what, Consumer<ByteBuf> expected) {
    first.offer(() -> new Fault(what, player, Bytes.written(expected), Bytes.written(NOTHING)));
  }
}
