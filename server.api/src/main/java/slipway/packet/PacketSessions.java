package slipway.packet;

import java.util.Collection;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The sessions of a service, in all of its versions: those that are there whenever it is asked.
 *
 * <p>May be used from any thread. What one thread sends arrives in its order.
 */
public final class PacketSessions {

  private final Supplier<SessionTable> table;

  /**
   * Makes it.
   *
   * @param table where they are kept, as of now
   */
  PacketSessions(Supplier<SessionTable> table) {
    this.table = table;
  }

  // ---- what there is ---------------------------------------------------------------------------

  /** The session of a number; empty if it is over. */
  public Optional<PacketSession> find(long id) {
    return table.get().find(id);
  }

  /** The sessions that are open, in no order, as of now. */
  public Collection<PacketSession> open() {
    return table.get().open();
  }

  /** How many are open. */
  public int count() {
    return table.get().count();
  }

  /** How many have ended for a reason, those included that were not admitted. */
  public long ended(PacketEnd... reasons) {
    return Stream.of(reasons).mapToLong(table.get()::count).sum();
  }

  // ---- sending ---------------------------------------------------------------------------------

  /**
   * Sends a packet to all. Sessions with a format that does not allow its length do not get it.
   *
   * @param packet stays the caller's
   */
  public void send(Packet packet) {
    table.get().send(packet, null, Waiting.Kind.MUST, 0);
  }

  /** As {@link #send}, to all except one. */
  public void sendToOthers(PacketSession except, Packet packet) {
    table.get().send(packet, except, Waiting.Kind.MUST, 0);
  }

  /** As {@link #send}; see {@link PacketSession#sendLatest}. */
  public void sendLatest(Packet packet, long key) {
    table.get().send(packet, null, Waiting.Kind.LATEST, key);
  }

  /** As {@link #send}; see {@link PacketSession#sendIfRoom}. */
  public void sendIfRoom(Packet packet) {
    table.get().send(packet, null, Waiting.Kind.MAY, 0);
  }
}
