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
 * Where the sessions of a service are kept, and how those before them have ended. Made with the
 * first session of a service, so that a name that somebody asks for costs nothing.
 *
 * <p>May be used from any thread, except where it says otherwise.
 */
final class SessionTable {

  /** Of a service that has had no session; nothing is ever added. */
  static final SessionTable NONE = new SessionTable("none");

  private final Map<Long, PacketSession> open = new ConcurrentHashMap<>();
  private final Map<EventLoop, LoopSessions> loops = new ConcurrentHashMap<>();

  /** How many sessions have a format: one that was configured before is not to cost anything. */
  private final Map<PacketFormat, Integer> formats = new ConcurrentHashMap<>();

  private final Map<PacketEnd, AtomicLong> ends = new EnumMap<>(PacketEnd.class);

  private final FailureLog failures;

  /** One for all, so that the peers of a session cost no object. */
  private final PacketSessions view = new PacketSessions(() -> this);

  /**
   * Makes it, without a session.
   *
   * @param service the service's name
   */
  SessionTable(String service) {
    failures = new FailureLog(service);
    for (PacketEnd end : PacketEnd.values()) {
      ends.put(end, new AtomicLong());
    }
  }

  /** The sessions, as services see them. */
  PacketSessions view() {
    return view;
  }

  /** Adds one, in its event loop. */
  void add(PacketSession session) {
    open.put(session.id(), session);
    formats.merge(session.settings().format(), 1, Integer::sum);
    loop(session.loop()).add(session);
  }

  private LoopSessions loop(EventLoop loop) {
    return loops.computeIfAbsent(loop, LoopSessions::new);
  }

  /** When the sessions of an event loop are flushed; of this service. */
  FlushTurn turn(EventLoop loop) {
    return loop(loop).turn();
  }

  /** Removes one, in its event loop. */
  void remove(PacketSession session) {
    if (open.remove(session.id(), session)) {
      passesOn(session);
    }
  }

  /** One passes to another connection, but can still be found; in its event loop. */
  void passesOn(PacketSession session) {
    formats.computeIfPresent(
        session.settings().format(), (format, count) -> count == 1 ? null : count - 1);
    loops.get(session.loop()).remove(session);
  }

  /** One is over to which another one has passed. */
  void forget(PacketSession before) {
    open.remove(before.id(), before);
  }

  /**
   * One goes on for another one that has passed to it.
   *
   * @param number what it is found by from now on
   */
  void goesOn(PacketSession session, long number, Resumption resumption) {
    open.remove(session.id(), session);
    session.standing().goesOn(number, resumption);
    open.put(number, session);
  }

  /** Where it is told that the service has failed. */
  FailureLog failures() {
    return failures;
  }

  /** One has ended. */
  void ended(PacketEnd why) {
    ends.get(why).incrementAndGet();
  }

  /** How many have ended for a reason. */
  long count(PacketEnd why) {
    return ends.get(why).get();
  }

  Optional<PacketSession> find(long id) {
    return Optional.ofNullable(open.get(id));
  }

  Collection<PacketSession> open() {
    return List.copyOf(open.values());
  }

  int count() {
    return open.size();
  }

  /**
   * Sends a packet to all, except those with a format that does not allow its length.
   *
   * @param packet stays the caller's
   * @param except does not get it; null for none
   */
  void send(Packet packet, PacketSession except, Waiting.Kind kind, long key) {
    List<Encoded> encoded =
        formats.keySet().stream()
            .filter(format -> packet.size() <= format.max())
            .map(packet::encoded)
            .toList();
    Broadcast broadcast = new Broadcast(encoded, except, kind, key);
    loops.forEach((loop, sessions) -> broadcast.in(loop, sessions));
  }
}
