package slipway.world;

import java.util.Collection;
import java.util.concurrent.Callable;
import org.osgi.annotation.versioning.ProviderType;
import slipway.packet.Packet;
import slipway.packet.PacketBuilder;

/**
 * What a world has of the host. Another version that takes the world over has one of its own; this
 * one does nothing any more then.
 *
 * <p>Its methods are called within calls of the world, except those that say otherwise.
 */
@ProviderType
public interface WorldContext {

  /** The name of the world. */
  String name();

  /** What the world is for. */
  WorldKind kind();

  /** Frames in a second, as they are configured now. */
  int fps();

  /**
   * The sessions that have joined and not left.
   *
   * @return a view, in no order; not to be used while sessions come or go
   */
  Collection<WorldSession> sessions();

  /**
   * A session of this world.
   *
   * @return null if there is none with this number
   */
  WorldSession session(long id);

  /**
   * Begins a packet with its type, a number of two bytes. It need not be closed: it is at the end
   * of the frame.
   *
   * @param type 0 to 65535
   */
  PacketBuilder packet(int type);

  /**
   * As {@link #packet(int)}, without a type: for a ticket or a message, too, which is the
   * {@linkplain PacketBuilder#payload payload}.
   */
  PacketBuilder packet();

  /** Sends a packet to all sessions of this world, at the end of the frame. */
  void sendToAll(Packet packet);

  /**
   * Tells another world of this host something, which hears it with its next frame.
   *
   * @param message copied
   * @return false if it does not run
   */
  boolean tell(String world, byte... message);

  /**
   * Has work done by a thread that may block. Its end comes with the start of a frame, as {@link
   * World#answer} or {@link World#noAnswer}, to the version that runs the world then. In a
   * rehearsal it is not done.
   *
   * @param tag tells what it was
   * @param work gives what the world is told; an exception is its failure
   */
  void async(String tag, Callable<byte[]> work);
}
