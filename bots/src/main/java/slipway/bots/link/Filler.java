package slipway.bots.link;

import io.netty.buffer.ByteBuf;

/**
 * Bytes that follow from where they belong: the content of packets. So a client that gets a packet
 * checks each byte, and nobody has to remember what was sent. Immutable.
 *
 * @param seed of a run
 * @param min the least number of bytes
 * @param max the highest number of bytes
 */
public record Filler(long seed, int min, int max) {

  private static final long GOLDEN = 0x9e3779b97f4a7c15L;
  private static final long OTHER = 0xd1b54a32d192ed03L;

  /** What the bytes depend on: the client and the packet that they are of. */
  public long key(long client, long number) {
    return mix(mix(seed + client * GOLDEN) + number * OTHER);
  }

  /** How many bytes a packet has. */
  public int size(long key) {
    return min + (int) Long.remainderUnsigned(mix(key), max - min + 1L);
  }

  /** Appends them. */
  public void write(ByteBuf target, long key) {
    int size = size(key);
    long word = key;
    int written = 0;
    for (; written + Long.BYTES <= size; written += Long.BYTES) {
      word += GOLDEN;
      target.writeLongLE(mix(word));
    }
    long last = mix(word + GOLDEN);
    for (; written < size; written++) {
      target.writeByte((byte) last);
      last >>>= Byte.SIZE;
    }
  }

  /** Whether bytes are those, and as many as those. */
  public boolean matches(ByteBuf bytes, int from, int length, long key) {
    if (length != size(key)) {
      return false;
    }
    long word = key;
    int read = 0;
    for (; read + Long.BYTES <= length; read += Long.BYTES) {
      word += GOLDEN;
      if (bytes.getLongLE(from + read) != mix(word)) {
        return false;
      }
    }
    long last = mix(word + GOLDEN);
    for (; read < length; read++) {
      if (bytes.getByte(from + read) != (byte) last) {
        return false;
      }
      last >>>= Byte.SIZE;
    }
    return true;
  }

  /** The finalizer of SplitMix64: each bit of the result depends on all bits. */
  private static long mix(long value) {
    long z = value;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
