package slipway.packet;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.service.GoingAway;
import slipway.service.Handed;
import slipway.service.LogContext;

/**
 * How a session is with its service, from joining to leaving. A session that ends while the service
 * is being called is over when that returns:
 *
 * <pre>
 *   OPEN ──end──▶ ENDING ──▶ OVER: nothing comes in, what was sent goes out, the service is told
 * </pre>
 *
 * <p>Confined to the event loop.
 */
final class SessionLife {

  private static final Logger LOG = LoggerFactory.getLogger(SessionLife.class);

  private enum Stage {
    OPEN,
    ENDING,
    OVER
  }

  private final SessionTable table;
  private final PacketSession session;
  private final PacketCutter cutter;
  private final PacketOutput output;
  private final Farewell farewell;
  private Stage stage = Stage.OPEN;

  /** The version that serves the session; null between two of them. */
  private PacketReceiver receiver;

  /** Made once, as it is called for each batch. */
  private final Call batchDone;

  /** Whether the service knows of the session. */
  private boolean joined;

  /** Whether a method of the service is being called. */
  private boolean calling;

  /** Whether it waits for the place of another one. */
  private boolean held;

  SessionLife(
      SessionTable table,
      PacketSession session,
      PacketCutter cutter,
      PacketOutput output,
      Farewell farewell) {
    this.table = table;
    this.session = session;
    this.cutter = cutter;
    this.output = output;
    this.farewell = farewell;
    this.batchDone = () -> receiver.service().batchDone(session);
  }

  boolean isOpen() {
    return stage == Stage.OPEN;
  }

  boolean isOver() {
    return stage == Stage.OVER;
  }

  /** Whether a version takes packets. */
  boolean isServed() {
    return stage == Stage.OPEN && receiver != null;
  }

  /** Whether a method of the service is being called. */
  boolean isCalling() {
    return calling;
  }

  // ---- the versions of the service -------------------------------------------------------------

  void bind(PacketReceiver version) {
    receiver = version;
  }

  void unbind(PacketReceiver version) {
    if (receiver == version) {
      receiver = null;
      session.forgetVersion();
    }
  }

  /** The connection is new. */
  void begin() {
    call(
        () -> {
          if (receiver.service().admit(session.connection().remoteAddress())) {
            join();
            receiver.service().joined(session);
          } else {
            end(PacketEnd.REFUSED);
          }
        });
  }

  private void join() {
    joined = true;
    table.add(session);
  }

  /**
   * Another version was given the connection.
   *
   * @throws Exception if it cannot take it up
   */
  void takeUp(Handed handed) throws Exception {
    if (stage != Stage.OPEN) {
      return;
    }
    if (!joined) {
      join();
    }
    boolean taken = false;
    calling = true;
    try {
      receiver.service().takeUp(session, handed);
      taken = true;
    } finally {
      calling = false;
      if (!taken) {
        session.dropBegun(); // the version before would be blamed for it
      }
      returned();
    }
  }

  /**
   * What another version is given.
   *
   * @throws IllegalStateException if it is being closed
   */
  Handed giveUp() {
    seeThatItIsNotClosed();
    Handed handed;
    calling = true;
    try {
      handed = receiver.service().handOver(session);
    } finally {
      calling = false;
      returned();
    }
    seeThatItIsNotClosed();
    return handed;
  }

  private void seeThatItIsNotClosed() {
    if (stage != Stage.OPEN) {
      throw new IllegalStateException("it is being closed");
    }
  }

  /** The host closes the connection, or will. */
  void goAway(GoingAway news) {
    if (isServed() && joined) {
      call(() -> receiver.service().goingAway(session, news));
    }
    if (news.last()) {
      end(PacketEnd.CLOSED);
    }
  }

  // ---- calls of the service --------------------------------------------------------------------

  private interface Call {
    void run() throws Exception;
  }

  private void call(Call call) {
    calling = true;
    try {
      call.run();
    } catch (Throwable failed) {
      failed(failed);
    } finally {
      calling = false;
    }
    returned();
  }

  /** As {@link #call}, without an object for each packet. */
  void packet(PacketReader packet) {
    calling = true;
    try {
      receiver.service().packet(session, packet);
    } catch (Throwable failed) {
      failed(failed);
    } finally {
      calling = false;
    }
    returned();
  }

  void batchDone() {
    call(batchDone);
  }

  private void returned() {
    seeThatNoPacketIsBegun();
    if (stage == Stage.ENDING && !held) {
      conclude();
    }
  }

  /** It would be sent as far as it is written. */
  void seeThatNoPacketIsBegun() {
    if (session.dropBegun() && stage == Stage.OPEN) {
      failed(SessionWriter.notSent());
    }
  }

  private void failed(Throwable failed) {
    if (failed instanceof PacketException wrong) {
      end(wrong.end());
    } else {
      table.failures().failed(session, failed);
      if (failed instanceof LinkageError missing && receiver != null) {
        receiver.lacksClass(missing);
      }
      end(PacketEnd.FAILED);
    }
  }

  // ---- the end ---------------------------------------------------------------------------------

  /** Ends the session, when the service has returned if it is called. Does nothing if it has. */
  void end(PacketEnd why) {
    if (stage == Stage.OPEN) {
      stage = Stage.ENDING;
      session.standing().ended(why);
      if (!calling && !held) {
        conclude();
      }
    }
  }

  private void conclude() {
    depart();
    session.dropBegun();
    cutter.close();
    tellService(); // why, before it can see that the connection is closed
    farewell.begin();
  }

  private void tellService() {
    if (joined && receiver != null) {
      try {
        receiver.service().left(session, session.standing().end());
      } catch (Throwable failed) {
        failed(failed);
      }
    }
  }

  private void depart() {
    stage = Stage.OVER;
    table.remove(session);
    table.ended(session.standing().end());
    LogContext.about(
        session.connection(), () -> LOG.debug("{}: {}", session, session.standing().end()));
  }

  /** The connection goes on without packets, in a version that knows none. */
  void goOnWithoutPackets() {
    session.dropBegun();
    session.standing().ended(PacketEnd.CLOSED);
    depart();
    output.finish();
  }

  // ---- from one connection to another ----------------------------------------------------------

  /** Another one goes on for this one, and the service is not told. */
  void passOn() {
    stage = Stage.OVER;
  }

  /** It is to have the place of another one, and is not over before. */
  void hold() {
    held = true;
  }

  boolean isHeld() {
    return held;
  }

  /** It may be over from now on. */
  void release() {
    held = false;
    returned();
  }
}
