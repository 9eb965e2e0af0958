package slipway.world;

import org.osgi.annotation.versioning.ProviderType;
import slipway.packet.Packet;
import slipway.packet.PacketEnd;
import slipway.service.Connection;

/**
 * A peer in a world. It stays the same when it moves to another world, and when another version of
 * the service takes over; what is attached to it does not.
 *
 * <p>Belongs to the world that it is in: its methods are called within calls of that world, except
 * those that say otherwise. A session that is over takes nothing any more, and says so.
 */
@ProviderType
public interface WorldSession {

  /** Its number, which no other session of this host ever has. May be asked by any thread. */
  long id();

  /**
   * Its connection: another one when its peer has come back, and a closed one before that. What is
   * written to it by itself is not a packet. May be asked by any thread.
   */
  Connection connection();

  /** Where it is on its way. May be asked by any thread. */
  SessionMode mode();

  /** Whether it can be sent packets. May be asked by any thread. */
  boolean isOpen();

  // ---- what the world keeps with it ------------------------------------------------------------

  /**
   * What its world has attached last.
   *
   * @param type its class
   * @return null if nothing is attached
   * @throws ClassCastException if it is something else
   */
  <T> T attachment(Class<T> type);

  /**
   * Keeps an object with this session, until it leaves the world or another version takes over.
   *
   * @param own null for none
   */
  void attach(Object own);

  // ---- sending ---------------------------------------------------------------------------------

  /**
   * Sends a packet at the end of the frame. One that is longer than the session's format allows
   * ends the session, as {@link PacketEnd#FAILED}.
   *
   * @return false if the session is over; nothing happens then
   */
  boolean send(Packet packet);

  /**
   * As {@link #send}, for what is out of date once there is a newer one of the same key, such as
   * where somebody is: if one still waits as the peer reads slowly, this takes its place.
   */
  boolean sendLatest(Packet packet, long key);

  /** As {@link #send}, for what may be missed: it is left out if the peer reads too slowly. */
  boolean sendIfRoom(Packet packet);

  // ---- a connection that is lost ---------------------------------------------------------------

  /**
   * Lets the session outlive its connection: gives its peer a token to come back with, on another
   * connection, within the {@code resume.window} of its packets. Good for one time. A later one
   * makes this one worthless.
   *
   * @return 16 random bytes; null if the operator has the session end with its connection, or it is
   *     over
   */
  byte[] token();

  /** Whether it has lost its connection, and waits for its peer. May be asked by any thread. */
  boolean isLost();

  /**
   * How many bytes of its peer's packets have come, with their headers, since the session has
   * begun; more may have come than were dealt with. The peer that comes back goes on from there. 0
   * if the session ends with its connection.
   */
  long taken();

  /**
   * The peer says what it has got. So less is kept for it to come back.
   *
   * @param position how many bytes of packets, with their headers, since the session has begun
   * @return false if it was not sent so much; nothing happens then
   */
  boolean acknowledge(long position);

  /**
   * Gives the connection of this session to another one of the same service, whose peer has come
   * back: one that is lost, or whose old connection only seems to be open. This session goes as one
   * that moves away. The other one gets what its peer lacks, then all that has waited, and its
   * world is told by {@link World#resumed}. Before that, and behind its call for this, the peer
   * sends nothing, and is sent nothing by this session.
   *
   * <p>A token is not to be tried again and again: if this fails, the world closes the session.
   *
   * @param token that the other session has given last
   * @param position how many bytes of packets, with their headers, the peer has got of it
   * @return false if there is no session with this token, its window is over, not all is kept that
   *     follows the position, its packets have another format, or this session is over or on its
   *     way; nothing happens then, and the token stays as good as it was
   */
  boolean resume(byte[] token, long position);

  // ---- going -----------------------------------------------------------------------------------

  /**
   * Moves to another world of the same service, of the kind {@link WorldKind#GAME}: this world is
   * left at the end of the frame, and the other one joined with its next frame. Packets that have
   * not been dealt with go along. What this world sends until it is left arrives first.
   *
   * @param world its name; it may be this one
   * @param ticket what the other world is given; copied
   * @return false if the other world is full or does not run, or if this session is over or on its
   *     way already; nothing happens then
   * @throws IllegalArgumentException if the service has no such world
   */
  boolean moveTo(String world, byte... ticket);

  /**
   * Closes the session, as {@link PacketEnd#CLOSED}: its connection ends once all that it was sent
   * has left. Its world is told at the end of the frame.
   *
   * @return false if it is over already
   */
  boolean close();

  /** As {@link #close()}, for a reason that is counted. */
  boolean close(PacketEnd why);
}
