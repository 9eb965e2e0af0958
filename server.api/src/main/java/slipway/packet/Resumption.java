package slipway.packet;

import java.time.Duration;

/**
 * What a session has that outlives its connection: how much of its peer's packets was taken, and
 * what it was sent last. With both, a new connection goes on where a lost one has ended. A session
 * has one if its settings have a {@link PacketSettings#resumeWindow}.
 *
 * <pre>
 *   open ──its connection is lost──▶ lost ──pass──▶ open, with another connection
 *    │                                │
 *    └──pass──▶ open, with another    └──the window is over, or it is closed──▶ over
 * </pre>
 *
 * <p>Positions count the bytes of packets, as they are framed, from the beginning of the session.
 *
 * <p>May be used from any thread, except where it says otherwise.
 */
public final class Resumption {

  private final Duration window;
  private final SentBytes sent;

  /** Bytes of packets that were taken; written by the event loop. */
  private volatile long taken;

  /** Null as long as the session ends with its connection. */
  private volatile Listener listener;

  /** Hears how a session without a connection goes on; in the event loop of that connection. */
  public interface Listener {

    /** Whether the peer can come back; if not, the session ends with its connection. */
    boolean isAwaited();

    /** Its connection is lost. What it is sent waits, as for a peer that does not read. */
    void lost();

    /**
     * It is over, and its service is not told.
     *
     * @param why {@link PacketEnd#LEFT} if its peer has not come back in time
     */
    void over(PacketEnd why);
  }

  Resumption(PacketSettings settings) {
    this.window = settings.resumeWindow();
    this.sent = new SentBytes(settings.resumeBuffer());
  }

  /** How long it waits for its peer. */
  Duration window() {
    return window;
  }

  SentBytes sent() {
    return sent;
  }

  // ---- positions -------------------------------------------------------------------------------

  /** A packet was taken; event loop only. */
  void took(int bytes) {
    taken = taken + bytes;
  }

  /** How many bytes of the peer's packets were taken. */
  public long taken() {
    return taken;
  }

  /**
   * The peer says what it has. One thread at a time.
   *
   * @param position how many bytes of packets it has got
   * @return false if it was not sent so much; nothing happens then
   */
  public boolean acknowledge(long position) {
    return sent.acknowledge(position);
  }

  // ---- outliving a connection ------------------------------------------------------------------

  /** From now on the session outlives its connection, if it is awaited when that is lost. */
  public void keep(Listener heard) {
    listener = heard;
  }

  /** Whether the session does not end with its connection. */
  public boolean outlives() {
    Listener heard = listener;
    return heard != null && (heard.isAwaited() || sent.isClaimed());
  }

  void lost() {
    listener.lost();
  }

  void over(PacketEnd why) {
    listener.over(why);
  }

  /**
   * Claims the session for another connection, to which it has to be {@linkplain #pass passed}
   * then; of two that claim it one has it.
   *
   * @param position how many bytes of packets the peer has got
   * @return false if it is claimed or its window is over, or if some of what follows is not kept
   */
  public boolean claim(long position) {
    return sent.claim(position);
  }

  /**
   * Has the session of another connection wait for this one: what it is sent from now on is behind
   * all that this one was sent. If it ends, that comes behind {@link #pass}.
   */
  public static void hold(PacketSession next) {
    next.access().later(() -> next.survival().hold());
  }

  /**
   * Passes a claimed session to another connection, which {@link #hold} holds: the peer is sent
   * what follows the position that was claimed, and then what waits. The connection before is
   * closed if it is not lost. From now on everything is sent to the other session, which has the
   * number of the one before. If that one is over, the other one ends for the same reason.
   *
   * @param taken called when it is done, in the event loop of the other session, which may be over
   *     by then
   */
  public void pass(PacketSession before, PacketSession next, Runnable taken) {
    before
        .access()
        .later( // behind what was sent to it
            () -> {
              Survival.Rest rest = before.survival().giveUp(next);
              next.access().later(() -> next.survival().take(this, rest, taken));
            });
  }
}
