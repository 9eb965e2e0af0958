package slipway.world;

import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;
import slipway.packet.PacketEnd;
import slipway.packet.PacketReader;

/**
 * State that goes on by itself, in frames of a fixed rate, with sessions in it.
 *
 * <p><b>Thread.</b> All methods of a world are called by the thread of the loop that it is in, one
 * after the other; it needs no lock. None of them may block: what takes time goes to {@link
 * WorldContext#async}. Different worlds of one service may be called at the same time.
 *
 * <p><b>Order in a frame.</b> {@code message} and {@code answer}, {@code join}, {@code released};
 * {@code lost}, {@code resumed} and {@code packet}; {@code timeout}; {@code update}, once; {@code
 * leave}. What was sent meanwhile goes out when all of them have returned.
 *
 * <p><b>Order for a session.</b> {@code join}, any number of {@code packet}, {@code timeout},
 * {@code lost} and {@code resumed}, {@code leave}, and {@code released} if it is gone and has not
 * moved.
 *
 * <p><b>Errors.</b> A method that is called for one session and throws ends that session and no
 * other: a {@link slipway.packet.PacketException}, which reading beyond the end of a packet throws,
 * as its peer's fault, anything else as {@link PacketEnd#FAILED}. If {@code update}, {@code
 * message} or {@code answer} throws, the world has failed: it is called no more, and its sessions
 * are closed. Other worlds go on.
 */
@ConsumerType
public interface World {

  /**
   * A session comes, from its peer's connection or from another world.
   *
   * @param ticket what the world that it comes from has given it; empty for a new one. Valid within
   *     the call.
   * @return false to refuse it; then it is closed, and the world hears no more of it
   * @throws Exception any failure; the session ends, and the world hears no more of it
   */
  boolean join(WorldSession session, PacketReader ticket) throws Exception;

  /**
   * A packet has come.
   *
   * @param packet its payload, valid within the call
   * @throws Exception any failure; the session ends
   */
  void packet(WorldSession session, PacketReader packet) throws Exception;

  /**
   * A session has sent nothing for the world's heartbeat timeout. Called again each time that has
   * passed. Unless overridden, the session is closed.
   *
   * @throws Exception any failure; the session ends
   */
  default void timeout(WorldSession session) throws Exception {
    session.close(PacketEnd.TIMEOUT);
  }

  /**
   * A session has lost its connection, and stays: its peer may come back. It can be sent packets,
   * which wait for the peer: newer ones take the place of those that are {@link
   * WorldSession#sendLatest out of date}, what may be left out is, and the session ends if more
   * waits than its {@code outbox.limit}. Packets that have come before may follow.
   *
   * @throws Exception any failure; the session ends
   */
  default void lost(WorldSession session) throws Exception {
    // it stays as it is
  }

  /**
   * The peer of a session has come back on another connection. What it lacked goes out before what
   * it is sent now. It waits to be told how much of {@linkplain WorldSession#taken its own} has
   * come, from where it goes on, and for a new {@linkplain WorldSession#token token}. That the
   * session was lost may not have been told, as a peer can know that before the host does.
   *
   * @throws Exception any failure; the session ends
   */
  default void resumed(WorldSession session) throws Exception {
    // nothing was missed
  }

  /**
   * Another world of the host has told this one something.
   *
   * @param from the name of the other world
   * @param message what it told, valid within the call
   * @throws Exception any failure; the world has failed
   */
  default void message(String from, PacketReader message) throws Exception {
    // most worlds keep to themselves
  }

  /**
   * Work that was begun by {@link WorldContext#async} is done, perhaps by a version before this
   * one.
   *
   * @param tag of the work
   * @param answer what it came to, valid within the call
   * @throws Exception any failure; the world has failed
   */
  default void answer(String tag, PacketReader answer) throws Exception {
    // most worlds ask nothing
  }

  /**
   * Work that was begun by {@link WorldContext#async} has failed, perhaps in a version before this
   * one.
   *
   * @param tag of the work
   * @param reason why, in one line
   * @throws Exception any failure; the world has failed
   */
  default void noAnswer(String tag, String reason) throws Exception {
    // most worlds ask nothing
  }

  /**
   * One step.
   *
   * @throws Exception any failure; the world has failed
   */
  void update(Frame frame) throws Exception;

  /**
   * A session goes. It gets no more packets from this world, and can still be sent some within this
   * call.
   *
   * @param why whether it moves to another world or is over
   */
  default void leave(WorldSession session, Leaving why) {
    // nothing is kept of it
  }

  /** The last byte that a session was sent has left, or was lost; its connection is closed. */
  default void released(WorldSession session) {
    // nothing waits for that
  }

  /**
   * Draws this world as text, for an operator that asks for it. Called between two frames, which
   * have to wait for it. Nothing changes by it.
   *
   * <p>Text that users choose, such as their names, is to go through {@link
   * slipway.text.VisibleText}, so that what is drawn beside it stays in its place.
   *
   * @param columns how many characters a line may have, 20 or more; the rest of it is cut off
   * @param rows how many lines there may be, 8 or more; the others are left out
   * @return the lines; never null
   * @throws UnsupportedOperationException if it draws nothing, as it does unless overridden
   * @throws Exception any failure; the operator is told, and the world goes on
   */
  default List<String> map(int columns, int rows) throws Exception {
    throw new UnsupportedOperationException("it draws no map");
  }

  /**
   * Writes all that {@link WorldService#load} of this version or of another one needs to go on from
   * here, sessions by their {@linkplain WorldSession#id ids}. Nothing changes by it, and the same
   * state gives the same bytes. Before a world is parked, all its sessions have left.
   *
   * @throws IOException if {@code out} throws it
   * @throws UnsupportedOperationException if the world cannot be saved, as it does unless
   *     overridden; then no other version can go on with it
   */
  default void save(DataOutput out) throws IOException {
    throw new UnsupportedOperationException("it cannot be saved");
  }
}
