package slipway.services.world;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import slipway.account.Ban;
import slipway.packet.PacketBuilder;
import slipway.packet.PacketReader;

/** The types of the packets, and how a text stands in them: its length in a byte, and UTF-8. */
final class Protocol {

  // ---- from clients ----------------------------------------------------------------------------

  static final int LOGIN = 6000;
  static final int WALK = 6010;
  static final int SAY = 6020;
  static final int GO = 6030;
  static final int ALIVE = 6040;
  static final int LOOK = 6050;
  static final int RESUME = 6060;
  static final int ACK = 6070;

  // ---- to clients ------------------------------------------------------------------------------

  static final int WELCOME = 6001;
  static final int REFUSED = 6002;
  static final int GOAL = 6011;
  static final int UPDATE = 6012;
  static final int CAME = 6013;
  static final int WENT = 6014;
  static final int SAID = 6021;
  static final int ZONE = 6031;
  static final int SEEN = 6051;
  static final int RESUMED = 6061;
  static final int TOKEN = 6063;

  // ---- why a client is refused -----------------------------------------------------------------

  static final int WRONG_PASSWORD = 1;
  static final int BANNED = 2;
  static final int AWAY = 4;
  static final int BAD_NAME = 5;
  static final int TOO_LATE = 6;

  /** The length of a token to come back with, which a session may give. */
  static final int TOKEN_BYTES = 16;

  private static final int LONGEST_TEXT = 0xff;

  private Protocol() {}

  /** What a player that is banned is told. */
  static String banned(Ban ban) {
    return "banned until " + ban.until() + ": " + ban.reason();
  }

  static String text(PacketReader packet) {
    return packet.utf8(packet.u8());
  }

  /** Writes a text; the end of one that is too long is left out. */
  static PacketBuilder text(PacketBuilder packet, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int length = bytes.length;
    if (length > LONGEST_TEXT) {
      length = LONGEST_TEXT;
      while ((bytes[length] & 0xc0) == 0x80) { // in the middle of a character
        length--;
      }
    }
    return packet.u8(length).bytes(Arrays.copyOf(bytes, length));
  }
}
