package slipway.bots.world;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;

/**
 * The packets of the server. Each begins with its type in two bytes:
 *
 * <pre>
 *   6001 WELCOME  i64 id                                  6013 CAME  i64 id, text name, place
 *   6002 REFUSED  u8 reason, text                         6014 WENT  i64 id
 *   6031 ZONE     text zone, u32 frame, place             6021 SAID  i64 id, text
 *   6011 GOAL     u32 number of the walk, place
 *   6061 RESUMED  i64 bytes that have come, 16 bytes token
 *   6063 TOKEN    16 bytes token
 *   6012 UPDATE   u32 frame, u16 count, count * (i64 id, place)
 *   6051 SEEN     u32 number of the look, u32 frame, place, u16 count, count * (i64 id, place)
 * </pre>
 */
final class Incoming {

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

  static final int TOKEN_BYTES = 16;

  /** Where the first field is. */
  static final int FIRST = 2;

  /** How many bytes one of those has that an UPDATE or a SEEN counts: id and place. */
  static final int ENTRY = 12;

  /** Where the place is in such an entry. */
  static final int ENTRY_PLACE = 8;

  static final int REFUSED_TEXT = FIRST + 1;
  static final int GOAL_PLACE = FIRST + 4;
  static final int UPDATE_COUNT = FIRST + 4;
  static final int UPDATE_ENTRIES = UPDATE_COUNT + 2;
  static final int CAME_NAME = FIRST + 8;
  static final int SAID_TEXT = FIRST + 8;
  static final int SEEN_FRAME = FIRST + 4;
  static final int SEEN_PLACE = SEEN_FRAME + 4;
  static final int SEEN_COUNT = SEEN_PLACE + 4;
  static final int SEEN_ENTRIES = SEEN_COUNT + 2;

  static final int RESUMED_TOKEN = FIRST + 8;

  private static final int ID_ONLY = FIRST + 8;
  private static final int GOAL_BYTES = GOAL_PLACE + 4;

  private Incoming() {}

  /** The type of a payload; -1 if it is too short to have one. */
  static int type(ByteBuf bytes, int from, int length) {
    return length < FIRST ? -1 : bytes.getUnsignedShortLE(from);
  }

  /** Whether a payload has a type that is known, and just the bytes that this type has. */
  static boolean isWhole(ByteBuf bytes, int from, int length) {
    return switch (type(bytes, from, length)) {
      case WELCOME, WENT -> length == ID_ONLY;
      case GOAL -> length == GOAL_BYTES;
      case TOKEN -> length == FIRST + TOKEN_BYTES;
      case RESUMED -> length == RESUMED_TOKEN + TOKEN_BYTES;
      case REFUSED -> hasText(bytes, from, length, REFUSED_TEXT, 0);
      case CAME -> hasText(bytes, from, length, CAME_NAME, Integer.BYTES);
      case SAID -> hasText(bytes, from, length, SAID_TEXT, 0);
      case ZONE -> hasText(bytes, from, length, FIRST, 2 * Integer.BYTES);
      case UPDATE -> hasEntries(bytes, from, length, UPDATE_COUNT);
      case SEEN -> hasEntries(bytes, from, length, SEEN_COUNT);
      default -> false;
    };
  }

  private static boolean hasText(ByteBuf bytes, int from, int length, int text, int after) {
    return length > text && length == text + 1 + bytes.getUnsignedByte(from + text) + after;
  }

  private static boolean hasEntries(ByteBuf bytes, int from, int length, int count) {
    int before = count + Short.BYTES;
    return length >= before && length == before + bytes.getUnsignedShortLE(from + count) * ENTRY;
  }

  /** Of WELCOME, CAME, WENT and SAID. */
  static long id(ByteBuf bytes, int from) {
    return bytes.getLongLE(from + FIRST);
  }

  /** Of RESUMED. */
  static long taken(ByteBuf bytes, int from) {
    return bytes.getLongLE(from + FIRST);
  }

  /** Of GOAL and SEEN. */
  static int number(ByteBuf bytes, int from) {
    return bytes.getIntLE(from + FIRST);
  }

  /** Why a log-in was refused, for people. */
  static String refusal(ByteBuf bytes, int from) {
    int length = bytes.getUnsignedByte(from + REFUSED_TEXT);
    return bytes.toString(from + REFUSED_TEXT + 1, length, UTF_8);
  }

  /** Of UPDATE. */
  static int frame(ByteBuf bytes, int from) {
    return bytes.getIntLE(from + FIRST);
  }

  /** Of CAME. */
  static int camePlace(ByteBuf bytes, int from, int length) {
    return bytes.getIntLE(from + length - Integer.BYTES);
  }

  /** Of ZONE. */
  static int zonePlace(ByteBuf bytes, int from, int length) {
    return bytes.getIntLE(from + length - Integer.BYTES);
  }

  /** Of ZONE. */
  static int zoneFrame(ByteBuf bytes, int from, int length) {
    return bytes.getIntLE(from + length - 2 * Integer.BYTES);
  }

  // ---- what should have come, to compare -------------------------------------------------------

  static void writeGoal(ByteBuf target, int number, int place) {
    target.writeShortLE(GOAL).writeIntLE(number).writeIntLE(place);
  }

  /** With one entry. */
  static void writeUpdate(ByteBuf target, int frame, long id, int place) {
    target.writeShortLE(UPDATE).writeIntLE(frame).writeShortLE(1);
    writeEntry(target, id, place);
  }

  static void writeEntry(ByteBuf target, long id, int place) {
    target.writeLongLE(id).writeIntLE(place);
  }

  static void writeSaid(ByteBuf target, long id, int number) {
    target.writeShortLE(SAID).writeLongLE(id);
    Saying.write(target, number);
  }

  /** Without what follows in the packet, which nobody knows. */
  static void writeZone(ByteBuf target, Zone zone) {
    zone.write(target.writeShortLE(ZONE));
  }

  static void writeSeen(ByteBuf target, int number, int frame, int place, int count) {
    target.writeShortLE(SEEN).writeIntLE(number).writeIntLE(frame).writeIntLE(place);
    target.writeShortLE(count);
  }
}
