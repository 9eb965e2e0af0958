package slipway.packet;

import io.netty.buffer.Unpooled;
import java.util.function.BooleanSupplier;

/**
 * Writes a packet straight into what is sent to a session or to a server, and costs no object.
 * {@link PacketSession#write} or {@link PacketClient#write} begins it; it has to be sent before the
 * next one is begun.
 *
 * <p>Used in the event loop of its connection only.
 */
public final class SessionWriter extends PacketWriter<SessionWriter> {

  private final PacketFormat format;
  private final PacketOutput output;

  private final BooleanSupplier isOpen;
  private final Runnable wrote;

  /** Where its header begins. */
  private int from;

  /** Whether it is written to what goes out. */
  private boolean goesOut;

  /**
   * Makes it.
   *
   * @param isOpen whether anything goes out
   * @param wrote what to do when a packet is written
   */
  SessionWriter(PacketFormat format, PacketOutput output, BooleanSupplier isOpen, Runnable wrote) {
    this.format = format;
    this.output = output;
    this.isOpen = isOpen;
    this.wrote = wrote;
  }

  /**
   * Begins a packet. One of a session that is over is written to a buffer that needs no release, as
   * nothing follows in which that could be done.
   *
   * @throws IllegalStateException if one is begun already
   */
  SessionWriter begin() {
    seeThatNoneIsBegun();
    goesOut = isOpen.getAsBoolean();
    bytes = goesOut ? output.begin() : Unpooled.buffer();
    from = bytes.writerIndex();
    bytes.writeZero(format.header());
    payload = bytes.writerIndex();
    return this;
  }

  void seeThatNoneIsBegun() {
    if (bytes != null) {
      throw new IllegalStateException("a packet is begun that is not sent");
    }
  }

  /** Drops a packet that is begun; false if there is none. */
  boolean drop() {
    if (bytes == null) {
      return false;
    }
    bytes.writerIndex(from);
    bytes = null;
    return true;
  }

  /** What a service has done wrong that has left a packet begun. */
  static IllegalStateException notSent() {
    return new IllegalStateException("a packet was begun and not sent");
  }

  @Override
  SessionWriter self() {
    return this;
  }

  /**
   * Sends the packet. If the session is over, nothing happens.
   *
   * @throws IllegalArgumentException if the packet is longer than the session's format allows; it
   *     is dropped
   */
  public void send() {
    encode();
    if (goesOut) {
      output.end();
      wrote.run();
    }
  }

  /** As {@link #send}, for one that is out of date once there is a newer one of the same key. */
  public void sendLatest(long key) {
    encode();
    if (goesOut) {
      output.endLatest(from, key);
      wrote.run();
    }
  }

  /** As {@link #send}, for one that may be left out if the peer reads too slowly. */
  public void sendIfRoom() {
    encode();
    if (goesOut) {
      output.endIfRoom(from);
      wrote.run();
    }
  }

  private void encode() {
    if (bytes == null) {
      throw new IllegalStateException("no packet is begun");
    }
    int length = length();
    if (length > format.max()) {
      drop();
      throw new IllegalArgumentException(
          "a packet of " + length + " bytes: allowed is up to " + format.max());
    }
    format.encode(bytes, from, length);
    bytes = null;
  }
}
