package slipway.bots.world;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import java.util.Locale;

/** A zone of the world. */
enum Zone {
  MEADOW,
  FOREST,
  HARBOUR;

  /** How many places a zone has in each direction. */
  static final int SIZE = 1000;

  private static final Zone[] ALL = values();

  private final byte[] text = name().toLowerCase(Locale.ROOT).getBytes(US_ASCII);

  /**
   * Reads a name.
   *
   * @param from index of the length of the name, in one byte
   * @return null if no zone has this name
   */
  static Zone read(ByteBuf bytes, int from) {
    int length = bytes.getUnsignedByte(from);
    for (Zone zone : ALL) {
      if (zone.text.length == length && zone.stands(bytes, from + 1)) {
        return zone;
      }
    }
    return null;
  }

  private boolean stands(ByteBuf bytes, int from) {
    for (int i = 0; i < text.length; i++) {
      if (bytes.getByte(from + i) != text[i]) {
        return false;
      }
    }
    return true;
  }

  /** Appends the name, after its length in one byte. */
  void write(ByteBuf target) {
    target.writeByte(text.length).writeBytes(text);
  }

  /**
   * Another zone.
   *
   * @param which 0 to {@link #others} - 1
   */
  Zone other(int which) {
    return ALL[(ordinal() + 1 + which) % ALL.length];
  }

  /** How many other zones there are. */
  static int others() {
    return ALL.length - 1;
  }
}
