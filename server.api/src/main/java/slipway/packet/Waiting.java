package slipway.packet;

import io.netty.buffer.ByteBuf;

/** What waits in an {@link Outbox}: one packet, or several that may not be left out. */
final class Waiting {

  /** What may become of it. */
  enum Kind {
    /** It is sent. */
    MUST,
    /** It is sent, or a newer one in its place. */
    LATEST,
    /** It is sent if there is room. */
    MAY
  }

  private final Kind kind;
  private final long key;
  private ByteBuf bytes;

  Waiting(Kind kind, ByteBuf bytes) {
    this(kind, bytes, 0);
  }

  Waiting(Kind kind, ByteBuf bytes, long key) {
    this.kind = kind;
    this.bytes = bytes;
    this.key = key;
  }

  Kind kind() {
    return kind;
  }

  /** What a newer one is known by. */
  long key() {
    return key;
  }

  ByteBuf bytes() {
    return bytes;
  }

  int size() {
    return bytes.readableBytes();
  }

  void replace(ByteBuf newer) {
    bytes.release();
    bytes = newer;
  }
}
