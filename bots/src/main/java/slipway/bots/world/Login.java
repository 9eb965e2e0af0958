package slipway.bots.world;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;

/**
 * The name and the password of a player, as bytes of UTF-8.
 *
 * @param name not changed by anybody
 * @param password not changed by anybody
 */
record Login(byte[] name, byte[] password) {

  /** That of the player with a number. */
  static Login of(WorldPlan plan, int number) {
    return new Login((plan.names() + number).getBytes(UTF_8), plan.password().getBytes(UTF_8));
  }

  /** The most bytes that the packet has, with its header. */
  int room() {
    return Outgoing.ROOM + name.length + password.length;
  }

  void write(Outgoing packets, ByteBuf out) {
    packets.login(out, name, password);
  }
}
