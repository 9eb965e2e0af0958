package slipway.world;

import java.io.DataInput;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ConsumerType;
import slipway.packet.PacketEnd;
import slipway.packet.PacketReader;
import slipway.packet.PacketService;
import slipway.packet.PacketSession;
import slipway.packet.Packets;
import slipway.service.Handed;
import slipway.service.Readiness;
import slipway.service.Successor;

/**
 * A service that has worlds.
 *
 * <pre>
 *  &#64;Component(service = Service.class)
 *  &#64;ServiceName("arena")
 *  public final class ArenaService extends WorldService {
 *
 *    &#64;Activate
 *    public ArenaService(&#64;Reference Packets packets, &#64;Reference Worlds worlds) {
 *      super(packets, worlds);
 *    }
 *
 *    &#64;Override
 *    public List&lt;WorldSpec&gt; worlds() {
 *      return List.of(WorldSpec.game("arena").fps(30));
 *    }
 *
 *    &#64;Override
 *    public World create(WorldContext context) {
 *      return new Arena(context);
 *    }
 *  }
 * </pre>
 *
 * <p>A new session joins the first world of the kind {@link WorldKind#AUTH}, or the first of all if
 * there is none of that kind.
 */
@ConsumerType
public abstract class WorldService extends PacketService implements Readiness, Successor {

  private final Worlds worlds;

  /**
   * For subclasses.
   *
   * @param packets the host's
   * @param worlds the host's
   */
  protected WorldService(Packets packets, Worlds worlds) {
    super(packets);
    this.worlds = worlds;
  }

  // ---- what a service does ---------------------------------------------------------------------

  /**
   * The worlds that this version has. Called once for each start, by any thread.
   *
   * @return one or more, each with a name of its own; never null
   */
  public abstract List<WorldSpec> worlds();

  /**
   * Makes a world anew. Called by the thread of the world's loop.
   *
   * @throws Exception if it cannot be made; the version fails to start then
   */
  public abstract World create(WorldContext context) throws Exception;

  /**
   * Makes a world that goes on from what another version, or this one, has {@linkplain World#save
   * saved}; its sessions are those of {@code context}, with nothing attached. Called by the thread
   * of the world's loop.
   *
   * <p>A world that was parked has no session, and had none when it was saved: all of them have
   * left before. Sessions that come later may have numbers that others had then.
   *
   * @throws Exception if it cannot go on; the other version does then, or the service does not
   *     start if the world was parked. Unless overridden, {@link UnsupportedOperationException}.
   */
  public World load(WorldContext context, DataInput saved) throws Exception {
    throw new UnsupportedOperationException("it goes on with no world of another version");
  }

  // ---- what the host does ----------------------------------------------------------------------

  @Override
  public final CompletionStage<?> ready() {
    return worlds.ready(this);
  }

  @Override
  public final String awaited() {
    return worlds.awaited(this);
  }

  @Override
  public final CompletionStage<String> takeOver() {
    return worlds.takeOver(this);
  }

  @Override
  public final String runs() {
    return worlds.runs(this);
  }

  @Override
  protected final void joined(PacketSession session) {
    worlds.joined(this, session);
  }

  @Override
  protected final void packet(PacketSession session, PacketReader packet) {
    worlds.packet(session, packet);
  }

  @Override
  protected final void batchDone(PacketSession session) {
    worlds.batchDone(session);
  }

  @Override
  protected final Handed handOver(PacketSession session) {
    return Handed.nothing(); // the host has it
  }

  @Override
  protected final void takeUp(PacketSession session, Handed handed) {
    worlds.takenUp(this, session);
  }

  @Override
  protected final void left(PacketSession session, PacketEnd why) {
    worlds.left(session, why);
  }
}
