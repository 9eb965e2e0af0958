package slipway.bots.attack;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import slipway.packet.PacketFormat;

/** The bytes that attackers send, made once. Immutable. */
final class Munition {

  /** Enough that a server cannot take all of them for the beginning of one packet. */
  private static final int GARBAGE_BYTES = 2 * PacketFormat.LONGEST;

  private static final int ECHO = 5000;
  private static final int ECHO_BYTES = 18;

  /** Of the packets that come fast, so that their answers fill the server's outbox soon. */
  private static final int USUAL_BYTES = 1000;

  private final Map<Attack, byte[]> bytes = new EnumMap<>(Attack.class);

  Munition(PacketFormat format, Optional<PacketFormat> otherCode, long seed) {
    byte[] right = packet(format, ECHO_BYTES);
    byte[] large = packet(format, Math.min(USUAL_BYTES, format.max()));
    if (format.max() < PacketFormat.LONGEST) {
      bytes.put(Attack.TOO_LONG, packet(format, format.max() + 1));
    }
    bytes.put(Attack.EMPTY, packet(format, 0));
    otherCode.ifPresent(
        other -> {
          bytes.put(Attack.WRONG_CODE, packet(other, ECHO_BYTES));
          byte[] changed = right.clone();
          changed[changed.length - 1] ^= 1;
          bytes.put(Attack.WRONG_CHECKSUM, changed);
        });
    byte[] garbage = new byte[GARBAGE_BYTES];
    new SplittableRandom(seed).nextBytes(garbage);
    bytes.put(Attack.GARBAGE, garbage);
    bytes.put(Attack.HALF, Arrays.copyOf(right, right.length / 2));
    bytes.put(Attack.BYTE_BY_BYTE, right);
    bytes.put(Attack.FLOOD, large);
    bytes.put(Attack.NEVER_READS, large);
    bytes.put(Attack.IDLE, new byte[0]);
    bytes.put(Attack.STORM, new byte[0]);
  }

  /** The whole packet of an echo, except if it is empty. */
  private static byte[] packet(PacketFormat format, int payload) {
    ByteBuf packet = Unpooled.buffer(format.header() + payload);
    packet.writeZero(format.header() + payload);
    if (payload >= ECHO_BYTES) {
      packet.setShortLE(format.header(), ECHO);
    }
    format.encode(packet, 0, payload);
    return ByteBufUtil.getBytes(packet);
  }

  /** Whether packets of the format can be wrong in this way. */
  boolean has(Attack attack) {
    return bytes.containsKey(attack);
  }

  /** A buffer of its own over bytes that nobody changes. */
  ByteBuf of(Attack attack) {
    return Unpooled.wrappedBuffer(bytes.get(attack));
  }
}
