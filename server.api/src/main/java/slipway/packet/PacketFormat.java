package slipway.packet;

import io.netty.buffer.ByteBuf;

/**
 * How packets stand in a stream of bytes. Numbers are little endian. Immutable.
 *
 * <pre>
 *   LAN   ┌──────────────┬─────────────┐
 *         │ length, 2    │ payload ... │
 *         └──────────────┴─────────────┘
 *   NET   ┌─────────┬───────────┬────────┬─────────────┬─────────────┐
 *         │ code, 1 │ length, 2 │ key, 1 │ checksum, 1 │ payload ... │
 *         └─────────┴───────────┴────────┴─────────────┴─────────────┘
 * </pre>
 *
 * <p>The length is that of the payload. In a NET packet, the checksum and the payload are disguised
 * by a {@link PacketCodec}, and so may be the key, which is drawn for each packet.
 */
public sealed interface PacketFormat permits Lan, Net {

  /** The longest payload that any format has, in bytes: what a length of two bytes can say. */
  int LONGEST = 0xffff;

  /** What {@link #size} gives if more bytes are needed to tell. */
  int UNKNOWN = -1;

  /**
   * Packets between servers: a length and nothing else.
   *
   * @param max the longest payload in bytes, 1 to {@link #LONGEST}
   * @throws IllegalArgumentException if that is out of range
   */
  static PacketFormat lan(int max) {
    return new Lan(max);
  }

  /**
   * Packets of clients.
   *
   * @param code with which each packet begins, 0 to 255
   * @param codec how they are disguised
   * @param max the longest payload in bytes, 1 to {@link #LONGEST}
   * @throws IllegalArgumentException if one of them is out of range
   */
  static PacketFormat net(int code, PacketCodec codec, int max) {
    return new Net(code, codec, max);
  }

  /** The longest payload in bytes. */
  int max();

  /** The framing and the codec as an operator writes them, without keys. */
  @Override
  String toString();

  /** How many bytes stand before the payload. */
  int header();

  /**
   * Looks how long the packet is that begins somewhere.
   *
   * @param from index of the packet
   * @param there how many of its bytes are there, at most
   * @return length of header and payload in bytes, which may be more than are there; {@link
   *     #UNKNOWN} if not even that can be told
   * @throws PacketException if no packet begins so
   */
  int size(ByteBuf bytes, int from, int there);

  /**
   * Takes the disguise off a whole packet, in place.
   *
   * @param from index of the packet
   * @param size what {@link #size} gave
   * @throws PacketException if its checksum does not fit
   */
  void decode(ByteBuf bytes, int from, int size);

  /**
   * Makes a packet of a payload, in place.
   *
   * @param bytes has room for the header before the payload
   * @param from index of the header
   * @param length of the payload in bytes, at most {@link #LONGEST}
   */
  void encode(ByteBuf bytes, int from, int length);
}
