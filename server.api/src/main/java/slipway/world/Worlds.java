package slipway.world;

import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;
import slipway.packet.PacketEnd;
import slipway.packet.PacketReader;
import slipway.packet.PacketSession;

/**
 * What runs the worlds of a host. The host registers one as an OSGi service; a {@link WorldService}
 * has it injected, and calls what is here by itself.
 */
@ProviderType
public interface Worlds {

  /**
   * Opens the worlds of a version, or tries whether it can go on with those of the version that
   * runs them.
   *
   * @return completed when the version can serve; failed if it cannot, with the reason
   */
  CompletionStage<Void> ready(WorldService service);

  /** What {@link #ready} waits for, in one line. */
  String awaited(WorldService service);

  /**
   * Has a version go on with the worlds of the one that runs them, between two frames; nothing
   * happens if it runs them already.
   *
   * @return completed when it runs them, with one line about that for operators, empty if there
   *     were none; failed if it cannot, and the other version goes on
   */
  CompletionStage<String> takeOver(WorldService service);

  /** How many worlds and sessions a version has, for operators; empty if it runs none. */
  String runs(WorldService service);

  /** A peer has come; event loop of its session. */
  void joined(WorldService service, PacketSession session);

  /** A packet has come; event loop of its session. */
  void packet(PacketSession session, PacketReader packet);

  /** All packets that came together have; event loop of its session. */
  void batchDone(PacketSession session);

  /** Another version has the session; event loop of its session. */
  void takenUp(WorldService service, PacketSession session);

  /** A session is over; event loop of its session. */
  void left(PacketSession session, PacketEnd why);
}
