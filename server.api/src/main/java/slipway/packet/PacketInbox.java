package slipway.packet;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The packets of one session that wait for a thread of the service's own: a ring of bytes of a
 * fixed size. While it has no room for another packet, its session is given no more, and the peer
 * alone has to wait.
 *
 * <pre>
 *  PacketService.packet ──put──▶ ring ──take──▶ a thread of the service
 * </pre>
 *
 * <p>For a session that lasts as long as its version: another version makes its own. What waits in
 * it is not handed over; a service that must lose nothing takes all of it before it gives the
 * session up, or has it {@linkplain #takenUp kept} by something that is no version's.
 *
 * <p><b>Threads.</b> One thread puts, the event loop of the session, and one thread at a time
 * takes. There is no lock, and neither waits for the other: a service that is to wake its thread
 * does so in {@link PacketService#batchDone}.
 */
public final class PacketInbox {

  private static final VarHandle WRITTEN;
  private static final VarHandle READ;
  private static final VarHandle FULL;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      WRITTEN = lookup.findVarHandle(PacketInbox.class, "written", long.class);
      READ = lookup.findVarHandle(PacketInbox.class, "read", long.class);
      FULL = lookup.findVarHandle(PacketInbox.class, "full", boolean.class);
    } catch (ReflectiveOperationException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }

  /** The length of a packet stands before it. */
  private static final int LENGTH = Integer.BYTES;

  /** In place of a length: nothing comes before the end of the ring. */
  private static final int GAP = -1;

  /**
   * A packet and the gap before it take less than two of the longest; they are to fit in a half.
   */
  private static final int LEAST = 4;

  /** Another one if that goes on for it. */
  private volatile PacketSession session;

  /** Whose packets it has: a version that has given the session up may still take them. */
  private volatile int term;

  private final ByteBuf ring;
  private final int size;

  /** Bytes that the longest packet takes, and a gap before it. */
  private final int room;

  private final PacketReader reader = new PacketReader();

  /** Where the next packet begins that is taken; taker only. */
  private long next;

  /** How many bytes were ever written, and how many of them are free again. */
  @SuppressWarnings("unused") // by its handle
  private long written;

  @SuppressWarnings("unused")
  private long read;

  /** Whether the session is given no more. */
  @SuppressWarnings("unused")
  private boolean full;

  /** Makes it, empty, and as large as the session's settings say. */
  public PacketInbox(PacketSession session) {
    int longest = LENGTH + session.settings().format().max();
    this.session = session;
    this.term = session.term();
    this.room = 2 * longest;
    this.size = Math.max(session.settings().inboxLimit(), LEAST * longest);
    this.ring = Unpooled.wrappedBuffer(new byte[size]);
    session.inbox = this;
  }

  private int free() {
    return size - waiting();
  }

  /** How many bytes wait; may be asked from any thread. */
  int waiting() {
    long taken = (long) READ.getAcquire(this); // first, as it is not ahead of what is written
    return (int) ((long) WRITTEN.getAcquire(this) - taken);
  }

  // ---- the event loop --------------------------------------------------------------------------

  /**
   * Puts in what a packet has left to be read. If there is no room for another one behind it, the
   * session gives no more until half of the ring is free.
   *
   * @throws PacketException if there is no room for this one, as the session was read all the same
   */
  public void put(PacketReader packet) {
    int length = packet.remaining();
    long from = (long) WRITTEN.get(this);
    int place = (int) (from % size);
    int gap = size - place < LENGTH + length ? size - place : 0;
    if (gap + LENGTH + length > free()) {
      throw PacketException.FULL;
    }
    if (gap >= LENGTH) {
      ring.setInt(place, GAP);
    }
    int begin = gap > 0 ? 0 : place;
    ring.setInt(begin, length);
    ring.writerIndex(begin + LENGTH);
    packet.bytes(ring, length);
    WRITTEN.setRelease(this, from + gap + LENGTH + length);
    if (free() < room) {
      FULL.setVolatile(this, true);
      session.reads(false, term);
      goOn(); // it may have been taken meanwhile
    }
  }

  /**
   * Another version has taken the session up, whose packets come here, too. Called before it is
   * given one.
   */
  public void takenUp() {
    takenUp(session);
  }

  /**
   * Another session goes on for the one that has this, and its packets come here from now on. What
   * has come of that one's still waits. Both have the same format. Called in the other one's event
   * loop, when the first is given no more packets.
   */
  public void takenUp(PacketSession other) {
    session = other;
    other.inbox = this;
    term = session.term();
    if (free() < room) {
      FULL.setVolatile(this, true);
      session.reads(false, term);
      goOn();
    } else {
      FULL.setVolatile(this, false); // the other version began as one that takes packets
    }
  }

  // ---- the thread that takes -------------------------------------------------------------------

  /**
   * Takes the next packet.
   *
   * @return reads its payload, until the next call; null if none waits
   */
  public PacketReader take() {
    if (next != (long) READ.get(this)) {
      READ.setVolatile(this, next);
      goOn();
    }
    if (next == (long) WRITTEN.getAcquire(this)) {
      reader.close();
      return null;
    }
    int place = (int) (next % size);
    if (size - place < LENGTH || ring.getInt(place) == GAP) {
      next += size - place;
      place = 0;
    }
    int length = ring.getInt(place);
    reader.open(ring, place + LENGTH, length);
    next += LENGTH + length;
    return reader;
  }

  /** Whether none waits; may be used from any thread. */
  public boolean isEmpty() {
    return (long) WRITTEN.getAcquire(this) == (long) READ.getAcquire(this);
  }

  private void goOn() {
    if ((boolean) FULL.getVolatile(this)
        && free() >= size / 2
        && FULL.compareAndSet(this, true, false)) {
      session.reads(true, term);
    }
  }
}
