package slipway.packet;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;

/**
 * Packets that a thread of a service's own sends to sessions, such as all of one step of a game.
 * They are collected, and passed on together: each event loop gets one task, and each session one
 * write.
 *
 * <p>Packets that are begun here belong to the batch, which closes them when it has passed them on.
 *
 * <p>Confined to one thread. What it sends to a session arrives in its order.
 */
public final class PacketBatch implements AutoCloseable {

  private final ByteBufAllocator allocator;
  private final List<SendingLane> lanes = new ArrayList<>();

  /** Those from {@link #begun} on are free to be used again. */
  private final List<PacketBuilder> builders = new ArrayList<>();

  private final List<Packet> built = new ArrayList<>();
  private int begun;
  private long packets;
  private long bytes;

  /**
   * Makes it, empty.
   *
   * @param allocator where the buffers of its packets come from
   */
  public PacketBatch(ByteBufAllocator allocator) {
    this.allocator = allocator;
  }

  // ---- packets of its own ----------------------------------------------------------------------

  /**
   * Begins a packet with its type, a number of two bytes. Neither the builder nor what it builds is
   * to be used when the batch has been passed on.
   *
   * @param type 0 to 65535
   */
  public PacketBuilder packet(int type) {
    return packet().u16(type);
  }

  /** As {@link #packet(int)}, without a type. */
  public PacketBuilder packet() {
    if (begun == builders.size()) {
      builders.add(new PacketBuilder(built::add));
    }
    PacketBuilder builder = builders.get(begun);
    begun++;
    return builder.begin(allocator);
  }

  // ---- sending ---------------------------------------------------------------------------------

  /**
   * Sends a packet with the next {@link #flush}.
   *
   * @return false if the session is over; nothing happens then
   * @throws IllegalArgumentException if the packet is longer than the session's format allows
   */
  public boolean send(PacketSession session, Packet packet) {
    return send(session, packet, Waiting.Kind.MUST, 0);
  }

  /** As {@link #send}; see {@link PacketSession#sendLatest}. */
  public boolean sendLatest(PacketSession session, Packet packet, long key) {
    return send(session, packet, Waiting.Kind.LATEST, key);
  }

  /** As {@link #send}; see {@link PacketSession#sendIfRoom}. */
  public boolean sendIfRoom(PacketSession session, Packet packet) {
    return send(session, packet, Waiting.Kind.MAY, 0);
  }

  private boolean send(PacketSession session, Packet packet, Waiting.Kind kind, long key) {
    Encoded encoded = packet.encoded(session.settings().format());
    if (!session.isOpen()) {
      return false;
    }
    lane(session.loop()).add(session, encoded, kind, key);
    packets++;
    bytes += packet.size();
    return true;
  }

  /**
   * Closes a session with the next {@link #flush}, when what was sent to it before has left.
   *
   * @param why the reason, which is counted
   */
  public void end(PacketSession session, PacketEnd why) {
    lane(session.loop()).end(session, why);
  }

  /** How many packets were sent ever, once for each session. */
  public long packets() {
    return packets;
  }

  /** How many bytes the payloads of these packets had. */
  public long bytes() {
    return bytes;
  }

  private SendingLane lane(EventLoop loop) {
    for (SendingLane lane : lanes) { // of which there are as many as processors
      if (lane.loop() == loop) {
        return lane;
      }
    }
    SendingLane first = new SendingLane(loop);
    lanes.add(first);
    return first;
  }

  /** Passes on what was sent, and closes the packets that were begun here. */
  public void flush() {
    lanes.forEach(SendingLane::flush);
    releasePackets();
  }

  private void releasePackets() {
    built.forEach(Packet::close);
    built.clear();
    for (int each = 0; each < begun; each++) {
      builders.get(each).close();
    }
    begun = 0;
  }

  /** Drops what was sent and not passed on. */
  @Override
  public void close() {
    lanes.forEach(SendingLane::drop);
    releasePackets();
  }
}
