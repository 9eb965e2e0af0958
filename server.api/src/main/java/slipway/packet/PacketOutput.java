package slipway.packet;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import java.util.List;

/**
 * What is sent to a peer. Packets are collected, so that those of one batch leave in one write.
 * Confined to the channel's event loop.
 *
 * <pre>
 *   packets ─▸ batch ──flush──▸ {@link Outbox} ─▸ channel
 * </pre>
 */
final class PacketOutput {

  private static final int FIRST_BYTES = 256;

  /** A batch of as many bytes is written, and another one is begun. */
  private static final int FULL = 16 * 1024;

  /**
   * Up to this size a packet that is sent to many is copied if others leave with it, which costs
   * less than its own write.
   */
  private static final int COPIED = 1024;

  private final ChannelHandlerContext context;
  private final Outbox outbox;

  /** Null if nothing was written since it was flushed last. */
  private ByteBuf batch;

  /**
   * A packet that is sent to many, and the only one since it was flushed last: it goes out as it is
   * if no other follows. Null if there is none.
   */
  private ByteBuf shared;

  /** How large the last batch was, and so perhaps the next one is. */
  private int expected = FIRST_BYTES;

  private boolean closed;
  private long packets;

  PacketOutput(ChannelHandlerContext context, Outbox outbox) {
    this.context = context;
    this.outbox = outbox;
  }

  // ---- packets that are written here -----------------------------------------------------------

  /** The batch, to write a packet behind what is in it. */
  ByteBuf begin() {
    if (batch == null) {
      batch = context.alloc().buffer(expected);
      if (shared != null) {
        batch.writeBytes(shared);
        releaseShared();
      }
    }
    return batch;
  }

  private void releaseShared() {
    shared.release();
    shared = null;
  }

  /** A packet is written in the batch. */
  void end() {
    packets++;
    if (closed) {
      drop();
    } else if (batch.readableBytes() >= FULL) {
      pass();
    }
  }

  /** As {@link #end}, and a newer one of the same key may take its place. */
  void endLatest(int from, long key) {
    if (outbox.isDirect()) {
      end();
    } else {
      outbox.latest(cutOff(from), key);
    }
  }

  /** As {@link #end}, and the packet may be left out. */
  void endIfRoom(int from) {
    if (outbox.isDirect()) {
      end();
    } else {
      outbox.may(cutOff(from));
    }
  }

  /** A packet for itself; what is before it in the batch is passed on first. */
  private ByteBuf cutOff(int from) {
    packets++;
    ByteBuf own = batch.copy(from, batch.writerIndex() - from);
    batch.writerIndex(from);
    pass();
    return own;
  }

  // ---- packets that are sent to many -----------------------------------------------------------

  /**
   * Sends a packet.
   *
   * @param key of one of {@link Waiting.Kind#LATEST}; of others it means nothing
   */
  void send(Encoded packet, Waiting.Kind kind, long key) {
    switch (kind) {
      case MUST -> send(packet);
      case LATEST -> sendLatest(packet, key);
      case MAY -> sendIfRoom(packet);
    }
  }

  /** Sends a packet, which nothing takes the place of. */
  void send(Encoded packet) {
    if (packet.size() > COPIED) {
      outbox.must(alone(packet));
    } else if (batch == null && shared == null) {
      sendShared(packet);
    } else {
      packet.copyTo(begin());
      end();
    }
  }

  private void sendShared(Encoded packet) {
    packets++;
    if (!closed) {
      shared = packet.slice();
    }
  }

  /** As {@link #send}, and a newer one of the same key may take its place. */
  private void sendLatest(Encoded packet, long key) {
    if (outbox.isDirect()) {
      send(packet);
    } else {
      outbox.latest(alone(packet), key);
    }
  }

  /** As {@link #send}, and the packet may be left out. */
  private void sendIfRoom(Encoded packet) {
    if (outbox.isDirect()) {
      send(packet);
    } else {
      outbox.may(alone(packet));
    }
  }

  /** A packet for itself; what is in the batch is passed on first. */
  private ByteBuf alone(Encoded packet) {
    packets++;
    pass();
    return packet.slice();
  }

  // ---- what becomes of them --------------------------------------------------------------------

  private void pass() {
    if (shared != null) {
      ByteBuf passed = shared;
      shared = null;
      outbox.must(passed);
    } else if (batch != null) {
      ByteBuf passed = batch;
      batch = null;
      expected = Math.max(FIRST_BYTES, passed.readableBytes());
      if (passed.isReadable()) {
        outbox.must(passed);
      } else {
        passed.release();
      }
    }
  }

  /** Sends what was collected; costs nothing if there is nothing. */
  void flush() {
    pass();
    outbox.flush();
  }

  /** The channel may be writable again. */
  void writable() {
    outbox.writable();
  }

  /** Sends all, however much it is; nothing is sent behind it. */
  void finish() {
    pass();
    outbox.finish();
    closed = true;
  }

  /** Drops all, and what comes. */
  void close() {
    closed = true;
    drop();
    outbox.close();
  }

  private void drop() {
    if (batch != null) {
      batch.release();
      batch = null;
    }
    if (shared != null) {
      releaseShared();
    }
  }

  // ---- from one connection to another ----------------------------------------------------------

  /** Gives up what was not written, and drops what comes. */
  List<Waiting> giveUp() {
    pass();
    closed = true;
    return outbox.giveUp();
  }

  /** Holds what comes, for something else to go out first. */
  void hold() {
    pass();
    outbox.hold();
  }

  /** Goes on for another one: with what its peer lacks, what it has given up, and what is held. */
  void take(SentBytes sent, List<Waiting> given) {
    pass();
    outbox.take(sent, given);
  }

  // ---- what is to be seen of it ----------------------------------------------------------------

  /** How many packets were sent. */
  long packets() {
    return packets;
  }

  /** Bytes that wait. */
  int waiting() {
    ByteBuf own = batch; // another thread may ask
    ByteBuf only = shared;
    return outbox.size()
        + (own == null ? 0 : own.readableBytes())
        + (only == null ? 0 : only.readableBytes());
  }

  /** How many packets were left out. */
  long leftOut() {
    return outbox.leftOut();
  }
}
