package slipway.services.world;

import io.netty.buffer.UnpooledByteBufAllocator;
import slipway.packet.PacketBuilder;
import slipway.packet.PacketReader;

/**
 * What has come of a log-in.
 *
 * @param reason why it is refused; 0 if it is not
 * @param account the number of the account; 0 if it is refused
 * @param text the name of the account, or, if it is refused, why, for people
 */
record Verdict(int reason, long account, String text) {

  static Verdict entered(long account, String name) {
    return new Verdict(0, account, name);
  }

  static Verdict refused(int reason, String text) {
    return new Verdict(reason, 0, text);
  }

  static Verdict read(PacketReader bytes) {
    return new Verdict(bytes.u8(), bytes.i64(), Protocol.text(bytes));
  }

  byte[] bytes() {
    PacketBuilder bytes = PacketBuilder.of(UnpooledByteBufAllocator.DEFAULT);
    return Protocol.text(bytes.u8(reason).i64(account), text).payload();
  }
}
