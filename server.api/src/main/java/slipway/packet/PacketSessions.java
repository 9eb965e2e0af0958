package slipway.packet;

import io.netty.channel.EventLoop;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The sessions of a service, in all of its versions.
 *
 * <p>May be used from any thread. What one thread sends arrives in its order.
 */
public final class PacketSessions {

  private final Map<Long, PacketSession> open = new ConcurrentHashMap<>();
  private final Map<EventLoop, LoopSessions> loops = new ConcurrentHashMap<>();

  /** How many sessions have a format: one that was configured before is not to cost anything. */
  private final Map<PacketFormat, Integer> formats = new ConcurrentHashMap<>();

  private final Map<PacketEnd, AtomicLong> ends = new EnumMap<>(PacketEnd.class);

  private final FailureLog failures;

  /**
   * Makes it, without a session.
   *
   * @param service the service's name
   */
  PacketSessions(String service) {
    failures = new FailureLog(service);
    for (PacketEnd end : PacketEnd.values()) {
      ends.put(end, new AtomicLong());
    }
  }

  /** Adds one, in its event loop. */
  void add(PacketSession session) {
    open.put(session.id(), session);
    formats.merge(session.settings().format(), 1, Integer::sum);
    loops.computeIfAbsent(session.loop(), loop -> new LoopSessions()).add(session);
  }

  /** Removes one, in its event loop. */
  void remove(PacketSession session) {
    if (open.remove(session.id(), session)) {
      formats.computeIfPresent(
          session.settings().format(), (format, count) -> count == 1 ? null : count - 1);
      loops.get(session.loop()).remove(session);
    }
  }

  /** Where it is told that the service has failed. */
  FailureLog failures() {
    return failures;
  }

  /** One has ended. */
  void ended(PacketEnd why) {
    ends.get(why).incrementAndGet();
  }

  // ---- what there is ---------------------------------------------------------------------------

  /** The session of a number; empty if it is over. */
  public Optional<PacketSession> find(long id) {
    return Optional.ofNullable(open.get(id));
  }

  /** The sessions that are open, in no order, as of now. */
  public Collection<PacketSession> open() {
    return List.copyOf(open.values());
  }

  /** How many are open. */
  public int count() {
    return open.size();
  }

  /** How many have ended for a reason, those included that were not admitted. */
  public long ended(PacketEnd... reasons) {
    long sum = 0;
    for (PacketEnd reason : reasons) {
      sum += ends.get(reason).get();
    }
    return sum;
  }

  // ---- sending ---------------------------------------------------------------------------------

  /**
   * Sends a packet to all. Sessions with a format that does not allow its length do not get it.
   *
   * @param packet stays the caller's
   */
  public void send(Packet packet) {
    send(packet, null, Waiting.Kind.MUST, 0);
  }

  /** As {@link #send}, to all except one. */
  public void sendToOthers(PacketSession except, Packet packet) {
    send(packet, except, Waiting.Kind.MUST, 0);
  }

  /** As {@link #send}; see {@link PacketSession#sendLatest}. */
  public void sendLatest(Packet packet, long key) {
    send(packet, null, Waiting.Kind.LATEST, key);
  }

  /** As {@link #send}; see {@link PacketSession#sendIfRoom}. */
  public void sendIfRoom(Packet packet) {
    send(packet, null, Waiting.Kind.MAY, 0);
  }

  private void send(Packet packet, PacketSession except, Waiting.Kind kind, long key) {
    List<Encoded> encoded =
        formats.keySet().stream()
            .filter(format -> packet.size() <= format.max())
            .map(packet::encoded)
            .toList();
    Broadcast broadcast = new Broadcast(encoded, except, kind, key);
    loops.forEach((loop, sessions) -> broadcast.in(loop, sessions));
  }
}
