package slipway.packet;

import io.netty.channel.EventLoop;
import slipway.service.Connection;

/**
 * A peer that sends packets and gets packets, from its admission until its connection ends or is
 * ended. It stays when its connection passes to another version of the service; what one version
 * has attached does not.
 *
 * <p>All methods may be called from any thread, except where they say so. What one thread sends
 * arrives in its order. A session that is over takes nothing any more, and says so.
 */
public final class PacketSession {

  private final Connection connection;
  private final PacketSettings settings;
  private final PacketHandler handler;
  private final PacketOutput output;
  private final SessionWriter writer;

  private final SessionStanding standing;

  /** Place in the list of its event loop; belongs to {@link LoopSessions}. */
  int place;

  /** The last that its version has made for it; null if none. */
  volatile PacketInbox inbox;

  private volatile Object attachment;

  /** How many versions have given it up; written in the event loop. */
  private volatile int term;

  PacketSession(
      Connection connection,
      PacketSettings settings,
      PacketHandler handler,
      PacketOutput output,
      Resumption resumption) {
    this.standing = new SessionStanding(connection.id(), resumption);
    this.connection = connection;
    this.settings = settings;
    this.handler = handler;
    this.output = output;
    this.writer = new SessionWriter(settings.format(), output, this::isOpen, () -> handler.wrote());
  }

  /** Its number, that of its first connection: no other session of this host ever has it. */
  public long id() {
    return standing.id();
  }

  /** Its connection. What is written to that by itself is not a packet. */
  public Connection connection() {
    return connection;
  }

  /** How it is served. */
  public PacketSettings settings() {
    return settings;
  }

  /** All sessions of its service, in all of its versions; this one is among them. */
  public PacketSessions peers() {
    return handler.peers();
  }

  /** What of it outlives its connection; null if nothing does. */
  public Resumption resumption() {
    return standing.resumption();
  }

  SessionStanding standing() {
    return standing;
  }

  Survival survival() {
    return handler.survival();
  }

  /** Whether it can be sent packets. */
  public boolean isOpen() {
    return standing.end() == null;
  }

  /** The way into its event loop. */
  LoopAccess access() {
    return new LoopAccess(loop());
  }

  EventLoop loop() {
    return connection.channel().eventLoop();
  }

  // ---- what the service keeps with it ----------------------------------------------------------

  /**
   * What this version of the service has attached last.
   *
   * @param type its class
   * @return null if nothing is attached
   * @throws ClassCastException if it is something else
   */
  public <T> T attachment(Class<T> type) {
    return type.cast(attachment);
  }

  /**
   * Keeps an object with this session, until another version takes the session up.
   *
   * @param own null for none
   */
  public void attach(Object own) {
    attachment = own;
  }

  /** Its version has given it up: nothing of that one's counts any more. */
  void forgetVersion() {
    attachment = null;
    inbox = null;
    term = term + 1;
  }

  /** Changes as another version takes it up. */
  int term() {
    return term;
  }

  // ---- reading ---------------------------------------------------------------------------------

  /**
   * Says whether the service takes packets of this session. While it does not, none is given to it,
   * its peer is read no further, and what the peer sends piles up there. A peer that ends its
   * output has left only when the service has taken what came before. Another version begins as one
   * that takes them.
   *
   * @param wanted false for none after the one that is being dealt with, true for more
   */
  public void reads(boolean wanted) {
    access().run(() -> handler.wants(wanted));
  }

  /** As {@link #reads(boolean)}; nothing happens if the term is over by then. */
  void reads(boolean wanted, int within) {
    access()
        .run(
            () -> {
              if (term == within) {
                handler.wants(wanted);
              }
            });
  }

  // ---- sending ---------------------------------------------------------------------------------

  /**
   * Begins a packet with its type, a number of two bytes. It goes out with the others of the same
   * batch when that is over.
   *
   * @param type 0 to 65535
   * @return to be used up at once, ended by {@link SessionWriter#send}
   * @throws IllegalStateException if a packet is begun that is not sent, or outside of the
   *     session's event loop
   */
  public SessionWriter write(int type) {
    return write().u16(type);
  }

  /** As {@link #write(int)}, without a type. */
  public SessionWriter write() {
    if (!loop().inEventLoop()) {
      throw new IllegalStateException("a packet is written in the session's event loop only");
    }
    return writer.begin();
  }

  /** Whether a packet was begun and not sent, which is dropped. */
  boolean dropBegun() {
    return writer.drop();
  }

  /**
   * Sends a packet. It stays the caller's, which closes it when it has sent it to all.
   *
   * @return false if the session is over; nothing happens then
   * @throws IllegalArgumentException if the packet is longer than the session's format allows
   */
  public boolean send(Packet packet) {
    return send(packet, Waiting.Kind.MUST, 0);
  }

  /**
   * As {@link #send(Packet)}, for what is out of date once there is a newer one of the same key,
   * such as where somebody is: if one still waits as the peer reads slowly, this takes its place.
   */
  public boolean sendLatest(Packet packet, long key) {
    return send(packet, Waiting.Kind.LATEST, key);
  }

  /**
   * As {@link #send(Packet)}, for what may be missed: it is left out if the peer reads too slowly.
   */
  public boolean sendIfRoom(Packet packet) {
    return send(packet, Waiting.Kind.MAY, 0);
  }

  private boolean send(Packet packet, Waiting.Kind kind, long key) {
    Encoded encoded = packet.encoded(settings.format());
    if (!isOpen()) {
      return false;
    }
    if (loop().inEventLoop()) {
      writer.seeThatNoneIsBegun();
      put(encoded, kind, key);
      return true;
    }
    encoded.retain();
    boolean comes =
        access()
            .later(
                () -> {
                  try {
                    put(encoded, kind, key);
                  } finally {
                    encoded.release();
                  }
                });
    if (!comes) {
      encoded.release();
    }
    return comes;
  }

  /** Sends what is encoded; event loop only. */
  void put(Encoded encoded, Waiting.Kind kind, long key) {
    handler.seeThatNoPacketIsBegun();
    if (isOpen()) {
      output.send(encoded, kind, key);
      handler.wrote();
    }
  }

  // ---- closing ---------------------------------------------------------------------------------

  /**
   * Closes the session: its connection ends once all that was sent until now has left. What the
   * peer sends after that is dropped.
   *
   * @return false if it is over already
   */
  public boolean close() {
    return close(PacketEnd.CLOSED);
  }

  /**
   * As {@link #close()}, for another reason, which is counted.
   *
   * @param why the reason; {@link PacketEnd#SLOW} does not wait for what was sent
   */
  public boolean close(PacketEnd why) {
    PacketSession next = standing.heir();
    return next == null ? isOpen() && access().run(() -> handler.end(why)) : next.close(why);
  }

  // ---- what is to be seen of it ----------------------------------------------------------------

  /** How many packets have come; a moment old in another thread than the event loop. */
  public long received() {
    return handler.received();
  }

  /** How many packets were sent; a moment old in another thread than the event loop. */
  public long sent() {
    return output.packets();
  }

  /** How many bytes wait for the peer; a moment old in another thread than the event loop. */
  public int waiting() {
    return output.waiting();
  }

  /** How many bytes wait in its {@link PacketInbox}; 0 if it has none. */
  public int inboxed() {
    PacketInbox now = inbox;
    return now == null ? 0 : now.waiting();
  }

  /** How many packets were left out; a moment old in another thread than the event loop. */
  public long leftOut() {
    return output.leftOut();
  }

  @Override
  public String toString() {
    return "session " + id();
  }
}
