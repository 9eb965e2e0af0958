package slipway.packet;

import io.netty.buffer.ByteBuf;

/**
 * How the payload and the checksum of a NET packet are disguised. The codecs other than {@link
 * #plain} are for old clients. They are obfuscation and not encryption: a single known byte of a
 * packet, or the client's program, gives them away.
 *
 * <p>A codec works in place, on the bytes that a NET packet has from its key on:
 *
 * <pre>
 *   at        at + 1     at + 2
 *   ┌─────┬──────────┬───────────────────┐
 *   │ key │ checksum │ payload ...       │
 *   └─────┴──────────┴───────────────────┘
 * </pre>
 *
 * <p>The checksum is the sum of the payload's bytes, modulo 256. Immutable.
 */
public sealed interface PacketCodec permits Plain, Xor2, Chained {

  /** Nothing is disguised. */
  static PacketCodec plain() {
    return Plain.PLAIN;
  }

  /**
   * Each byte is combined by exclusive or with the packet's key, and all with both fixed keys.
   *
   * @param key the first fixed key, 0 to 255
   * @param key2 the second fixed key, 0 to 255
   * @throws IllegalArgumentException if a key is no byte
   */
  static PacketCodec xor2(int key, int key2) {
    return new Xor2(Bounds.octet("key", key) ^ Bounds.octet("key2", key2));
  }

  /**
   * Each byte depends on all bytes before it, on the packet's key and on a fixed one.
   *
   * @param key the fixed key, 0 to 255
   * @throws IllegalArgumentException if the key is no byte
   */
  static PacketCodec chained(int key) {
    return new Chained(Bounds.octet("key", key), false);
  }

  /**
   * As {@link #chained}, with a mistake that some old clients make: they count the bytes to be
   * disguised, which are the checksum and the payload, in one byte. So of a payload of 255 bytes
   * nothing is disguised, and of one of 300 bytes the checksum and 44 bytes.
   *
   * @param key the fixed key, 0 to 255
   * @throws IllegalArgumentException if the key is no byte
   */
  static PacketCodec chainedLength8(int key) {
    return new Chained(Bounds.octet("key", key), true);
  }

  /**
   * Disguises a packet. Its key is there, in clear; its checksum is written by this.
   *
   * @param at index of the key
   * @param length of the payload in bytes
   */
  void encode(ByteBuf packet, int at, int length);

  /**
   * Takes the disguise off a packet, except for its key, which has no meaning then.
   *
   * @param at index of the key
   * @param length of the payload in bytes
   * @return whether the checksum fits
   */
  boolean decode(ByteBuf packet, int at, int length);
}
